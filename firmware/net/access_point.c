#include "access_point.h"

#include <esp_err.h>
#include <esp_event.h>
#include <esp_idf_version.h>
#include <esp_log.h>
#include <esp_mac.h>
#include <esp_netif.h>
#include <esp_system.h>
#include <esp_timer.h>
#include <esp_wifi.h>
#include <stdio.h>
#include <string.h>

#include "dns_server.h"
#include "wifi_scan.h"

enum { CHANNEL = 1, STATIONS_MAX = 4, RETRY_MINUTES = 3 };

#define RETRY_US (RETRY_MINUTES * 60ull * 1000000)

static const char tag[] = "setup";
static esp_timer_handle_t retry_timer;

static void restart(void *argument) {
  (void)argument;
  ESP_LOGI(tag, "nobody is here: trying the network again");
  esp_restart();
}

/** Nobody is thrown out: the time runs only while no station is here. */
static void on_station(void *argument, esp_event_base_t base, int32_t id, void *data) {
  (void)argument;
  (void)base;
  (void)data;
  wifi_sta_list_t stations = {0};
  esp_timer_stop(retry_timer);
  bool left = id == WIFI_EVENT_AP_STADISCONNECTED;
  if (left && esp_wifi_ap_get_sta_list(&stations) == ESP_OK && stations.num == 0) {
    esp_timer_start_once(retry_timer, RETRY_US);
  }
}

static void start_retrying(void) {
  const esp_timer_create_args_t timer = {.callback = restart, .name = "setup"};
  ESP_ERROR_CHECK(esp_timer_create(&timer, &retry_timer));
  ESP_ERROR_CHECK(
      esp_event_handler_register(WIFI_EVENT, WIFI_EVENT_AP_STACONNECTED, on_station, NULL));
  ESP_ERROR_CHECK(
      esp_event_handler_register(WIFI_EVENT, WIFI_EVENT_AP_STADISCONNECTED, on_station, NULL));
  ESP_ERROR_CHECK(esp_timer_start_once(retry_timer, RETRY_US));
}

static void configure(void) {
  wifi_config_t config = {0};
  uint8_t mac[6];
  ESP_ERROR_CHECK(esp_read_mac(mac, ESP_MAC_WIFI_SOFTAP));
  char *ssid = (char *)config.ap.ssid;
  snprintf(ssid, sizeof config.ap.ssid, "%.24s-%02X%02X", CONFIG_MICROSERVER_HOSTNAME, mac[4],
           mac[5]);
  config.ap.ssid_len = (uint8_t)strlen(ssid);
  config.ap.channel = CHANNEL;
  config.ap.max_connection = STATIONS_MAX;
  config.ap.authmode = WIFI_AUTH_OPEN;
  const char *password = CONFIG_MICROSERVER_SETUP_PASSWORD;
  if (password[0] != '\0') {
    config.ap.authmode = WIFI_AUTH_WPA2_PSK;
    strlcpy((char *)config.ap.password, password, sizeof config.ap.password);
  }
  ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_AP, &config));
  ESP_LOGI(tag, "join the Wi-Fi %s and open http://192.168.4.1", ssid);
}

/** DHCP tells newer systems where the page is (RFC 8910); older ones find out by their probes. */
static void announce_portal(esp_netif_t *netif) {
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 4, 0)
  static char uri[] = "http://192.168.4.1/";
  esp_netif_dhcps_stop(netif);
  esp_netif_dhcps_option(netif, ESP_NETIF_OP_SET, ESP_NETIF_CAPTIVEPORTAL_URI, uri, strlen(uri));
  esp_netif_dhcps_start(netif);
#else
  (void)netif;
#endif
}

void access_point_start(bool retry) {
  esp_netif_t *netif = esp_netif_create_default_wifi_ap();
  ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_APSTA));
  configure();
  ESP_ERROR_CHECK(esp_wifi_start());
  wifi_scan_keep();
  announce_portal(netif);
  esp_netif_ip_info_t address = {0};
  ESP_ERROR_CHECK(esp_netif_get_ip_info(netif, &address));
  dns_server_start((const uint8_t *)&address.ip.addr);
  if (retry) start_retrying();
}
