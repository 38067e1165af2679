#include "guest.h"

#include <stdio.h>
#include <string.h>

#include "log.h"
#include "pin_changes.h"
#include "server.h"

static const char *const export_names[ABI_EXPORT_COUNT] = {
#define EXPORT_NAME(index, name, parameters, results) [index] = name,
    ABI_EXPORTS(EXPORT_NAME)
#undef EXPORT_NAME
};

static bool call(struct server *server, enum abi_export export, uint32_t values[2]) {
  struct abi_window *window = sandbox_window(&server->sandbox);
  window->now = server->clock.now;
  window->unix_time = server->clock.unix_time;
  window->file = 0;
  server->files.fresh = 0;
  server->calling = export_names[export];
  bool returned = sandbox_call(&server->sandbox, export, values);
  server->calling = NULL;
  return returned;
}

void guest_describe_call(const struct server *server, char *text, size_t size) {
  const char *calling = server->calling;
  if (calling == NULL) {
    snprintf(text, size, "a round of the event loop");
    return;
  }
  snprintf(text, size, "the app's %s", calling);
  sandbox_append_place(&server->sandbox, text, size);
}

static bool start_instance(struct server *server) {
  struct sandbox *sandbox = &server->sandbox;
  uint32_t values[2] = {0, 0};
  bool restart_wanted = server->restart_wanted;
  if (!sandbox_start(sandbox)) return false;
  sandbox_window(sandbox)->fuel = server->options.fuel;
  if (!call(server, ABI_EXPORT_INITIALIZE, values)) return false;
  values[0] = server->options.max_conns;
  if (!call(server, ABI_EXPORT_BOOT, values)) return false;
  if (values[0] < 1 || values[0] > server->options.max_conns) {
    snprintf(sandbox->reason, sizeof sandbox->reason,
             "the app serves %d connections: it must be 1 to %u", (int)values[0],
             (unsigned)server->options.max_conns);
    return false;
  }
  server->connections.limit = (int32_t)values[0];
  if (server->restart_wanted && !restart_wanted) {
    log_write(ABI_LEVEL_WARN, "the app restarts while it starts: ignored, it would never end");
    server->restart_wanted = false;
  }
  return true;
}

bool guest_start(struct server *server) {
  uint32_t size;
  file_table_close_all(&server->files);
  pin_changes_stop();
  if (!start_instance(server)) return false;
  if (sandbox_receive_window(&server->sandbox, &size) != NULL) return true;
  snprintf(server->sandbox.reason, sizeof server->sandbox.reason,
           "the module's receive window lies outside its memory");
  return false;
}

/** A call while recovering trapped: that costs the connection, if it was for one. */
static bool give_up(struct server *server, enum abi_export export, int32_t conn) {
  if (conn == CONNECTION_NONE) return false;
  log_write(ABI_LEVEL_ERROR, "%s, in %s: the connection is reset", server->sandbox.reason,
            export_names[export]);
  connection_close(&server->connections, conn, ABI_CLOSE_RESET, server->clock.now);
  return false;
}

static bool attempt(struct server *server, enum abi_export export, int32_t conn) {
  uint32_t values[2] = {(uint32_t)conn, 0};
  return call(server, export, values) || give_up(server, export, conn);
}

/** Has the guest answer for what trapped; once more where it, or the app in it, aborts in that. */
static bool answer_fault(struct server *server, int32_t conn) {
  uint32_t values[2] = {(uint32_t)conn, 0};
  if (call(server, ABI_EXPORT_ON_FAULT, values)) return true;
  if (!server->sandbox.aborted) return give_up(server, ABI_EXPORT_ON_FAULT, conn);
  log_write(ABI_LEVEL_ERROR, "%s, in %s", server->sandbox.reason,
            export_names[ABI_EXPORT_ON_FAULT]);
  file_table_close_fresh(&server->files);
  return attempt(server, ABI_EXPORT_ON_FAULT, conn);
}

/**
 * Resets the connections that have work in the old instance, but for the one that trapped, unless
 * that is in the middle of a file; all of them where the server is ending, since the new instance
 * will not know that.
 */
static int32_t reset_busy(struct server *server, int32_t trapped) {
  int32_t lost = 0;
  for (int32_t conn = 0; conn < server->connections.limit; conn++) {
    if (!connection_is_open(&server->connections, conn)) continue;
    if (!connection_has_file(&server->connections, conn)) {
      if (conn == trapped) continue;
      uint32_t values[2] = {(uint32_t)conn, 0};
      bool idle = call(server, ABI_EXPORT_IS_IDLE, values) && values[0] == 1;
      if (idle && !server->stopping) continue;
    }
    connection_close(&server->connections, conn, ABI_CLOSE_RESET, server->clock.now);
    lost++;
  }
  return lost;
}

/** Makes the open connections known to a new instance. Returns false where that one is torn too. */
static bool reopen(struct server *server, int32_t trapped) {
  const struct connection_table *connections = &server->connections;
  for (int32_t conn = 0; conn <= CONNECTIONS_MAX; conn++) {
    if (connections->polled[conn].fd < 0) continue;
    if (conn >= connections->limit) {
      connection_close(&server->connections, conn, ABI_CLOSE_RESET, server->clock.now);
      continue;
    }
    connection_renew(&server->connections, conn);
    if (!attempt(server, ABI_EXPORT_ON_OPEN, conn) && !server->sandbox.aborted) return false;
  }
  if (connection_is_open(connections, trapped)) {
    return answer_fault(server, trapped) || server->sandbox.aborted;
  }
  return true;
}

/** Goes on with a new instance. Ends, since each round that fails has reset a connection. */
static void restart(struct server *server, int32_t trapped, const char *where) {
  char reason[SANDBOX_TEXT_MAX];
  memcpy(reason, server->sandbox.reason, sizeof reason);
  int32_t lost = reset_busy(server, trapped);
  log_write(ABI_LEVEL_ERROR, "%s, in %s: the app starts anew, %d connections go on, %d are reset",
            reason, where, (int)server->connections.open, (int)lost);
  do {
    sandbox_stop(&server->sandbox);
    if (!guest_start(server)) {
      log_write(ABI_LEVEL_ERROR, "the app does not start again: %s", server->sandbox.reason);
      sandbox_stop(&server->sandbox);
      server->failed = true;
      return;
    }
  } while (!reopen(server, trapped));
}

static void recover(struct server *server, enum abi_export export, int32_t conn) {
  const char *where = export_names[export];
  bool served = conn < server->connections.limit && connection_is_open(&server->connections, conn);
  if (!served) conn = CONNECTION_NONE;
  if (server->sandbox.aborted) {
    log_write(ABI_LEVEL_ERROR, "%s, in %s", server->sandbox.reason, where);
    file_table_close_fresh(&server->files);
    if (answer_fault(server, conn)) return;
    if (server->sandbox.aborted && conn != CONNECTION_NONE) return;
    conn = CONNECTION_NONE;
    where = export_names[ABI_EXPORT_ON_FAULT];
  }
  restart(server, conn, where);
}

/** A collection that stops half-way, however it does, leaves a heap that nobody can use. */
static void collect(struct server *server) {
  struct abi_window *window = sandbox_window(&server->sandbox);
  if ((window->flags & ABI_FLAG_COLLECT) == 0) return;
  window->flags &= ~(uint32_t)ABI_FLAG_COLLECT;
  uint32_t values[2] = {0, 0};
  if (!call(server, ABI_EXPORT_COLLECT, values)) {
    restart(server, CONNECTION_NONE, export_names[ABI_EXPORT_COLLECT]);
  }
}

static bool call_safely(struct server *server, enum abi_export export, int32_t conn,
                        uint32_t values[2]) {
  if (server->failed) return false;
  bool returned = call(server, export, values);
  if (!returned) recover(server, export, conn);
  if (!server->failed) collect(server);
  return returned;
}

bool guest_call(struct server *server, enum abi_export export, int32_t conn, uint32_t value) {
  uint32_t values[2] = {(uint32_t)conn, value};
  return call_safely(server, export, conn, values);
}

bool guest_reclaim(struct server *server) {
  uint32_t values[2] = {0, 0};
  return call_safely(server, ABI_EXPORT_RECLAIM, CONNECTION_NONE, values) && values[0] == 1;
}
