/** The sandbox: WAMR with one module and, of it, one instance at a time. */
#ifndef MICROSERVER_SANDBOX_H
#define MICROSERVER_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"

/** Longest text of an error or a fault, NUL included. */
#define SANDBOX_TEXT_MAX 256

struct sandbox {
  wasm_module_t module;
  wasm_module_inst_t instance;
  wasm_exec_env_t env;
  wasm_memory_inst_t memory;
  wasm_function_inst_t exports[ABI_EXPORT_COUNT];
  /** Address of struct abi_window in linear memory. */
  uint32_t window;
  /** The receive window that was last found to lie in linear memory. */
  uint32_t receive;
  uint32_t receive_size;
  /** Address of the file name that the last `abort` gave. */
  uint32_t abort_file;
  /** The last trap was the guest's own `abort`, after which its instance is whole. */
  bool aborted;
  /** Why the last operation failed or the last call trapped. */
  char reason[SANDBOX_TEXT_MAX];
};

/**
 * Starts WAMR on a pool of memory that it keeps: everything but linear memory comes from it.
 * Without a pool (NULL) it takes what it needs from the system's heap, piece by piece.
 * To be called once; natives are registered after it and before sandbox_load().
 */
bool sandbox_open(struct sandbox *sandbox, void *pool, uint32_t pool_size);

/**
 * Loads a module: WebAssembly, or what was compiled of it ahead of time. The bytes are only read;
 * compiled ones must stay until sandbox_close().
 * @param in_place whether the bytes are where code can be executed
 */
bool sandbox_load(struct sandbox *sandbox, const uint8_t *bytes, uint32_t size, bool in_place);

/** Makes the instance and checks it against the ABI. */
bool sandbox_start(struct sandbox *sandbox);

/** Destroys the instance, if there is one. */
void sandbox_stop(struct sandbox *sandbox);

/** Destroys everything, and stops WAMR. */
void sandbox_close(struct sandbox *sandbox);

/**
 * Calls an export. `values` holds the parameters, and afterwards the result in [0].
 * @return false where the call trapped: `reason` and `aborted` then say how
 */
bool sandbox_call(struct sandbox *sandbox, enum abi_export export, uint32_t values[2]);

/** The struct at the guest's global `window`; it may move whenever the guest runs. */
static inline struct abi_window *sandbox_window(const struct sandbox *sandbox) {
  uint8_t *base = wasm_memory_get_base_address(sandbox->memory);
  return (struct abi_window *)(void *)(base + sandbox->window);
}

/** Adds to a text where app code was entered last, where that is known. */
void sandbox_append_place(const struct sandbox *sandbox, char *text, size_t size);

/** The receive window and its size in bytes, or NULL where it lies outside linear memory. */
uint8_t *sandbox_receive_window(struct sandbox *sandbox, uint32_t *size);

#endif
