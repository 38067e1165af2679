#include "boot.h"

#include <esp_attr.h>
#include <esp_log.h>
#include <esp_system.h>
#include <esp_timer.h>
#include <nvs.h>
#include <sdkconfig.h>
#include <string.h>

#include "boot_guard.h"

enum { US_PER_SECOND = 1000000 };

static const char tag[] = "boot";

/** Survives every reset but power-on. */
static RTC_NOINIT_ATTR struct boot_guard guard;

static enum boot_cause cause_of(esp_reset_reason_t reason) {
  switch (reason) {
  case ESP_RST_PANIC:
  case ESP_RST_INT_WDT:
  case ESP_RST_TASK_WDT:
  case ESP_RST_WDT:
  case ESP_RST_CPU_LOCKUP:
    return BOOT_CRASH;
  case ESP_RST_BROWNOUT:
  case ESP_RST_PWR_GLITCH:
    return BOOT_BROWNOUT;
  case ESP_RST_SW:
  case ESP_RST_DEEPSLEEP:
    return BOOT_WANTED;
  default:
    return BOOT_FRESH;
  }
}

/** Leaves the recovery app a text under "reason", where its storage is. */
static void note_reason(const char *reason) {
  nvs_handle_t storage;
  if (nvs_open("recovery", NVS_READWRITE, &storage) != ESP_OK) return;
  if (nvs_set_blob(storage, "reason", reason, strlen(reason)) == ESP_OK) nvs_commit(storage);
  nvs_close(storage);
}

bool boot_begin(void) {
  enum boot_cause cause = cause_of(esp_reset_reason());
  uint32_t crashes = UINT32_MAX;
#if CONFIG_MICROSERVER_RECOVERY
  crashes = CONFIG_MICROSERVER_CRASHES_MAX;
#endif
  bool recover = boot_guard_begin(&guard, cause, crashes);
  if (recover && cause == BOOT_CRASH) {
    ESP_LOGE(tag, "crashed %d times in a row: the recovery app is run", (int)crashes);
    note_reason("The firmware crashed several times in a row.");
  }
  return recover;
}

static void forget_crashes(void *argument) {
  (void)argument;
  boot_guard_healthy(&guard);
}

void boot_watch_health(void) {
  const esp_timer_create_args_t args = {.callback = forget_crashes, .name = "health"};
  esp_timer_handle_t timer;
  if (esp_timer_create(&args, &timer) != ESP_OK) return;
  esp_timer_start_once(timer, (uint64_t)CONFIG_MICROSERVER_HEALTHY_SECONDS * US_PER_SECOND);
}

void boot_recover(const char *reason) {
  note_reason(reason);
  boot_guard_demand_recovery(&guard);
  esp_restart();
}
