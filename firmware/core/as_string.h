/** AssemblyScript strings: UTF-16, little-endian, with the length in bytes in the u32 before them.
 */
#ifndef MICROSERVER_AS_STRING_H
#define MICROSERVER_AS_STRING_H

#include <stddef.h>
#include <stdint.h>

#include "wasm_export.h"

/**
 * Copies a string out of linear memory as UTF-8, ended by NUL and cut at `size`. Unpaired
 * surrogates become U+FFFD. A null or invalid address gives the empty string.
 * @return length in bytes, without the NUL
 */
size_t as_string_copy(wasm_module_inst_t instance, uint32_t address, char *text, size_t size);

#endif
