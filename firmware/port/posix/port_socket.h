/** BSD sockets on POSIX, and the few calls whose form differs between platforms. */
#ifndef MICROSERVER_PORT_SOCKET_H
#define MICROSERVER_PORT_SOCKET_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "socket_error.h"

/** Flags for send(): a peer that is gone is an error, not a signal. */
#define PORT_SEND_FLAGS MSG_NOSIGNAL

/** Peers that may wait to be accepted. */
#define PORT_BACKLOG 64

static inline void port_socket_close(int fd) {
  close(fd);
}

/** Sends FIN. Returns false where the socket can only be closed. */
static inline bool port_socket_end(int fd) {
  return shutdown(fd, SHUT_WR) == 0;
}

/** Closes a socket so that the peer gets RST. */
static inline void port_socket_reset(int fd) {
  const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(fd);
}

static inline bool port_socket_set_nonblocking(int fd) {
  return fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

#endif
