#include "port_storage.h"

#include <nvs.h>
#include <sdkconfig.h>
#include <stdbool.h>

#include "abi.h"
#include "storage.h"

/** Bytes of an entry of NVS. */
enum { ENTRY_BYTES = 32 };

static nvs_handle_t storage;
static bool is_open;

void storage_open(const char *name) {
  if (is_open) nvs_close(storage);
  is_open = name != NULL && nvs_open(name, NVS_READWRITE, &storage) == ESP_OK;
}

/** 0, or the error that answers every call. */
static int32_t refusal(void) {
#ifdef CONFIG_MICROSERVER_STORAGE
  return is_open ? 0 : ABI_STORAGE_ERROR_UNSUPPORTED;
#else
  return ABI_STORAGE_ERROR_DENIED;
#endif
}

static int32_t error_of(esp_err_t error) {
  switch (error) {
  case ESP_OK:
    return 0;
  case ESP_ERR_NVS_NOT_FOUND:
    return ABI_STORAGE_ERROR_ABSENT;
  case ESP_ERR_NVS_NOT_ENOUGH_SPACE:
    return ABI_STORAGE_ERROR_FULL;
  case ESP_ERR_NVS_INVALID_NAME:
  case ESP_ERR_NVS_KEY_TOO_LONG:
  case ESP_ERR_NVS_VALUE_TOO_LONG:
    return ABI_STORAGE_ERROR_INVALID;
  default:
    return ABI_STORAGE_ERROR_FAILED;
  }
}

int32_t port_storage_get(const char *key, void *value, uint32_t size) {
  if (refusal() != 0) return refusal();
  size_t length = 0;
  esp_err_t error = nvs_get_blob(storage, key, NULL, &length);
  if (error == ESP_OK && length > 0 && length <= size) {
    error = nvs_get_blob(storage, key, value, &length);
  }
  return error == ESP_OK ? (int32_t)length : error_of(error);
}

int32_t port_storage_set(const char *key, const void *value, uint32_t length) {
  if (refusal() != 0) return refusal();
  esp_err_t error = nvs_set_blob(storage, key, value, length);
  return error_of(error == ESP_OK ? nvs_commit(storage) : error);
}

int32_t port_storage_remove(const char *key) {
  if (refusal() != 0) return refusal();
  esp_err_t error = nvs_erase_key(storage, key);
  if (error == ESP_ERR_NVS_NOT_FOUND) return 0;
  return error_of(error == ESP_OK ? nvs_commit(storage) : error);
}

int32_t port_storage_free(void) {
  if (refusal() != 0) return refusal();
  nvs_stats_t stats;
  if (nvs_get_stats(NULL, &stats) != ESP_OK) return ABI_STORAGE_ERROR_FAILED;
  return (int32_t)(stats.available_entries * ENTRY_BYTES);
}
