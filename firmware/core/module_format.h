/** What a module's bytes are: WebAssembly, or what its ahead-of-time compiler made of that. */
#ifndef MICROSERVER_MODULE_FORMAT_H
#define MICROSERVER_MODULE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Whether this host can load a module of that format. Ahead-of-time code must be of the version
 * that WAMR loads, and for this processor; what is wrong is named in `reason`.
 * @param in_place whether code can be executed where the bytes are
 */
bool module_format_check(const uint8_t *bytes, uint32_t size, bool in_place, char *reason,
                         size_t reason_size);

/** Whether the module is compiled ahead of time. */
bool module_format_is_compiled(const uint8_t *bytes, uint32_t size);

#endif
