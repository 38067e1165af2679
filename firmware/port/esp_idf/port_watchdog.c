#include "port_watchdog.h"

#include <esp_task_wdt.h>
#include <sdkconfig.h>
#include <stdbool.h>

enum { MS_PER_SECOND = 1000 };

/** The server's thread is one of those that the task watchdog waits for. */
static bool is_watched;

void port_watchdog_feed(void) {
  if (is_watched) {
    esp_task_wdt_reset();
  } else {
    is_watched = esp_task_wdt_add(NULL) == ESP_OK;
  }
}

uint32_t port_watchdog_rest(void) {
  return is_watched ? CONFIG_ESP_TASK_WDT_TIMEOUT_S * MS_PER_SECOND / 2 : UINT32_MAX;
}

void port_watchdog_end(void) {
  if (is_watched) esp_task_wdt_delete(NULL);
  is_watched = false;
}
