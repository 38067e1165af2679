#include "device_pins.h"

#include <driver/gpio.h>
#include <esp_private/esp_gpio_reserve.h>
#include <sdkconfig.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "abi.h"
#include "device_pwm.h"
#include "pin_changes.h"

_Static_assert(GPIO_NUM_MAX <= PIN_CHANGES_PINS, "every pin can be watched");

struct pin {
  /** One of enum abi_pin_mode. */
  uint8_t mode;
  /** What was set, of an output. */
  uint8_t level;
  /** One of enum abi_edge. */
  uint8_t edges;
};

static struct pin pins[GPIO_NUM_MAX];
/** Pins that flash, PSRAM and the like have taken before any app ran: a bit each. */
static uint64_t reserved;
static int wake_fd;
/** Somebody has written to it. */
static atomic_bool woken;
static bool has_interrupts;

static uint64_t bit_of(int32_t pin) {
  return UINT64_C(1) << pin;
}

void device_pins_open(int fd) {
  wake_fd = fd;
  for (int32_t pin = 0; pin < GPIO_NUM_MAX; pin++) {
    if (esp_gpio_is_reserved(bit_of(pin))) reserved |= bit_of(pin);
  }
}

int32_t device_pins_check(int32_t pin) {
  if (!GPIO_IS_VALID_GPIO(pin)) return ABI_DEVICE_ERROR_UNSUPPORTED;
  uint64_t denied = reserved | CONFIG_MICROSERVER_PINS_DENIED;
  return (denied & bit_of(pin)) != 0 ? ABI_DEVICE_ERROR_DENIED : 0;
}

static bool is_output(int32_t pin) {
  return pins[pin].mode >= ABI_PIN_MODE_OUTPUT;
}

int32_t device_pins_check_input(int32_t pin) {
  bool is_input = !is_output(pin) && device_pwm_get(pin) == 0;
  return is_input ? 0 : ABI_DEVICE_ERROR_INVALID;
}

int32_t device_pins_get(int32_t pin) {
  if (device_pwm_get(pin) != 0) return ABI_DEVICE_ERROR_INVALID;
  return is_output(pin) ? pins[pin].level : gpio_get_level((gpio_num_t)pin);
}

int32_t device_pins_set(int32_t pin, int32_t level) {
  if (!is_output(pin) || device_pwm_get(pin) != 0) return ABI_DEVICE_ERROR_INVALID;
  if (gpio_set_level((gpio_num_t)pin, (uint32_t)level) != ESP_OK) {
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  pins[pin].level = (uint8_t)level;
  return 0;
}

static gpio_mode_t mode_of(int32_t mode) {
  if (mode == ABI_PIN_MODE_OUTPUT) return GPIO_MODE_OUTPUT;
  return mode == ABI_PIN_MODE_OPEN_DRAIN ? GPIO_MODE_OUTPUT_OD : GPIO_MODE_INPUT;
}

int32_t device_pins_set_mode(int32_t pin, int32_t mode) {
  /* Some pins of the ESP32 are inputs without pulls. */
  if (mode != ABI_PIN_MODE_INPUT && !GPIO_IS_VALID_OUTPUT_GPIO(pin)) {
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  device_pins_set_edges(pin, ABI_EDGE_NONE);
  device_pwm_end(pin);
  const gpio_config_t config = {
      .pin_bit_mask = bit_of(pin),
      .mode = mode_of(mode),
      .pull_up_en = mode == ABI_PIN_MODE_PULL_UP ? GPIO_PULLUP_ENABLE : GPIO_PULLUP_DISABLE,
      .pull_down_en = mode == ABI_PIN_MODE_PULL_DOWN ? GPIO_PULLDOWN_ENABLE : GPIO_PULLDOWN_DISABLE,
      .intr_type = GPIO_INTR_DISABLE,
  };
  /* Before it becomes an output, so that it has no other level in between. */
  if (mode >= ABI_PIN_MODE_OUTPUT) gpio_set_level((gpio_num_t)pin, pins[pin].level);
  if (gpio_config(&config) != ESP_OK) return ABI_DEVICE_ERROR_UNSUPPORTED;
  pins[pin].mode = (uint8_t)mode;
  return 0;
}

void device_pins_leave(int32_t pin) {
  device_pins_set_edges(pin, ABI_EDGE_NONE);
  pins[pin].mode = ABI_PIN_MODE_INPUT;
}

/* ---- interrupts ---- */

static void on_edge(void *argument) {
  const uint64_t one = 1;
  int32_t number = (int32_t)(intptr_t)argument;
  uint8_t edges = pins[number].edges;
  /* Of a short pulse the level may be gone already. */
  bool high =
      edges == ABI_EDGE_BOTH ? gpio_get_level((gpio_num_t)number) == 1 : edges == ABI_EDGE_RISING;
  pin_changes_note(number, high);
  if (!atomic_exchange(&woken, true)) write(wake_fd, &one, sizeof one);
}

void device_pins_woken(void) {
  uint64_t count;
  read(wake_fd, &count, sizeof count);
  /* What comes in between is seen in this round of the loop. */
  atomic_store(&woken, false);
}

static gpio_int_type_t type_of(int32_t edges) {
  if (edges == ABI_EDGE_BOTH) return GPIO_INTR_ANYEDGE;
  return edges == ABI_EDGE_RISING ? GPIO_INTR_POSEDGE : GPIO_INTR_NEGEDGE;
}

static bool watch(gpio_num_t pin, int32_t edges) {
  if (!has_interrupts) {
    esp_err_t error = gpio_install_isr_service(0);
    has_interrupts = error == ESP_OK || error == ESP_ERR_INVALID_STATE; /* or somebody else has */
  }
  return has_interrupts && gpio_set_intr_type(pin, type_of(edges)) == ESP_OK &&
         gpio_isr_handler_add(pin, on_edge, (void *)(intptr_t)pin) == ESP_OK;
}

int32_t device_pins_set_edges(int32_t pin, int32_t edges) {
  gpio_num_t number = (gpio_num_t)pin;
  if (pins[pin].edges != ABI_EDGE_NONE) gpio_isr_handler_remove(number);
  pins[pin].edges = ABI_EDGE_NONE;
  if (edges == ABI_EDGE_NONE) return 0;
  if (device_pins_check_input(pin) != 0) return ABI_DEVICE_ERROR_INVALID;
  pins[pin].edges = (uint8_t)edges;
  if (gpio_set_direction(number, GPIO_MODE_INPUT) == ESP_OK && watch(number, edges)) return 0;
  pins[pin].edges = ABI_EDGE_NONE;
  return ABI_DEVICE_ERROR_UNSUPPORTED;
}
