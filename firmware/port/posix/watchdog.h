/** The watchdog of the desktop: a thread that ends the program where the loop does not come round.
 */
#ifndef MICROSERVER_WATCHDOG_H
#define MICROSERVER_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

#include "server.h"

/** Status of the program that the watchdog ends. */
enum { WATCHDOG_EXIT = 3 };

/**
 * Watches the calling thread, which is to run the server.
 * @param seconds of the thread's own processor time that a round of its loop may take
 * @return false where there is no thread to be had
 */
bool watchdog_start(const struct server *server, uint32_t seconds);

#endif
