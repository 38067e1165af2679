#include "board.h"

#include <time.h>

#include "abi.h"
#include "log.h"
#include "pin_changes.h"
#include "port_device.h"

enum { FREQUENCY_MAX = 40000000, DUTY_FULL = 65535, PERCENT = 100 };

struct board board;
static int32_t reset_reason;
static int64_t started;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec;
}

/** What a reset does: connected things stay connected. */
static void reset(int32_t reason) {
  for (int32_t i = 0; i < BOARD_PINS; i++) {
    struct board_pin *pin = &board.pins[i];
    pin->mode = ABI_PIN_MODE_INPUT;
    pin->level = pin->frequency = pin->duty = pin->edges = 0;
  }
  reset_reason = reason;
  started = now();
}

void board_start(void) {
  for (int32_t i = 0; i < BOARD_PINS; i++) {
    board.pins[i].input = board.pins[i].millivolts = BOARD_UNSET;
  }
  board.temperature = BOARD_UNSET;
  board.free_heap = board.largest_block = ABI_DEVICE_ERROR_UNSUPPORTED;
  reset(ABI_RESET_REASON_POWER_ON);
}

void port_device_restart(void) {
  reset(ABI_RESET_REASON_RESTART);
}

const char *port_device_name(void) {
  return "simulated board";
}

/* ---- sensors ---- */

/** A value that goes up and down evenly between -amplitude and amplitude; times in s. */
static int32_t swing(int32_t time, int32_t period, int32_t amplitude) {
  int32_t half = period / 2;
  int32_t phase = time % period;
  int32_t rise = phase < half ? phase : period - phase;
  return 2 * amplitude * rise / half - amplitude;
}

static int32_t read_temperature(int32_t time) {
  if (board.temperature != BOARD_UNSET) return board.temperature;
  return 24000 + swing(time, 600, 2000) + swing(time, 34, 150);
}

/** The pins with an ADC are those of an ESP32-S3 (1 to 10) and of an ESP32 (32 to 39). */
static int32_t read_voltage(const struct board_pin *pin, int32_t number, int32_t time) {
  if (number < 1 || (number > 10 && number < 32) || number > 39) {
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  if (pin->millivolts != BOARD_UNSET) return pin->millivolts;
  return 1650 + swing(time + 37 * number, 420, 600) + swing(time + number, 26, 40);
}

/* ---- pins ---- */

/** The pin that an app may use; else NULL, and the error. */
static struct board_pin *find_pin(int32_t number, int32_t *error) {
  *error = ABI_DEVICE_ERROR_UNSUPPORTED;
  if (number < 0 || number >= BOARD_PINS) return NULL;
  *error = ABI_DEVICE_ERROR_DENIED;
  return board.pins[number].denied ? NULL : &board.pins[number];
}

static bool is_output(const struct board_pin *pin) {
  return pin->mode >= ABI_PIN_MODE_OUTPUT && pin->frequency == 0;
}

static int32_t read_level(const struct board_pin *pin) {
  if (pin->frequency != 0) return ABI_DEVICE_ERROR_INVALID;
  if (is_output(pin)) return pin->level;
  return pin->input == BOARD_UNSET ? pin->mode == ABI_PIN_MODE_PULL_UP : pin->input;
}

static int32_t set_level(struct board_pin *pin, int32_t number, int32_t level) {
  if (!is_output(pin)) return ABI_DEVICE_ERROR_INVALID;
  if (pin->level != level) {
    log_write(ABI_LEVEL_INFO, "board: pin %d %s", (int)number, level == 1 ? "high" : "low");
  }
  pin->level = level;
  return 0;
}

static int32_t set_frequency(struct board_pin *pin, int32_t hertz) {
  if (hertz > FREQUENCY_MAX) return ABI_DEVICE_ERROR_INVALID;
  pin->frequency = hertz;
  pin->duty = 0;
  return 0;
}

static int32_t set_duty(struct board_pin *pin, int32_t number, int32_t duty) {
  if (pin->frequency == 0) return ABI_DEVICE_ERROR_INVALID;
  if (pin->duty != duty) {
    log_write(ABI_LEVEL_INFO, "board: pin %d %d %% of %d Hz", (int)number,
              (int)((duty * PERCENT + DUTY_FULL / 2) / DUTY_FULL), (int)pin->frequency);
  }
  pin->duty = duty;
  return 0;
}

static int32_t set_mode(struct board_pin *pin, int32_t mode) {
  pin->mode = mode;
  pin->frequency = pin->duty = pin->edges = 0;
  return 0;
}

static int32_t set_edges(struct board_pin *pin, int32_t edges) {
  if (pin->mode >= ABI_PIN_MODE_OUTPUT || pin->frequency != 0) return ABI_DEVICE_ERROR_INVALID;
  pin->edges = edges;
  return 0;
}

void board_connect(int32_t number, int32_t level) {
  struct board_pin *pin = &board.pins[number];
  int32_t before = read_level(pin);
  pin->input = level;
  int32_t edge = level == 1 ? ABI_EDGE_RISING : ABI_EDGE_FALLING;
  if (before != level && (pin->edges & edge) != 0) pin_changes_note(number, level == 1);
}

/* ---- what the app asks for ---- */

static int32_t get_of_pin(int32_t item, int32_t number) {
  int32_t error;
  const struct board_pin *pin = find_pin(number, &error);
  if (pin == NULL) return error;
  if (item == ABI_DEVICE_PIN) return read_level(pin);
  if (item == ABI_DEVICE_PWM_FREQUENCY) return pin->frequency;
  return read_voltage(pin, number, (int32_t)(now() - started));
}

int32_t port_device_get(int32_t item, int32_t index) {
  int32_t time = (int32_t)(now() - started);
  switch (item) {
  case ABI_DEVICE_PIN:
  case ABI_DEVICE_PWM_FREQUENCY:
  case ABI_DEVICE_ADC:
    return get_of_pin(item, index);
  case ABI_DEVICE_TEMPERATURE:
    return read_temperature(time);
  case ABI_DEVICE_UPTIME:
    return time;
  case ABI_DEVICE_FREE_HEAP:
    return board.free_heap;
  case ABI_DEVICE_LARGEST_BLOCK:
    return board.largest_block;
  case ABI_DEVICE_RESET_REASON:
    return reset_reason;
  default:
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
}

static bool is_settable(int32_t item) {
  return (item >= ABI_DEVICE_PIN_MODE && item <= ABI_DEVICE_PWM_DUTY) ||
         item == ABI_DEVICE_PIN_EDGES;
}

int32_t port_device_set(int32_t item, int32_t index, int32_t value) {
  int32_t error;
  if (!is_settable(item)) return ABI_DEVICE_ERROR_UNSUPPORTED;
  struct board_pin *pin = find_pin(index, &error);
  if (pin == NULL) return error;
  switch (item) {
  case ABI_DEVICE_PIN_MODE:
    return set_mode(pin, value);
  case ABI_DEVICE_PIN:
    return set_level(pin, index, value);
  case ABI_DEVICE_PWM_FREQUENCY:
    return set_frequency(pin, value);
  case ABI_DEVICE_PIN_EDGES:
    return set_edges(pin, value);
  default:
    return set_duty(pin, index, value);
  }
}
