/** Checks a module against the ABI; what is wrong is named in `reason`. */
#ifndef MICROSERVER_MODULE_CHECK_H
#define MICROSERVER_MODULE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"

/** Every import must be one that the host offers, with the same type. */
bool module_check_imports(wasm_module_t module, char *reason, size_t size);

/** Version and features must be the host's; gives the address of struct abi_window. */
bool module_check_globals(wasm_module_inst_t instance, uint32_t *window, char *reason, size_t size);

/** Every export of the ABI must be there, with its type; gives their handles. */
bool module_check_exports(wasm_module_inst_t instance, wasm_function_inst_t *exports, char *reason,
                          size_t size);

#endif
