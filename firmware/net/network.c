#include "network.h"

#include <esp_err.h>
#include <esp_event.h>
#include <esp_log.h>
#include <esp_netif.h>
#include <esp_netif_sntp.h>
#include <mdns.h>
#include <sdkconfig.h>

#include "link.h"

static const char tag[] = "network";

static void announce(void) {
  esp_err_t error = mdns_init();
  if (error == ESP_OK) error = mdns_hostname_set(CONFIG_MICROSERVER_HOSTNAME);
  if (error == ESP_OK) error = mdns_service_add(NULL, "_http", "_tcp", 80, NULL, 0);
  if (error == ESP_OK) {
    ESP_LOGI(tag, "the name is " CONFIG_MICROSERVER_HOSTNAME ".local");
  } else {
    ESP_LOGW(tag, "no mDNS: %s", esp_err_to_name(error));
  }
}

static void keep_time(void) {
  esp_sntp_config_t config = ESP_NETIF_SNTP_DEFAULT_CONFIG(CONFIG_MICROSERVER_TIME_SERVER);
  config.wait_for_sync = false;
  esp_err_t error = esp_netif_sntp_init(&config);
  if (error != ESP_OK) ESP_LOGW(tag, "no SNTP: %s", esp_err_to_name(error));
}

enum network_result network_start(void) {
  ESP_ERROR_CHECK(esp_netif_init());
  ESP_ERROR_CHECK(esp_event_loop_create_default());
  enum network_result result = link_start();
  if (result == NETWORK_UP) {
    announce();
    keep_time();
  }
  return result;
}
