/** The command line. */

#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include "answer.h"

enum { CONNECTIONS_MAX = 64 };

struct options {
  uint16_t port;
  size_t connections;
  /** Requests in all, 0 where `nanoseconds` bound the run. */
  uint64_t requests;
  uint64_t nanoseconds;
  /** Sent in turns; both the same where one request is given. */
  struct bytes request[2];
  /** Sent first on each connection where its size is not 0. */
  struct bytes handshake;
  struct expected expected;
};

/** Reads the command line and the files that it names. Ends the program where it is wrong. */
struct options options_read(int count, char **arguments);

#endif
