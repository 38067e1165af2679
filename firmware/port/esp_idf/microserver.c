#include "microserver.h"

#include <esp_pthread.h>
#include <esp_vfs_eventfd.h>
#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device_open.h"
#include "port_file.h"
#include "server.h"

static const char address[] = "0.0.0.0";

/** The one server, and what its thread and the others say to each other. */
static struct {
  struct microserver_config config;
  struct server server;
  pthread_t thread;
  void *pool;
  /** Any number written to it ends the server. */
  int stop_fd;
  /** See server_options. */
  int wake_fd;
  /** Given once the thread listens, or has failed. */
  SemaphoreHandle_t opened;
  /** There is a thread to join. */
  bool started;
  volatile bool running;
  char reason[SANDBOX_TEXT_MAX];
} state = {.stop_fd = -1};

/** The captive portal's DNS has one. */
enum { SOCKETS_OF_OTHERS = 1 };

_Static_assert(MICROSERVER_REASON_MAX == SANDBOX_TEXT_MAX, "a reason fits");

static bool open_server(void) {
  const struct microserver_config *config = &state.config;
  const struct server_options options = {
      .host = address,
      .port = config->port,
      .max_conns = config->max_conns,
      .max_sockets = CONFIG_LWIP_MAX_SOCKETS - SOCKETS_OF_OTHERS,
      .fuel = config->fuel,
      .stop_fd = state.stop_fd,
      .wake_fd = state.wake_fd,
      .in_place = config->executable,
  };
  return server_open(&state.server, &options, config->module, (uint32_t)config->module_size,
                     state.pool, config->pool_size, state.reason);
}

/** WAMR asks for its thread: a FreeRTOS task that is no pthread will not do. */
static void *serve(void *argument) {
  (void)argument;
  state.running = open_server();
  bool opened = state.running;
  xSemaphoreGive(state.opened);
  bool failed = opened && !server_run(&state.server);
  state.running = false;
  server_close(&state.server);
  if (failed) {
    strlcpy(state.reason, "the app could not go on: see the log", sizeof state.reason);
    if (state.config.on_failure != NULL) state.config.on_failure(state.reason);
  }
  return NULL;
}

static void release(void) {
  if (state.stop_fd >= 0) close(state.stop_fd);
  if (state.opened != NULL) vSemaphoreDelete(state.opened);
  free(state.pool);
  state.stop_fd = -1;
  state.opened = NULL;
  state.pool = NULL;
}

static bool acquire(void) {
  esp_vfs_eventfd_config_t eventfds = ESP_VFS_EVENTD_CONFIG_DEFAULT();
  esp_vfs_eventfd_register(&eventfds); /* fails where somebody else has done so: as good */
  state.wake_fd = device_open(state.config.storage);
  state.stop_fd = eventfd(0, 0);
  state.opened = xSemaphoreCreateBinary();
  bool pooled = state.config.pool_size > 0;
  if (pooled) state.pool = malloc(state.config.pool_size);
  return state.stop_fd >= 0 && state.opened != NULL && (state.pool != NULL || !pooled);
}

static bool start_thread(void) {
  esp_pthread_cfg_t thread = esp_pthread_get_default_config();
  thread.stack_size = state.config.stack_size;
  thread.prio = state.config.priority;
  thread.thread_name = "microserver";
  return esp_pthread_set_cfg(&thread) == ESP_OK &&
         pthread_create(&state.thread, NULL, serve, NULL) == 0;
}

esp_err_t microserver_start(const struct microserver_config *config) {
  if (state.started) return ESP_ERR_INVALID_STATE;
  state.config = *config;
  state.reason[0] = '\0';
  port_file_mount(config->root);
  if (!acquire() || !start_thread()) {
    release();
    strlcpy(state.reason, "no memory for the server: give it a smaller pool", sizeof state.reason);
    return ESP_ERR_NO_MEM;
  }
  state.started = true;
  xSemaphoreTake(state.opened, portMAX_DELAY);
  if (state.reason[0] == '\0') return ESP_OK;
  microserver_stop();
  return ESP_FAIL;
}

esp_err_t microserver_stop(void) {
  if (!state.started) return ESP_ERR_INVALID_STATE;
  const uint64_t one = 1;
  if (state.running && write(state.stop_fd, &one, sizeof one) < 0) return ESP_FAIL;
  pthread_join(state.thread, NULL);
  release();
  state.started = false;
  return ESP_OK;
}

void microserver_status(struct microserver_status *status) {
  memset(status, 0, sizeof *status);
  status->running = state.running;
  if (state.running) {
    status->port = server_port(&state.server);
    status->connections = (uint32_t)state.server.connections.open;
  }
  strlcpy(status->reason, state.reason, sizeof status->reason);
}
