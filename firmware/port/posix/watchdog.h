/**
 * The watchdog of the desktop: a timer of processor time, whose signal ends the program where the
 * loop does not come round. A thread would make glibc's recv(), send() and poll() dearer.
 */
#ifndef MICROSERVER_WATCHDOG_H
#define MICROSERVER_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

#include "server.h"

/** Status of the program that the watchdog ends. */
enum { WATCHDOG_EXIT = 3 };

/**
 * @param seconds of the program's processor time that a round of the loop may take
 * @return false where there is no timer to be had
 */
bool watchdog_start(const struct server *server, uint32_t seconds);

#endif
