#include "checked_addresses.h"

bool checked_addresses_cover(AOTFuncContext *function, uint32 local, uint64 offset, uint32 bytes) {
  for (const AOTCheckedAddr *checked = function->checked_addr_list; checked != NULL;
       checked = checked->next) {
    if (checked->local_idx == local && checked->offset + checked->bytes >= offset + bytes) {
      return true;
    }
  }
  return false;
}

void checked_addresses_forget(AOTFuncContext *function, uint32 local) {
  aot_checked_addr_list_del(function, local);
  for (const AOTBlock *block = function->block_stack.block_list_head; block != NULL;
       block = block->next) {
    for (AOTValue *value = block->value_stack.value_list_head; value != NULL; value = value->next) {
      if (value->is_local && value->local_idx == local) value->is_local = false;
    }
  }
}
