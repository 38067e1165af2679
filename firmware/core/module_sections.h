/** The sections of a WebAssembly module, read where it lies (core specification, 5.5). */
#ifndef MICROSERVER_MODULE_SECTIONS_H
#define MICROSERVER_MODULE_SECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "wasm_export.h"

/** Sections that a module may have, custom ones not counted. */
enum { MODULE_SECTIONS_MAX = 12 };

/**
 * Lists the sections of a module, without custom ones. WAMR then neither writes into the module
 * nor copies its data, as it would if it looked for them itself.
 * @return false where they are not in order, or the module is cut short
 */
bool module_sections_list(wasm_section_t sections[MODULE_SECTIONS_MAX], const uint8_t *module,
                          uint32_t size);

#endif
