#include "restart.h"

#include "guest.h"
#include "log.h"
#include "port_device.h"
#include "server.h"

/** Time in ms that connections have to finish. */
enum { FINISH_MS = 2000 };

void restart_begin(struct server *server) {
  log_write(ABI_LEVEL_INFO, "the app restarts");
  server->restarting = true;
  server->stopping = true;
  server->stop_deadline = server->clock.now + FINISH_MS;
  server->accept_paused = false;
  server->polled[SERVER_LISTENER].events = 0;
  guest_call(server, ABI_EXPORT_STOP, CONNECTION_NONE, 0);
}

void restart_finish(struct server *server) {
  for (int32_t conn = 0; conn < server->connections.limit; conn++) {
    connection_close(&server->connections, conn, ABI_CLOSE_RESET, server->clock.now);
  }
  sandbox_stop(&server->sandbox);
  port_device_restart();
  server->restart_wanted = false;
  server->restarting = false;
  server->stopping = false;
  server->timer_traps = 0;
  server->polled[SERVER_LISTENER].events = POLLIN;
  if (guest_start(server)) return;
  log_write(ABI_LEVEL_ERROR, "the app does not start again: %s", server->sandbox.reason);
  server->failed = true;
}
