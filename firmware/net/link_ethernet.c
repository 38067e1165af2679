#include <esp_err.h>
#include <esp_eth.h>
#include <esp_event.h>
#include <esp_idf_version.h>
#include <esp_log.h>
#include <esp_netif.h>
#include <sdkconfig.h>

#include "link.h"

static const char tag[] = "ethernet";

static esp_eth_mac_t *new_mac(void) {
  eth_mac_config_t config = ETH_MAC_DEFAULT_CONFIG();
#if CONFIG_MICROSERVER_NETWORK_OPENETH
  return esp_eth_mac_new_openeth(&config);
#else
  eth_esp32_emac_config_t emac = ETH_ESP32_EMAC_DEFAULT_CONFIG();
  return esp_eth_mac_new_esp32(&emac, &config);
#endif
}

static esp_eth_phy_t *new_phy(void) {
  eth_phy_config_t config = ETH_PHY_DEFAULT_CONFIG();
#if CONFIG_MICROSERVER_NETWORK_OPENETH
  config.autonego_timeout_ms = 100; /* the emulator has nothing to negotiate with */
#endif
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 4, 0)
  return esp_eth_phy_new_generic(&config);
#else
  return esp_eth_phy_new_dp83848(&config);
#endif
}

static void on_address(void *argument, esp_event_base_t base, int32_t id, void *data) {
  (void)argument;
  (void)base;
  (void)id;
  const ip_event_got_ip_t *event = data;
  ESP_LOGI(tag, "the address is " IPSTR, IP2STR(&event->ip_info.ip));
}

enum network_result link_start(void) {
  const esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_ETH();
  esp_netif_t *netif = esp_netif_new(&netif_config);
  ESP_ERROR_CHECK(esp_netif_set_hostname(netif, CONFIG_MICROSERVER_HOSTNAME));
  const esp_eth_config_t config = ETH_DEFAULT_CONFIG(new_mac(), new_phy());
  esp_eth_handle_t ethernet = NULL;
  ESP_ERROR_CHECK(esp_eth_driver_install(&config, &ethernet));
  ESP_ERROR_CHECK(esp_netif_attach(netif, esp_eth_new_netif_glue(ethernet)));
  ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, on_address, NULL));
  ESP_ERROR_CHECK(esp_eth_start(ethernet));
  return NETWORK_UP;
}
