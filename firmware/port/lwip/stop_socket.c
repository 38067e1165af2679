#include "stop_socket.h"

#include <unistd.h>

#include <lwip/sys.h>

#include "port_socket.h"

struct relay {
  int pipe_end;
  int socket;
};

static void relay_byte(void *state) {
  const struct relay *relay = state;
  char byte;
  ssize_t length;
  do {
    length = read(relay->pipe_end, &byte, sizeof byte);
  } while (length < 0 && errno == EINTR);
  if (length == 1) lwip_send(relay->socket, &byte, sizeof byte, 0);
}

/** Binds a datagram socket to lwIP's loopback, and connects it to itself. */
static bool join_ends(int fd) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = PP_HTONL(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  return bind(fd, (struct sockaddr *)&address, size) == 0 &&
         getsockname(fd, (struct sockaddr *)&address, &size) == 0 &&
         connect(fd, (struct sockaddr *)&address, size) == 0;
}

int stop_socket_open(int pipe_end) {
  static struct relay relay;
  relay.pipe_end = pipe_end;
  relay.socket = socket(AF_INET, SOCK_DGRAM, 0);
  if (relay.socket < 0) return -1;
  if (!join_ends(relay.socket)) {
    lwip_close(relay.socket);
    return -1;
  }
  sys_thread_new("stop", relay_byte, &relay, DEFAULT_THREAD_STACKSIZE, DEFAULT_THREAD_PRIO);
  return relay.socket;
}
