#include "setup_note.h"

#include <nvs.h>

#include "network.h"

void setup_note(const char *key, const char *text, size_t length) {
  nvs_handle_t storage;
  if (nvs_open(NETWORK_STORAGE, NVS_READWRITE, &storage) != ESP_OK) return;
  if (nvs_set_blob(storage, key, text, length) == ESP_OK) nvs_commit(storage);
  nvs_close(storage);
}
