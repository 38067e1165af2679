#include <esp_err.h>
#include <esp_netif.h>
#include <esp_wifi.h>
#include <sdkconfig.h>
#include <string.h>

#include "access_point.h"
#include "link.h"
#include "setup_note.h"
#include "wifi_credentials.h"
#include "wifi_station.h"

enum { MS_PER_SECOND = 1000 };

/** As the setup app knows them. */
static const char *const failures[] = {
    [WIFI_FAILURE_OTHER] = "other",
    [WIFI_FAILURE_ABSENT] = "absent",
    [WIFI_FAILURE_PASSWORD] = "password",
};

enum network_result link_start(void) {
  esp_netif_t *netif = esp_netif_create_default_wifi_sta();
  ESP_ERROR_CHECK(esp_netif_set_hostname(netif, CONFIG_MICROSERVER_HOSTNAME));
  wifi_init_config_t config = WIFI_INIT_CONFIG_DEFAULT();
  ESP_ERROR_CHECK(esp_wifi_init(&config));
  ESP_ERROR_CHECK(esp_wifi_set_storage(WIFI_STORAGE_RAM));

  struct wifi_credentials credentials;
  bool known = wifi_credentials_read(&credentials);
  uint32_t patience = CONFIG_MICROSERVER_WIFI_PATIENCE_SECONDS * MS_PER_SECOND;
  enum wifi_failure failure;
  if (known) {
    if (wifi_station_join(&credentials, patience, &failure)) return NETWORK_UP;
    setup_note("failure", failures[failure], strlen(failures[failure]));
  }
  access_point_start(known);
  return NETWORK_NEEDS_SETUP;
}
