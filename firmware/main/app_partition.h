/** The app's module in flash. */
#ifndef MICROSERVER_APP_PARTITION_H
#define MICROSERVER_APP_PARTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app_module {
  /** Mapped into the address space, never copied; NULL where there is no app. */
  const uint8_t *bytes;
  size_t size;
  /** Code can be executed there. */
  bool executable;
  /** Why there is none. */
  const char *reason;
};

/** Maps the partition `app-wasm` for good, and finds the module in it. */
struct app_module app_partition_map(void);

#endif
