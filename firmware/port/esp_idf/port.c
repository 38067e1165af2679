#include "port.h"

#include <esp_log.h>
#include <esp_random.h>
#include <esp_timer.h>
#include <sdkconfig.h>
#include <sys/time.h>

#include "abi.h"

enum { US_PER_MS = 1000, MS_PER_SECOND = 1000 };

/** 2024-01-01: before it the clock has not been set. */
#define CLOCK_SET_SECONDS 1704067200

static const char tag[] = "app";

uint32_t port_now(void) {
  return (uint32_t)(esp_timer_get_time() / US_PER_MS);
}

uint64_t port_now_us(void) {
  return (uint64_t)esp_timer_get_time();
}

uint64_t port_unix_time_ms(void) {
  struct timeval time;
  gettimeofday(&time, NULL);
  if (time.tv_sec < CLOCK_SET_SECONDS) return 0;
  return (uint64_t)time.tv_sec * MS_PER_SECOND + (uint64_t)(time.tv_usec / US_PER_MS);
}

void port_random(void *bytes, size_t length) {
  esp_fill_random(bytes, length);
}

void port_log(int32_t level, const char *text, size_t length) {
  int size = (int)length;
  if (level > CONFIG_MICROSERVER_LOG_LEVEL) return;
  switch (level) {
  case ABI_LEVEL_ERROR:
    ESP_LOGE(tag, "%.*s", size, text);
    break;
  case ABI_LEVEL_WARN:
    ESP_LOGW(tag, "%.*s", size, text);
    break;
  default: /* above ESP-IDF's own level only these two would be left out */
    ESP_LOGI(tag, "%.*s", size, text);
    break;
  }
}
