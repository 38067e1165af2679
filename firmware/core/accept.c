#include "accept.h"

#include "guest.h"
#include "listener.h"
#include "log.h"
#include "port_socket.h"
#include "server.h"

/** Time to the next try in ms, where no socket becomes free of itself. */
enum { PAUSE_MS = 1000 };

static int32_t count_sockets(const struct server *server) {
  return server->connections.open + (int32_t)server->linger.count;
}

/** Whether the platform has a socket for one that is accepted, as far as it can be known before. */
static bool has_socket(const struct server *server) {
  uint32_t sockets = server->options.max_sockets;
  return sockets == 0 || (uint32_t)count_sockets(server) + SERVER_LISTENERS < sockets;
}

/** Makes a socket free for a waiting peer, or pauses. */
static void make_room(struct server *server) {
  if (linger_drop_oldest(&server->linger)) return;
  if (guest_reclaim(server)) return;
  log_write(ABI_LEVEL_WARN, "out of sockets: new connections wait until one is free");
  server->accept_paused = true;
  server->accept_below = count_sockets(server);
  server->accept_again = server->clock.now + PAUSE_MS;
  server->polled[SERVER_LISTENER].events = 0;
}

static void refuse(struct server *server, int fd) {
  int32_t number = server->connections.limit;
  connection_open(&server->connections, number, fd);
  guest_call(server, ABI_EXPORT_ON_REFUSE, number, 0);
  connection_close(&server->connections, number, ABI_CLOSE_FLUSH, server->clock.now);
}

void accept_connection(struct server *server) {
  if (!has_socket(server)) {
    make_room(server);
    return;
  }
  int32_t number = connection_free_number(&server->connections);
  if (number == CONNECTION_NONE && guest_reclaim(server)) {
    number = connection_free_number(&server->connections);
  }
  int fd = listener_accept(server->polled[SERVER_LISTENER].fd);
  if (fd < 0) {
    if (port_socket_exhausted()) make_room(server);
  } else if (number == CONNECTION_NONE) {
    refuse(server, fd);
  } else {
    connection_open(&server->connections, number, fd);
    guest_call(server, ABI_EXPORT_ON_OPEN, number, 0);
  }
}

void accept_resume(struct server *server) {
  bool freed = count_sockets(server) < server->accept_below;
  if (!freed && accept_until_resumed(server) > 0) return;
  server->accept_paused = false;
  server->polled[SERVER_LISTENER].events = POLLIN;
}

uint32_t accept_until_resumed(const struct server *server) {
  return clock_until(server->clock.now, server->accept_again);
}
