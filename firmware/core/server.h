/** The server: an app's module, its sockets, and the event loop between them. */
#ifndef MICROSERVER_SERVER_H
#define MICROSERVER_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "clock.h"
#include "connection.h"
#include "file_table.h"
#include "linger.h"
#include "sandbox.h"

/** Port where neither the options nor the app name one. */
#define SERVER_DEFAULT_PORT 8080

/** Sockets that listen. */
#define SERVER_LISTENERS 1

/** Stands for "as the app says" in server_options. */
#define SERVER_PORT_OF_APP (-1)

struct server_options {
  /** Address to listen on. */
  const char *host;
  /** 0 takes a free port, SERVER_PORT_OF_APP the one that the app asks for. */
  int32_t port;
  /** Connections that the app may serve at most, 1 to CONNECTIONS_MAX. */
  uint32_t max_conns;
  /**
   * Sockets that the platform has for the server, three at least, where accept() drops the peer
   * when there is none, as lwIP's does; 0: accept() tells when they are used up, and peers wait.
   */
  uint32_t max_sockets;
  /** Loop rounds and calls that app code may spend on one event. */
  uint32_t fuel;
  /** Whether the module's bytes are where code can be executed. */
  bool in_place;
  /** A byte to read from here ends the server; -1: it runs for ever. */
  int stop_fd;
  /** Readable where port_device_wake() is to be called; -1: never. */
  int wake_fd;
};

/** Where poll() finds what. */
enum server_polled {
  SERVER_LISTENER,
  SERVER_STOP,
  SERVER_WAKE,
  SERVER_LINGER,
  SERVER_CONNECTION = SERVER_LINGER + LINGER_MAX,
  SERVER_POLLED = SERVER_CONNECTION + CONNECTIONS_MAX + 1,
};

struct server {
  struct server_options options;
  struct sandbox sandbox;
  struct clock clock;
  struct pollfd polled[SERVER_POLLED];
  struct connection_table connections;
  struct linger_list linger;
  struct file_table files;
  /** Out of sockets: accepting waits until fewer are open than that, or until that time. */
  bool accept_paused;
  int32_t accept_below;
  uint32_t accept_again;
  /** How often `on_timer` has trapped in a row; after too many of these it waits until that time.
   */
  uint32_t timer_traps;
  uint32_t timer_again;
  /** Ending: no new connections, and no connection at all from that time on. */
  bool stopping;
  uint32_t stop_deadline;
  /** The app has asked for a restart; and it is ending for that. */
  bool restart_wanted;
  bool restarting;
  /** Export that the guest is in, NULL between calls; the watchdog reads it. */
  const char *volatile calling;
  /** The guest cannot go on. */
  bool failed;
};

/**
 * Loads and starts an app, and listens. Pool and module are the server's until server_close(); the
 * module's bytes are only read.
 * @return false where that fails: `reason` (SANDBOX_TEXT_MAX bytes) says why and what to do
 */
bool server_open(struct server *server, const struct server_options *options, const uint8_t *module,
                 uint32_t module_size, void *pool, uint32_t pool_size, char *reason);

/** The TCP port it listens on. */
uint16_t server_port(const struct server *server);

/** Writes the app's routes to the log. */
void server_print_routes(struct server *server);

/** Serves until it is told to stop. Returns false where the app could not go on. */
bool server_run(struct server *server);

/** Closes all sockets, and frees the app. */
void server_close(struct server *server);

#endif
