/** What the guest may ask of the board, and what is refused before the board sees it. */
#ifndef MICROSERVER_DEVICE_H
#define MICROSERVER_DEVICE_H

#include <stddef.h>
#include <stdint.h>

/** What abi_device_get() says. */
int32_t device_get(int32_t item, int32_t index);

/** What abi_device_set() says. */
int32_t device_set(int32_t item, int32_t index, int32_t value);

/** Writes the name of the chip or board, cut at `size`, and returns its length. */
int32_t device_name(char *text, size_t size);

#endif
