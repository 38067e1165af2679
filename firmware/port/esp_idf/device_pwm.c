#include "device_pwm.h"

#include <driver/gpio.h>
#include <driver/ledc.h>
#include <stdbool.h>

#include "abi.h"
#include "device_pins.h"

enum {
  NONE = -1,
  DUTY_FULL = 65535,
  CLOCK_HZ = 80000000,
  /* One less than the timers of all chips have: with that a duty of 100 % can be set. */
  BITS_MAX = 13,
};

struct channel {
  bool used;
  int32_t pin;
  int32_t timer;
};

struct timer {
  /** 0 where no channel uses it. */
  int32_t hertz;
  uint32_t bits;
};

static struct channel channels[LEDC_CHANNEL_MAX];
static struct timer timers[LEDC_TIMER_MAX];

static int32_t channel_of(int32_t pin) {
  for (int32_t i = 0; i < LEDC_CHANNEL_MAX; i++) {
    if (channels[i].used && channels[i].pin == pin) return i;
  }
  return NONE;
}

int32_t device_pwm_get(int32_t pin) {
  int32_t channel = channel_of(pin);
  return channel == NONE ? 0 : timers[channels[channel].timer].hertz;
}

/** Steps of a duty, as a power of two, that the clock has time for. */
static uint32_t bits_for(int32_t hertz) {
  uint32_t bits = 1;
  while (bits < BITS_MAX && CLOCK_HZ / hertz >> (bits + 1) != 0)
    bits++;
  return bits;
}

/** A timer of that frequency, or a free one; NONE where all have others. */
static int32_t find_timer(int32_t hertz) {
  for (int32_t i = 0; i < LEDC_TIMER_MAX; i++) {
    if (timers[i].hertz == hertz) return i;
  }
  for (int32_t i = 0; i < LEDC_TIMER_MAX; i++) {
    if (timers[i].hertz == 0) return i;
  }
  return NONE;
}

static bool start_timer(int32_t timer, int32_t hertz) {
  if (timers[timer].hertz == hertz) return true;
  const ledc_timer_config_t config = {
      .speed_mode = LEDC_LOW_SPEED_MODE,
      .duty_resolution = (ledc_timer_bit_t)bits_for(hertz),
      .timer_num = (ledc_timer_t)timer,
      .freq_hz = (uint32_t)hertz,
      .clk_cfg = LEDC_AUTO_CLK,
  };
  if (ledc_timer_config(&config) != ESP_OK) return false;
  timers[timer] = (struct timer){.hertz = hertz, .bits = bits_for(hertz)};
  return true;
}

static void free_timer(int32_t timer) {
  for (int32_t i = 0; i < LEDC_CHANNEL_MAX; i++) {
    if (channels[i].used && channels[i].timer == timer) return;
  }
  timers[timer].hertz = 0;
}

static int32_t find_channel(void) {
  for (int32_t i = 0; i < LEDC_CHANNEL_MAX; i++) {
    if (!channels[i].used) return i;
  }
  return NONE;
}

static bool start_channel(int32_t channel, int32_t pin, int32_t timer) {
  const ledc_channel_config_t config = {
      .gpio_num = pin,
      .speed_mode = LEDC_LOW_SPEED_MODE,
      .channel = (ledc_channel_t)channel,
      .timer_sel = (ledc_timer_t)timer,
  };
  return ledc_channel_config(&config) == ESP_OK;
}

int32_t device_pwm_set_frequency(int32_t pin, int32_t hertz) {
  if (!GPIO_IS_VALID_OUTPUT_GPIO(pin)) return ABI_DEVICE_ERROR_UNSUPPORTED;
  if (hertz > CLOCK_HZ / 2) return ABI_DEVICE_ERROR_INVALID;
  device_pwm_end(pin);
  int32_t channel = find_channel();
  int32_t timer = find_timer(hertz);
  if (channel == NONE || timer == NONE) return ABI_DEVICE_ERROR_UNSUPPORTED;
  if (!start_timer(timer, hertz)) return ABI_DEVICE_ERROR_INVALID;
  device_pins_leave(pin);
  if (!start_channel(channel, pin, timer)) {
    free_timer(timer);
    return ABI_DEVICE_ERROR_UNSUPPORTED;
  }
  channels[channel] = (struct channel){.used = true, .pin = pin, .timer = timer};
  return 0;
}

int32_t device_pwm_set_duty(int32_t pin, int32_t duty) {
  int32_t channel = channel_of(pin);
  if (channel == NONE) return ABI_DEVICE_ERROR_INVALID;
  uint32_t steps = 1u << timers[channels[channel].timer].bits;
  uint32_t high = ((uint32_t)duty * steps + DUTY_FULL / 2) / DUTY_FULL;
  ledc_channel_t number = (ledc_channel_t)channel;
  bool set = ledc_set_duty(LEDC_LOW_SPEED_MODE, number, high) == ESP_OK &&
             ledc_update_duty(LEDC_LOW_SPEED_MODE, number) == ESP_OK;
  return set ? 0 : ABI_DEVICE_ERROR_INVALID;
}

void device_pwm_end(int32_t pin) {
  int32_t channel = channel_of(pin);
  if (channel == NONE) return;
  ledc_stop(LEDC_LOW_SPEED_MODE, (ledc_channel_t)channel, 0);
  channels[channel].used = false;
  free_timer(channels[channel].timer);
}
