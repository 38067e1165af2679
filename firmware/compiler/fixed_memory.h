/** Modules whose memory cannot grow. */
#ifndef MICROSERVER_FIXED_MEMORY_H
#define MICROSERVER_FIXED_MEMORY_H

#include "wasm_export.h"

/**
 * Where a module's memory has its final size from the start, lets the compiler read its address and
 * size once in each function. WAMR takes a module that asks for its memory's size for one that
 * makes it grow.
 */
void fixed_memory_note(wasm_module_t module);

#endif
