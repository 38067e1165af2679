#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "board_control.h"
#include "module_file.h"
#include "network.h"
#include "options.h"
#include "port_file.h"
#include "server.h"
#include "signals.h"
#include "storage.h"
#include "watchdog.h"

static int fail(const char *reason) {
  fprintf(stderr, "microserver: %s\n", reason);
  return EXIT_FAILURE;
}

static void print_address(const char *host, uint16_t port) {
  const char *format =
      strchr(host, ':') != NULL ? "listening on http://[%s]:%u\n" : "listening on http://%s:%u\n";
  printf(format, host, port);
  fflush(stdout);
}

int main(int argc, char *argv[]) {
  static struct server server;
  char reason[SANDBOX_TEXT_MAX];
  board_start();
  struct options options = options_parse(argc, argv);
  if (options.root != NULL && !port_file_mount(options.root)) {
    return fail("the folder of --root cannot be read");
  }
  if (options.storage != NULL && !storage_open(options.storage, reason, sizeof reason)) {
    return fail(reason);
  }
  if (options.control != NULL) {
    options.server.wake_fd = board_control_open(options.control, reason, sizeof reason);
    if (options.server.wake_fd < 0) return fail(reason);
  }
  struct module_file module =
      module_file_open(options.module, options.server.in_place, reason, sizeof reason);
  if (module.bytes == NULL) return fail(reason);
  void *pool = malloc(options.pool_size);
  if (pool == NULL) return fail("no memory for the pool: give it less (--pool KB)");
  options.server.stop_fd = signals_open();
  if (!network_open(&options.server, reason)) return fail(reason);
  if (options.watchdog_seconds > 0 && !watchdog_start(&server, options.watchdog_seconds)) {
    return fail("there is no timer for the watchdog: --watchdog 0 leaves it out");
  }

  bool opened = server_open(&server, &options.server, module.bytes, module.size, pool,
                            options.pool_size, reason);
  if (!opened) return fail(reason);
  print_address(options.server.host, server_port(&server));
  if (options.routes) server_print_routes(&server);
  bool served = server_run(&server);
  server_close(&server);
  board_control_close();
  module_file_close(&module);
  free(pool);
  return served ? EXIT_SUCCESS : EXIT_FAILURE;
}
