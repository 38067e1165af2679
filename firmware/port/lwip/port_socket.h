/** BSD sockets of lwIP, and the few calls whose form differs between platforms. */
#ifndef MICROSERVER_PORT_SOCKET_H
#define MICROSERVER_PORT_SOCKET_H

#include <errno.h>
#include <stdbool.h>
#include <sys/types.h>

#include <lwip/netdb.h>
#include <lwip/sockets.h>

#include "port_poll.h"

/** Flags for send(): lwIP knows no signals. */
#define PORT_SEND_FLAGS 0

/** Peers that may wait to be accepted: where the mailbox is full lwIP breaks with one that it had.
 */
#define PORT_BACKLOG DEFAULT_ACCEPTMBOX_SIZE

static inline void port_socket_close(int fd) {
  lwip_close(fd);
}

/** Sends FIN. Returns false where the socket can only be closed (port/lwip/socket_reset.c). */
bool port_socket_end(int fd);

/** Closes a socket so that the peer gets RST. */
void port_socket_reset(int fd);

static inline bool port_socket_set_nonblocking(int fd) {
  return lwip_fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

/** Whether the last error means "not now" for a non-blocking socket. */
static inline bool port_socket_would_block(void) {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/** Whether the last error means that there is no socket, or no memory for one. */
static inline bool port_socket_exhausted(void) {
  return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
}

#endif
