#include "wifi_credentials.h"

#include <nvs.h>
#include <sdkconfig.h>
#include <string.h>

#include "network.h"

/** Reads a text as the setup app keeps it: a blob without NUL. Empty where there is none. */
static void read_text(nvs_handle_t storage, const char *key, char *text, size_t size) {
  size_t length = size - 1;
  if (nvs_get_blob(storage, key, text, &length) != ESP_OK) length = 0;
  text[length] = '\0';
}

bool wifi_credentials_read(struct wifi_credentials *credentials) {
  memset(credentials, 0, sizeof *credentials);
  nvs_handle_t storage;
  if (nvs_open(NETWORK_STORAGE, NVS_READONLY, &storage) == ESP_OK) {
    read_text(storage, "ssid", credentials->ssid, sizeof credentials->ssid);
    read_text(storage, "password", credentials->password, sizeof credentials->password);
    nvs_close(storage);
  }
  if (credentials->ssid[0] != '\0') return true;
  strlcpy(credentials->ssid, CONFIG_MICROSERVER_WIFI_SSID, sizeof credentials->ssid);
  strlcpy(credentials->password, CONFIG_MICROSERVER_WIFI_PASSWORD, sizeof credentials->password);
  return credentials->ssid[0] != '\0';
}
