/** One connection to the server, which asks again as soon as it is answered. */

#ifndef BENCH_CONNECTION_H
#define BENCH_CONNECTION_H

#include <poll.h>

#include "latencies.h"
#include "options.h"

/** What all connections have in common. */
struct run {
  const struct options *options;
  struct latencies latencies;
  /** Monotonic time in ns at which no more is asked, UINT64_MAX where requests are counted. */
  uint64_t end;
  /** Requests that were sent, or are about to be. */
  uint64_t asked;
  /** When the last answer was whole. */
  uint64_t last;
  /** Connections that were made. */
  uint64_t connects;
};

enum phase {
  /** A handshake is sent, or answered. */
  PHASE_HANDSHAKE,
  /** A request is. */
  PHASE_REQUEST,
  /** The server should end the connection. */
  PHASE_CLOSING,
  PHASE_OVER,
};

struct connection {
  struct run *run;
  struct pollfd *polled;
  enum phase phase;
  struct bytes sending;
  uint64_t began;
  struct answer answer;
};

/** Monotonic time in ns. */
uint64_t now(void);

/** Connects and asks for the first time, or is over where nothing more is to be asked. */
void connection_start(struct connection *connection);

/** Goes on where `polled` says that it can. Ends the program where the answer is wrong. */
void connection_serve(struct connection *connection);

#endif
