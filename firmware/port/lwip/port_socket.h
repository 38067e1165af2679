/** BSD sockets of lwIP, and the few calls whose form differs between platforms. */
#ifndef MICROSERVER_PORT_SOCKET_H
#define MICROSERVER_PORT_SOCKET_H

#include <stdbool.h>
#include <sys/types.h>

#include <lwip/netdb.h>
#include <lwip/sockets.h>

#include "port_poll.h"
#include "socket_error.h"

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

#endif
