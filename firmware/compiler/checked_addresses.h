/**
 * Which accesses of linear memory WAMR's compiler leaves without a check of their own, since a
 * check before them tells that they are in bounds. Both take the place of functions of WAMR's
 * (CMakeLists.txt).
 */
#ifndef MICROSERVER_CHECKED_ADDRESSES_H
#define MICROSERVER_CHECKED_ADDRESSES_H

#include "aot_llvm.h"

/** Whether a check that was made covers `bytes` bytes at the address in a local and `offset`: it
 * reached as far, or further. */
bool checked_addresses_cover(AOTFuncContext *function, uint32 local, uint64 offset, uint32 bytes);

/**
 * A local gets another value. No check stands for it any more; and what was read from it before,
 * and waits on the stack to be used, is the local's value no more.
 */
void checked_addresses_forget(AOTFuncContext *function, uint32 local);

#endif
