/** BSD sockets of ESP-IDF's lwIP, and the few calls whose form differs between platforms. */
#ifndef MICROSERVER_PORT_SOCKET_H
#define MICROSERVER_PORT_SOCKET_H

#include <fcntl.h>
#include <netdb.h>
#include <stdbool.h>
#include <sys/poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "socket_error.h"

/** Peers that may wait to be accepted: where the mailbox is full lwIP breaks with one that it had.
 */
#define PORT_BACKLOG DEFAULT_ACCEPTMBOX_SIZE

/** Flags for send(): there are no signals. */
#define PORT_SEND_FLAGS 0

static inline void port_socket_close(int fd) {
  close(fd);
}

/** Sends FIN. Returns false where the socket can only be closed (port/lwip/socket_reset.c). */
bool port_socket_end(int fd);

/** Closes a socket so that the peer gets RST (port/lwip/socket_reset.c). */
void port_socket_reset(int fd);

/** poll() that tells of errors where nothing is awaited, too, as ESP-IDF's does not (port/lwip). */
int port_poll(struct pollfd *entries, nfds_t count, int timeout);
#define poll port_poll

static inline bool port_socket_set_nonblocking(int fd) {
  return fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

#endif
