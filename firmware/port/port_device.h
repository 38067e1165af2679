/** The hardware of the platform: what `device_get` and `device_set` reach. */
#ifndef MICROSERVER_PORT_DEVICE_H
#define MICROSERVER_PORT_DEVICE_H

#include <stdint.h>

/**
 * Reads an item (enum abi_device) of a pin, or of the board where `index` is 0. RANDOM, CLOCK,
 * STORAGE_FREE and PIN_CHANGE never come here.
 * @return the value, or one of enum abi_device_error
 */
int32_t port_device_get(int32_t item, int32_t index);

/**
 * Sets an item. Of a pin with PIN_EDGES other than NONE such changes are told with
 * pin_changes_note(); PIN_MODE ends that. Such pins are 0 to PIN_CHANGES_PINS minus 1.
 *  Levels, modes and duties are in range, and a frequency is positive.
 * @return 0, or one of enum abi_device_error
 */
int32_t port_device_set(int32_t item, int32_t index, int32_t value);

/**
 * Called where `wake_fd` of server_options is readable, which wakes the event loop: empties it, and
 * notes what changes of pins it stands for.
 */
void port_device_wake(void);

/** Name of the chip or board. */
const char *port_device_name(void);

/** Resets the hardware; a chip starts anew and does not return. The app is stopped already. */
void port_device_restart(void);

#endif
