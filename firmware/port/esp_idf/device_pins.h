/** Pins of the chip: levels, and changes as interrupts. What fails is one of enum abi_device_error.
 */
#ifndef MICROSERVER_DEVICE_PINS_H
#define MICROSERVER_DEVICE_PINS_H

#include <stdint.h>

/** Takes up pins. @param wake_fd an eventfd that interrupts may write to */
void device_pins_open(int wake_fd);

/** Returns 0 where the chip has the pin and apps may use it, or an error. */
int32_t device_pins_check(int32_t pin);

/** Returns 0 where a pin is neither an output nor has pulses, or INVALID. */
int32_t device_pins_check_input(int32_t pin);

/* Of pins that device_pins_check() has passed: */

int32_t device_pins_get(int32_t pin);
int32_t device_pins_set(int32_t pin, int32_t level);
int32_t device_pins_set_mode(int32_t pin, int32_t mode);
int32_t device_pins_set_edges(int32_t pin, int32_t edges);

/** Leaves a pin to the pulses that it has from now on. */
void device_pins_leave(int32_t pin);

/** The eventfd was readable. */
void device_pins_woken(void);

#endif
