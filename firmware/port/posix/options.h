/** The command line. */
#ifndef MICROSERVER_OPTIONS_H
#define MICROSERVER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "server.h"

struct options {
  struct server_options server;
  /** File of the app's module. */
  const char *module;
  /** Folder of the app's files; NULL where it has none. */
  const char *root;
  /** FIFO that drives the simulated board, or NULL. */
  const char *control;
  /** File of the app's storage, or NULL. */
  const char *storage;
  /** Memory pool of the WebAssembly runtime in bytes. */
  uint32_t pool_size;
  /** Processor time that a round of the event loop may take, 0: any. */
  uint32_t watchdog_seconds;
  /** Whether to print the route table. */
  bool routes;
};

/** Reads the command line. Ends the program for --help, --version and what it does not understand.
 */
struct options options_parse(int argc, char *argv[]);

#endif
