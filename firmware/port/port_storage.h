/**
 * What an app keeps across restarts: values under short names. Keys are 1 to ABI_LIMIT_STORAGE_KEY
 * bytes of visible ASCII with a NUL behind them. What fails is one of enum abi_storage_error.
 */
#ifndef MICROSERVER_PORT_STORAGE_H
#define MICROSERVER_PORT_STORAGE_H

#include <stdint.h>

/**
 * Reads a value, where it has no more than `size` bytes.
 * @return its length, whether it was read or not; or an error
 */
int32_t port_storage_get(const char *key, void *value, uint32_t size);

/**
 * Keeps a value of at most ABI_LIMIT_STORAGE_VALUE bytes. Either it is safe when the call returns,
 * or what was kept before still is.
 * @return 0 or an error
 */
int32_t port_storage_set(const char *key, const void *value, uint32_t length);

/** Forgets a value. Returns 0, also where there is none; or an error. */
int32_t port_storage_remove(const char *key);

/** Bytes that there is room for; or an error. */
int32_t port_storage_free(void);

#endif
