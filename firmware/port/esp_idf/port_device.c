#include "port_device.h"

#include <driver/gpio.h>
#include <esp_chip_info.h>
#include <esp_heap_caps.h>
#include <esp_system.h>
#include <esp_timer.h>
#include <esp_vfs_eventfd.h>
#include <sdkconfig.h>

#include "abi.h"
#include "device_adc.h"
#include "device_open.h"
#include "device_pins.h"
#include "device_pwm.h"
#include "device_temperature.h"
#include "storage.h"

enum { US_PER_SECOND = 1000000 };

/** Memory that pools and connections come from. */
#define HEAP_CAPS (MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT)

int device_open(const char *storage) {
  static int wake_fd = -1;
  if (wake_fd < 0) {
    wake_fd = eventfd(0, EFD_SUPPORT_ISR);
    device_pins_open(wake_fd);
  }
  storage_open(storage);
  return wake_fd;
}

void port_device_wake(void) {
  device_pins_woken();
}

static int32_t limit(size_t bytes) {
  return bytes > INT32_MAX ? INT32_MAX : (int32_t)bytes;
}

static int32_t reset_reason(void) {
  switch (esp_reset_reason()) {
  case ESP_RST_POWERON:
    return ABI_RESET_REASON_POWER_ON;
  case ESP_RST_SW:
    return ABI_RESET_REASON_RESTART;
  case ESP_RST_PANIC:
  case ESP_RST_CPU_LOCKUP:
    return ABI_RESET_REASON_CRASH;
  case ESP_RST_INT_WDT:
  case ESP_RST_TASK_WDT:
  case ESP_RST_WDT:
    return ABI_RESET_REASON_WATCHDOG;
  case ESP_RST_BROWNOUT:
  case ESP_RST_PWR_GLITCH:
    return ABI_RESET_REASON_BROWNOUT;
  case ESP_RST_DEEPSLEEP:
    return ABI_RESET_REASON_DEEP_SLEEP;
  case ESP_RST_EXT:
  case ESP_RST_USB:
  case ESP_RST_JTAG:
    return ABI_RESET_REASON_EXTERNAL;
  default:
    return ABI_RESET_REASON_UNKNOWN;
  }
}

static int32_t get_of_pin(int32_t item, int32_t pin) {
  int32_t error = device_pins_check(pin);
  if (error != 0) return error;
  if (item == ABI_DEVICE_PIN) return device_pins_get(pin);
  if (item == ABI_DEVICE_ADC) return device_adc_get(pin);
  return GPIO_IS_VALID_OUTPUT_GPIO(pin) ? device_pwm_get(pin) : ABI_DEVICE_ERROR_UNSUPPORTED;
}

int32_t port_device_get(int32_t item, int32_t index) {
  switch (item) {
  case ABI_DEVICE_PIN:
  case ABI_DEVICE_PWM_FREQUENCY:
  case ABI_DEVICE_ADC:
    return get_of_pin(item, index);
  case ABI_DEVICE_TEMPERATURE:
    return device_temperature_get();
  case ABI_DEVICE_UPTIME:
    return (int32_t)(esp_timer_get_time() / US_PER_SECOND);
  case ABI_DEVICE_FREE_HEAP:
    return limit(heap_caps_get_free_size(HEAP_CAPS));
  case ABI_DEVICE_LARGEST_BLOCK:
    return limit(heap_caps_get_largest_free_block(HEAP_CAPS));
  case ABI_DEVICE_RESET_REASON:
    return reset_reason();
  default:
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
}

static int32_t set_of_pin(int32_t item, int32_t pin, int32_t value) {
  switch (item) {
  case ABI_DEVICE_PIN_MODE:
    return device_pins_set_mode(pin, value);
  case ABI_DEVICE_PIN:
    return device_pins_set(pin, value);
  case ABI_DEVICE_PIN_EDGES:
    return device_pins_set_edges(pin, value);
  case ABI_DEVICE_PWM_FREQUENCY:
    return device_pwm_set_frequency(pin, value);
  case ABI_DEVICE_PWM_DUTY:
    return device_pwm_set_duty(pin, value);
  default:
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
}

int32_t port_device_set(int32_t item, int32_t index, int32_t value) {
  int32_t error = device_pins_check(index);
  return error != 0 ? error : set_of_pin(item, index, value);
}

const char *port_device_name(void) {
  esp_chip_info_t chip;
  esp_chip_info(&chip);
  switch (chip.model) {
  case CHIP_ESP32:
    return "ESP32";
  case CHIP_ESP32S3:
    return "ESP32-S3";
  case CHIP_ESP32C3:
    return "ESP32-C3";
  case CHIP_ESP32C6:
    return "ESP32-C6";
  default:
    return CONFIG_IDF_TARGET;
  }
}

void port_device_restart(void) {
  esp_restart();
}
