#include "server.h"

#include <stdio.h>
#include <string.h>

#include "accept.h"
#include "guest.h"
#include "listener.h"
#include "log.h"
#include "natives.h"
#include "pin_changes.h"
#include "port_device.h"
#include "port_socket.h"
#include "port_watchdog.h"
#include "restart.h"

/** Times in ms. */
enum { STOP_MS = 5000, TIMER_HOLD_MS = 1000 };

/** Traps of `on_timer` in a row after which it waits: of several timers each may trap once. */
enum { TIMER_TRAPS_MAX = 16 };

#define POLL_FOR_EVER UINT32_MAX

/** Leaves one socket for who is refused, or lingers. */
static void fit_sockets(struct server_options *options) {
  if (options->max_sockets == 0) return;
  uint32_t room = options->max_sockets - SERVER_LISTENERS - 1;
  if (options->max_conns > room) options->max_conns = room;
}

bool server_open(struct server *server, const struct server_options *options, const uint8_t *module,
                 uint32_t module_size, void *pool, uint32_t pool_size, char *reason) {
  memset(server, 0, sizeof *server);
  server->options = *options;
  port_watchdog_feed();
  fit_sockets(&server->options);
  server->polled[SERVER_LISTENER] = (struct pollfd){.fd = -1};
  server->polled[SERVER_STOP] = (struct pollfd){.fd = options->stop_fd, .events = POLLIN};
  server->polled[SERVER_WAKE] = (struct pollfd){.fd = options->wake_fd, .events = POLLIN};
  linger_init(&server->linger, &server->polled[SERVER_LINGER]);
  connection_init(&server->connections, &server->polled[SERVER_CONNECTION], &server->linger);
  file_table_init(&server->files);
  clock_start(&server->clock);

  struct sandbox *sandbox = &server->sandbox;
  bool started =
      sandbox_open(sandbox, pool, pool_size) && natives_register(server) && env_register(server) &&
      sandbox_load(sandbox, module, module_size, options->in_place) && guest_start(server);
  if (!started) {
    snprintf(reason, SANDBOX_TEXT_MAX, "%s", sandbox->reason);
    port_watchdog_end();
    return false;
  }
  uint32_t port = (uint32_t)options->port;
  if (options->port == SERVER_PORT_OF_APP) {
    port = sandbox_window(sandbox)->port;
    if (port == 0) port = SERVER_DEFAULT_PORT;
  }
  int listener = listener_open(options->host, (uint16_t)port, reason, SANDBOX_TEXT_MAX);
  server->polled[SERVER_LISTENER] = (struct pollfd){.fd = listener, .events = POLLIN};
  if (listener < 0) port_watchdog_end();
  return listener >= 0;
}

uint16_t server_port(const struct server *server) {
  return listener_port(server->polled[SERVER_LISTENER].fd);
}

void server_print_routes(struct server *server) {
  guest_call(server, ABI_EXPORT_PRINT_ROUTES, CONNECTION_NONE, 0);
}

/** The connection is gone by the network's doing. */
static void lose(struct server *server, int32_t conn) {
  connection_close(&server->connections, conn, ABI_CLOSE_RESET, server->clock.now);
  guest_call(server, ABI_EXPORT_ON_CLOSE, conn, 0);
}

static void lose_broken(struct server *server) {
  int32_t conn;
  while ((conn = connection_take_broken(&server->connections)) != CONNECTION_NONE) {
    lose(server, conn);
  }
}

static void receive(struct server *server, int32_t conn) {
  if (server->failed) return;
  uint32_t size;
  uint8_t *room = sandbox_receive_window(&server->sandbox, &size);
  if (room == NULL) {
    log_write(ABI_LEVEL_ERROR, "the app's receive window lies outside its memory");
    server->failed = true;
    return;
  }
  ssize_t length = recv(server->connections.polled[conn].fd, room, size, 0);
  if (length > 0) {
    guest_call(server, ABI_EXPORT_ON_DATA, conn, (uint32_t)length);
  } else if (length == 0) {
    connection_end(&server->connections, conn);
    guest_call(server, ABI_EXPORT_ON_END, conn, 0);
  } else if (!port_socket_would_block()) {
    lose(server, conn);
  }
}

static void serve_connection(struct server *server, int32_t conn) {
  struct pollfd *polled = &server->connections.polled[conn];
  if ((polled->revents & POLLOUT) != 0) {
    polled->events &= (short)~POLLOUT;
    if (!connection_has_file(&server->connections, conn) ||
        connection_go_on(&server->connections, conn)) {
      guest_call(server, ABI_EXPORT_ON_WRITABLE, conn, 0);
    }
    if (server->connections.broken[conn]) return;
  }
  if ((polled->revents & (POLLIN | POLLERR | POLLHUP)) == 0) return;
  if ((polled->events & POLLIN) != 0) {
    receive(server, conn);
  } else if ((polled->revents & (POLLERR | POLLHUP)) != 0) {
    lose(server, conn);
  }
}

static void stop(struct server *server) {
  server->stopping = true;
  server->restarting = false;
  server->stop_deadline = server->clock.now + STOP_MS;
  server->polled[SERVER_STOP] = (struct pollfd){.fd = -1};
  port_socket_close(server->polled[SERVER_LISTENER].fd);
  server->polled[SERVER_LISTENER] = (struct pollfd){.fd = -1};
  guest_call(server, ABI_EXPORT_STOP, CONNECTION_NONE, 0);
}

/** Serves what poll() found. Connections come first: what they free may be given to new ones. */
static void serve(struct server *server, int ready) {
  for (int32_t conn = 0; ready > 0 && conn < server->connections.limit; conn++) {
    if (server->connections.polled[conn].revents == 0) continue;
    ready--;
    serve_connection(server, conn);
  }
  if (server->linger.count > 0) linger_serve(&server->linger, server->clock.now);
  if (ready <= 0) return;
  if (server->polled[SERVER_LISTENER].revents != 0) accept_connection(server);
  if (server->polled[SERVER_STOP].revents != 0) stop(server);
  if (server->polled[SERVER_WAKE].revents != 0) port_device_wake();
}

/** How long `on_timer` is away in ms; POLL_FOR_EVER where nothing is awaited. */
static uint32_t until_timer(const struct server *server) {
  const struct abi_window *window = sandbox_window(&server->sandbox);
  uint32_t timer = POLL_FOR_EVER;
  if ((window->flags & ABI_FLAG_DEADLINE) != 0) {
    timer = clock_until(server->clock.now, window->deadline);
  }
  if (pin_changes_are_due()) timer = 0;
  if (timer == POLL_FOR_EVER) return timer;
  if (server->timer_traps < TIMER_TRAPS_MAX) return timer;
  uint32_t held = clock_until(server->clock.now, server->timer_again);
  return held > timer ? held : timer;
}

static void serve_timer(struct server *server) {
  if (until_timer(server) > 0) return;
  pin_changes_tell();
  if (guest_call(server, ABI_EXPORT_ON_TIMER, CONNECTION_NONE, 0)) {
    server->timer_traps = 0;
    return;
  }
  if (server->timer_traps < TIMER_TRAPS_MAX) server->timer_traps++;
  server->timer_again = server->clock.now + TIMER_HOLD_MS;
}

static uint32_t earlier(uint32_t wait, uint32_t until) {
  return until < wait ? until : wait;
}

/** Lets the watchdog rest. Returns how long poll() may wait, in ms. */
static int rest(const struct server *server) {
  uint32_t now = server->clock.now;
  uint32_t wait = earlier(port_watchdog_rest(), until_timer(server));
  if (server->linger.count > 0) {
    wait = earlier(wait, clock_until(now, server->linger.deadline[0]));
  }
  if (server->accept_paused) wait = earlier(wait, accept_until_resumed(server));
  if (server->stopping) wait = earlier(wait, clock_until(now, server->stop_deadline));
  return wait == POLL_FOR_EVER ? -1 : (int)wait;
}

static bool is_done(const struct server *server) {
  if (server->failed) return true;
  if (!server->stopping) return false;
  if (clock_until(server->clock.now, server->stop_deadline) == 0) return true;
  return server->connections.open == 0 && server->linger.count == 0;
}

bool server_run(struct server *server) {
  for (;;) {
    if (is_done(server)) {
      if (server->failed || !server->restarting) break;
      restart_finish(server);
      continue;
    }
    nfds_t count = SERVER_CONNECTION + (nfds_t)server->connections.limit;
    int ready = poll(server->polled, count, rest(server));
    port_watchdog_feed();
    clock_tick(&server->clock);
    if (ready < 0) {
      if (port_socket_would_block()) continue;
      log_write(ABI_LEVEL_ERROR, "poll: %s", strerror(errno));
      return false;
    }
    serve(server, ready);
    if (!server->failed) serve_timer(server);
    if (server->connections.any_broken) lose_broken(server);
    if (server->restart_wanted && !server->stopping) restart_begin(server);
    if (server->accept_paused) accept_resume(server);
  }
  return !server->failed;
}

void server_close(struct server *server) {
  port_watchdog_end();
  for (uint32_t i = 0; i < SERVER_POLLED; i++) {
    if (i != SERVER_STOP && i != SERVER_WAKE && server->polled[i].fd >= 0)
      port_socket_close(server->polled[i].fd);
  }
  for (uint32_t i = 0; i <= CONNECTIONS_MAX; i++)
    file_send_stop(&server->connections.files[i]);
  file_table_close_all(&server->files);
  sandbox_close(&server->sandbox);
}
