/** What errno means after a call of BSD sockets, on each platform. */
#ifndef MICROSERVER_SOCKET_ERROR_H
#define MICROSERVER_SOCKET_ERROR_H

#include <errno.h>
#include <stdbool.h>

/** Whether the last error means "not now" for a non-blocking socket. */
static inline bool port_socket_would_block(void) {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/** Whether the last error means that there is no socket, or no memory for one. */
static inline bool port_socket_exhausted(void) {
  return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
}

#endif
