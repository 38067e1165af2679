/**
 * Sockets that the guest is done with: what was sent is on its way, and what the peer still sends
 * is read and dropped, within bounds, since closing before that would reset the connection and
 * could lose the answer (RFC 9112, 9.6).
 */
#ifndef MICROSERVER_LINGER_H
#define MICROSERVER_LINGER_H

#include <stdbool.h>
#include <stdint.h>

#include "port_socket.h"

/** Sockets that may linger at a time; the oldest is closed for a new one. */
#ifndef LINGER_MAX
#define LINGER_MAX 8
#endif

/** Longest time a socket lingers in ms, and most bytes that are dropped from one. */
enum { LINGER_MS = 2000, LINGER_BYTES = 64 * 1024 };

struct linger_list {
  /** One for each socket, the oldest first. */
  struct pollfd *polled;
  uint32_t deadline[LINGER_MAX];
  uint32_t dropped[LINGER_MAX];
  uint32_t count;
};

/** `polled` is where poll() finds the sockets: LINGER_MAX entries. */
void linger_init(struct linger_list *list, struct pollfd *polled);

/** Takes over a socket: sends FIN, and closes it when the peer has ended too. */
void linger_add(struct linger_list *list, int fd, uint32_t now);

/** Drains sockets that poll() found ready, and closes those whose time is over. */
void linger_serve(struct linger_list *list, uint32_t now);

/** Closes the oldest socket. Returns false where there is none. */
bool linger_drop_oldest(struct linger_list *list);

#endif
