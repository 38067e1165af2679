#include "listener.h"

#include <stdio.h>
#include <string.h>

#include "port_socket.h"

enum { PORT_DIGITS = 6 };

static int fail(int fd, const char *host, uint16_t port, char *reason, size_t size) {
  int error = errno;
  if (fd >= 0) port_socket_close(fd);
  if (error == EADDRINUSE) {
    snprintf(reason, size,
             "port %u is in use: choose another one (--port N; 0 takes a free one) or end the "
             "program that has it",
             port);
  } else if (error == EACCES) {
    snprintf(reason, size,
             "port %u is not allowed to this user: choose one from 1024 on (--port N)", port);
  } else if (error == EADDRNOTAVAIL) {
    snprintf(reason, size, "%s is no address of this machine: try --host 127.0.0.1", host);
  } else {
    snprintf(reason, size, "cannot listen on %s port %u: %s", host, port, strerror(error));
  }
  return -1;
}

int listener_open(const char *host, uint16_t port, char *reason, size_t size) {
  const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
  struct addrinfo *address;
  char digits[PORT_DIGITS];
  snprintf(digits, sizeof digits, "%u", port);
  if (getaddrinfo(host, digits, &hints, &address) != 0) {
    snprintf(reason, size, "%s is no address: try --host 127.0.0.1", host);
    return -1;
  }
  const int on = 1;
  int fd = socket(address->ai_family, SOCK_STREAM, 0);
  bool listening = fd >= 0 && port_socket_set_nonblocking(fd) &&
                   setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                   bind(fd, address->ai_addr, address->ai_addrlen) == 0 &&
                   listen(fd, PORT_BACKLOG) == 0;
  if (!listening) fd = fail(fd, host, port, reason, size);
  freeaddrinfo(address);
  return fd;
}

uint16_t listener_port(int fd) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  if (getsockname(fd, (struct sockaddr *)&address, &size) != 0) return 0;
  const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)&address;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)&address;
  return ntohs(address.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
}

int listener_accept(int fd) {
  int accepted = accept(fd, NULL, NULL);
  if (accepted >= 0 && !port_socket_set_nonblocking(accepted)) {
    port_socket_close(accepted);
    return -1;
  }
  return accepted;
}
