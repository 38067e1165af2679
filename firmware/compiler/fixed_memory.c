#include "fixed_memory.h"

#include "wasm.h"

void fixed_memory_note(wasm_module_t loaded) {
  WASMModule *module = (WASMModule *)loaded;
  if (module->import_memory_count != 0 || module->memory_count != 1) return;
  const WASMMemory *memory = &module->memories[0];
  if (memory->init_page_count == memory->max_page_count) module->possible_memory_grow = false;
}
