#include "wifi_station.h"

#include <esp_err.h>
#include <esp_event.h>
#include <esp_log.h>
#include <esp_netif.h>
#include <esp_random.h>
#include <esp_timer.h>
#include <esp_wifi.h>
#include <freertos/FreeRTOS.h>
#include <freertos/event_groups.h>
#include <string.h>

#include "backoff.h"

enum { JOINED = BIT0, US_PER_MS = 1000 };

static const char tag[] = "wifi";

static EventGroupHandle_t bits;
static esp_timer_handle_t retry;
static struct backoff backoff;
static volatile bool ended;
/** Of the last try. */
static volatile enum wifi_failure last_failure;

static void connect(void *argument) {
  (void)argument;
  if (!ended) esp_wifi_connect();
}

static enum wifi_failure failure_of(uint8_t reason) {
  switch (reason) {
  case WIFI_REASON_NO_AP_FOUND:
    return WIFI_FAILURE_ABSENT;
  case WIFI_REASON_AUTH_FAIL:
  case WIFI_REASON_MIC_FAILURE:
  case WIFI_REASON_HANDSHAKE_TIMEOUT:
  case WIFI_REASON_4WAY_HANDSHAKE_TIMEOUT:
    return WIFI_FAILURE_PASSWORD;
  default:
    return WIFI_FAILURE_OTHER;
  }
}

static void on_wifi(void *argument, esp_event_base_t base, int32_t id, void *data) {
  (void)argument;
  (void)base;
  if (id == WIFI_EVENT_STA_START) connect(NULL);
  if (id != WIFI_EVENT_STA_DISCONNECTED || ended) return;
  const wifi_event_sta_disconnected_t *event = data;
  last_failure = failure_of(event->reason);
  uint32_t wait = backoff_next(&backoff, esp_random());
  xEventGroupClearBits(bits, JOINED);
  ESP_LOGW(tag, "not in %.*s (reason %u): next try in %u ms", event->ssid_len, event->ssid,
           event->reason, (unsigned)wait);
  esp_timer_stop(retry);
  esp_timer_start_once(retry, (uint64_t)wait * US_PER_MS);
}

static void on_address(void *argument, esp_event_base_t base, int32_t id, void *data) {
  (void)argument;
  (void)base;
  (void)id;
  const ip_event_got_ip_t *event = data;
  ESP_LOGI(tag, "the address is " IPSTR, IP2STR(&event->ip_info.ip));
  backoff_reset(&backoff);
  xEventGroupSetBits(bits, JOINED);
}

static void configure(const struct wifi_credentials *credentials) {
  wifi_config_t config = {0};
  memcpy(config.sta.ssid, credentials->ssid, strlen(credentials->ssid));
  memcpy(config.sta.password, credentials->password, strlen(credentials->password));
  config.sta.pmf_cfg.capable = true;
  config.sta.scan_method = WIFI_ALL_CHANNEL_SCAN;
  config.sta.threshold.authmode =
      credentials->password[0] == '\0' ? WIFI_AUTH_OPEN : WIFI_AUTH_WPA2_PSK;
  ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
  ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
}

bool wifi_station_join(const struct wifi_credentials *credentials, uint32_t patience,
                       enum wifi_failure *failure) {
  const esp_timer_create_args_t timer = {.callback = connect, .name = "wifi"};
  esp_event_handler_instance_t wifi_handler;
  esp_event_handler_instance_t address_handler;
  *failure = WIFI_FAILURE_OTHER;
  bits = xEventGroupCreate();
  if (bits == NULL) return false;
  ESP_ERROR_CHECK(esp_timer_create(&timer, &retry));
  ESP_ERROR_CHECK(esp_event_handler_instance_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL,
                                                      &wifi_handler));
  ESP_ERROR_CHECK(esp_event_handler_instance_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_address,
                                                      NULL, &address_handler));
  configure(credentials);
  ESP_LOGI(tag, "joining %s", credentials->ssid);
  ESP_ERROR_CHECK(esp_wifi_start());
  if ((xEventGroupWaitBits(bits, JOINED, pdFALSE, pdTRUE, pdMS_TO_TICKS(patience)) & JOINED) != 0) {
    return true;
  }
  ended = true;
  esp_timer_stop(retry);
  *failure = last_failure;
  esp_wifi_stop();
  ESP_LOGW(tag, "%s is not within reach, or the password is wrong", credentials->ssid);
  return false;
}
