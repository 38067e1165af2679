#include <esp_littlefs.h>
#include <esp_log.h>
#include <esp_system.h>
#include <nvs_flash.h>

#include "app_partition.h"
#include "boot.h"
#include "microserver.h"
#include "network.h"

#define FILES "/files"

static const char tag[] = "main";

/** The apps that the firmware brings with it. */
extern const uint8_t setup_start[] asm("_binary_setup_wasm_start");
extern const uint8_t setup_end[] asm("_binary_setup_wasm_end");
extern const uint8_t recovery_start[] asm("_binary_recovery_wasm_start");
extern const uint8_t recovery_end[] asm("_binary_recovery_wasm_end");

static void open_settings(void) {
  esp_err_t error = nvs_flash_init();
  if (error == ESP_ERR_NVS_NO_FREE_PAGES || error == ESP_ERR_NVS_NEW_VERSION_FOUND) {
    ESP_LOGW(tag, "the settings cannot be read: starting with none");
    ESP_ERROR_CHECK(nvs_flash_erase());
    error = nvs_flash_init();
  }
  ESP_ERROR_CHECK(error);
}

/** Returns the folder of the app's files; NULL where there is none. */
static const char *mount_files(void) {
  const esp_vfs_littlefs_conf_t files = {
      .base_path = FILES,
      .partition_label = "files",
      .format_if_mount_failed = true,
  };
  esp_err_t error = esp_vfs_littlefs_register(&files);
  if (error == ESP_OK) return FILES;
  ESP_LOGE(tag, "the files cannot be mounted: %s", esp_err_to_name(error));
  return NULL;
}

/** Serves, or says why not. */
static bool serve(const struct microserver_config *config, struct microserver_status *status) {
  bool started = microserver_start(config) == ESP_OK;
  microserver_status(status);
  if (started) {
    ESP_LOGI(tag, "listening on port %u", status->port);
  } else {
    ESP_LOGE(tag, "%s", status->reason);
  }
  return started;
}

static void serve_builtin(const char *name, const uint8_t *start, const uint8_t *end) {
  struct microserver_config config = MICROSERVER_CONFIG_DEFAULT();
  struct microserver_status status;
  config.module = start;
  config.module_size = (size_t)(end - start);
  config.storage = name;
  config.port = 80;
  ESP_LOGI(tag, "running the %s app", name);
  serve(&config, &status);
}

static void serve_app(void) {
  struct microserver_config config = MICROSERVER_CONFIG_DEFAULT();
  struct microserver_status status;
  struct app_module module = app_partition_map();
  if (module.bytes == NULL) {
    ESP_LOGE(tag, "%s", module.reason);
    boot_recover(module.reason);
  }
  config.module = module.bytes;
  config.module_size = module.size;
  config.executable = module.executable;
  config.root = mount_files();
  config.on_failure = boot_recover;
  if (!serve(&config, &status)) boot_recover(status.reason);
  boot_watch_health();
}

void app_main(void) {
  open_settings();
  bool recover = boot_begin();
  enum network_result network = network_start();
  if (recover) {
    serve_builtin("recovery", recovery_start, recovery_end);
  } else if (network == NETWORK_NEEDS_SETUP) {
    serve_builtin(NETWORK_STORAGE, setup_start, setup_end);
  } else {
    serve_app();
  }
}
