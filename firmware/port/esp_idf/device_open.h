/** What microserver.c opens of the chip for an app. */
#ifndef MICROSERVER_DEVICE_OPEN_H
#define MICROSERVER_DEVICE_OPEN_H

#include <stdbool.h>

/**
 * Takes up the pins, once, and the NVS namespace that the app's storage has. NVS that cannot be
 * opened is storage that is UNSUPPORTED. Eventfds must be registered.
 * @return `wake_fd` of server_options, or -1: changes of pins are told later then
 */
int device_open(const char *storage);

#endif
