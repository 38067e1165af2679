/**
 * MicroServer as an ESP-IDF component: an app, compiled to WebAssembly, served over the network.
 * It expects that esp_netif is initialised; which network there is, is not its business.
 */
#ifndef MICROSERVER_MICROSERVER_H
#define MICROSERVER_MICROSERVER_H

#include <esp_err.h>
#include <sdkconfig.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longest text of a reason, NUL included. */
#define MICROSERVER_REASON_MAX 256

/** Stands for "as the app says". */
#define MICROSERVER_PORT_OF_APP (-1)

struct microserver_config {
  /** The app's module, in flash or RAM; it stays there until microserver_stop(). */
  const uint8_t *module;
  size_t module_size;
  /** Code can be executed where the module is: it was mapped with ESP_PARTITION_MMAP_INST. */
  bool executable;
  /** Folder of the app's files in the virtual file system; NULL where it has none. */
  const char *root;
  /** NVS namespace of the app's key-value storage, at most 15 characters. */
  const char *storage;
  /** TCP port, or MICROSERVER_PORT_OF_APP. */
  int32_t port;
  /** Connections that the app may serve at most, 1 to CONFIG_MICROSERVER_CONNECTIONS_MAX. */
  uint32_t max_conns;
  /** Loop rounds and calls that app code may spend on one event. */
  uint32_t fuel;
  /**
   * Memory pool of the WebAssembly runtime in bytes, one block of the heap; linear memory is not in
   * it. 0: the runtime takes what it needs from the heap, piece by piece.
   */
  uint32_t pool_size;
  /** C stack of the server's thread in bytes. */
  uint32_t stack_size;
  /** FreeRTOS priority of that thread. */
  uint32_t priority;
  /** Called by that thread where the app served and then could not go on; may be NULL. */
  void (*on_failure)(const char *reason);
};

/** What menuconfig says, without an app. */
#define MICROSERVER_CONFIG_DEFAULT() \
  { \
      .module = NULL, \
      .module_size = 0, \
      .executable = false, \
      .root = NULL, \
      .storage = "app", \
      .port = CONFIG_MICROSERVER_PORT == 0 ? MICROSERVER_PORT_OF_APP : CONFIG_MICROSERVER_PORT, \
      .max_conns = CONFIG_MICROSERVER_CONNECTIONS_MAX, \
      .fuel = CONFIG_MICROSERVER_FUEL, \
      .pool_size = CONFIG_MICROSERVER_POOL_KB * 1024, \
      .stack_size = CONFIG_MICROSERVER_STACK_BYTES, \
      .priority = CONFIG_MICROSERVER_PRIORITY, \
      .on_failure = NULL, \
  }

struct microserver_status {
  /** Whether it serves. */
  bool running;
  /** The TCP port it listens on. */
  uint16_t port;
  /** Connections that are open. */
  uint32_t connections;
  /** Why it does not serve; empty where it does, and where nobody has started it. */
  char reason[MICROSERVER_REASON_MAX];
};

/**
 * Loads and starts an app in a thread of its own, and returns once it listens. There is one server.
 * @return ESP_OK; ESP_ERR_INVALID_STATE where one runs; ESP_ERR_NO_MEM; ESP_FAIL where the app does
 *     not start: microserver_status() says why
 */
esp_err_t microserver_start(const struct microserver_config *config);

/**
 * Ends it: connections get 5 s to finish. Not to be called by the server's own thread.
 * @return ESP_OK, or ESP_ERR_INVALID_STATE where none runs
 */
esp_err_t microserver_stop(void);

/** How it is. May be called from any task. */
void microserver_status(struct microserver_status *status);

#ifdef __cplusplus
}
#endif

#endif
