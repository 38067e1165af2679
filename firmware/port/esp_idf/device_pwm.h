/**
 * Pulses on pins, by the LED controller: as many pins at a time as it has channels (6 or 8), with
 * four frequencies. Pins are those that device_pins_check() has passed.
 */
#ifndef MICROSERVER_DEVICE_PWM_H
#define MICROSERVER_DEVICE_PWM_H

#include <stdint.h>

/** Pulses on a pin in Hz, 0 where there are none. */
int32_t device_pwm_get(int32_t pin);

/** Makes pulses of duty 0. Returns 0, or one of enum abi_device_error. */
int32_t device_pwm_set_frequency(int32_t pin, int32_t hertz);

/** Sets their share of time, 0 to 65535. Returns 0, or one of enum abi_device_error. */
int32_t device_pwm_set_duty(int32_t pin, int32_t duty);

/** Ends them, if there are any. */
void device_pwm_end(int32_t pin);

#endif
