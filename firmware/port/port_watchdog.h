/** The watchdog: the last line against an event loop that does not come round, whatever keeps it.
 */
#ifndef MICROSERVER_PORT_WATCHDOG_H
#define MICROSERVER_PORT_WATCHDOG_H

#include <stdint.h>

/** The loop has work: from now on the watchdog's time runs anew. */
void port_watchdog_feed(void);

/**
 * The loop is about to wait for events.
 * @return how long it may wait at once in ms, UINT32_MAX: for ever
 */
uint32_t port_watchdog_rest(void);

/** The loop has ended: nothing is watched any more. */
void port_watchdog_end(void);

#endif
