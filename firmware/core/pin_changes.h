/**
 * Changes of pins' levels on their way from the platform, also from interrupts, to the guest. They
 * are kept in order as long as there is room; of those that come too fast for that each pin keeps
 * the number, and its last level is told in any case.
 */
#ifndef MICROSERVER_PIN_CHANGES_H
#define MICROSERVER_PIN_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

/** Pins that can be watched: 0 to that minus 1. */
#define PIN_CHANGES_PINS 64

/** Notes a change of a watched pin. Called by one thread or interrupt at a time. */
void pin_changes_note(int32_t pin, bool high);

/** Whether the guest should be told that there are changes. */
bool pin_changes_are_due(void);

/** The guest is being told. One that takes none is told again with the next change only. */
void pin_changes_tell(void);

/** What abi_device_get() says of PIN_CHANGE. */
int32_t pin_changes_take(void);

/** Notes which changes of a pin, of enum abi_edge, the platform tells. */
void pin_changes_watch(int32_t pin, int32_t edges);

/** Stops watching all pins, and forgets what has not been told. */
void pin_changes_stop(void);

#endif
