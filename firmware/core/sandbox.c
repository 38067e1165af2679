#include "sandbox.h"

#include <stdio.h>
#include <string.h>

#include "as_string.h"
#include "module_check.h"
#include "module_format.h"
#include "module_sections.h"

/** Operand stack of the guest in bytes. */
#ifndef SANDBOX_STACK_BYTES
#define SANDBOX_STACK_BYTES 8192
#endif

static bool fail(struct sandbox *sandbox, const char *what, const char *detail) {
  if (strstr(detail, "linear memory") != NULL) {
    detail = "no room for its linear memory";
  } else if (strstr(detail, "allocat") != NULL) {
    detail = "the memory pool is too small for it: give it more (--pool KB)";
  }
  snprintf(sandbox->reason, sizeof sandbox->reason, "%s: %s", what, detail);
  return false;
}

bool sandbox_open(struct sandbox *sandbox, void *pool, uint32_t pool_size) {
  memset(sandbox, 0, sizeof *sandbox);
  RuntimeInitArgs args = {
      .mem_alloc_type = pool == NULL ? Alloc_With_System_Allocator : Alloc_With_Pool,
      .mem_alloc_option.pool = {.heap_buf = pool, .heap_size = pool_size},
  };
  if (!wasm_runtime_full_init(&args)) {
    return fail(sandbox, "the WebAssembly runtime does not start", "allocation failed");
  }
  wasm_runtime_set_log_level(WASM_LOG_LEVEL_FATAL);
  return true;
}

/** Loads a module without a copy of its bytes; WAMR copies ahead-of-time code itself. */
static wasm_module_t load(const uint8_t *bytes, uint32_t size, char *error, uint32_t error_size) {
  if (wasm_runtime_get_file_package_type(bytes, size) == Wasm_Module_Bytecode) {
    wasm_section_t sections[MODULE_SECTIONS_MAX];
    if (module_sections_list(sections, bytes, size)) {
      return wasm_runtime_load_from_sections(sections, false, error, error_size);
    }
    snprintf(error, error_size, "it is damaged or cut short: build it again");
    return NULL;
  }
  /* Of compiled code WAMR refers to the data segments in any case. */
  LoadArgs args = {.name = "", .wasm_binary_freeable = false};
  /* WAMR's type lacks the const; it only reads ahead-of-time code. */
  uint8_t *binary = (uint8_t *)(uintptr_t)bytes;
  return wasm_runtime_load_ex(binary, size, &args, error, error_size);
}

bool sandbox_load(struct sandbox *sandbox, const uint8_t *bytes, uint32_t size, bool in_place) {
  char error[128] = "";
  if (!module_format_check(bytes, size, in_place, sandbox->reason, sizeof sandbox->reason)) {
    return false;
  }
  sandbox->module = load(bytes, size, error, sizeof error);
  if (sandbox->module == NULL) return fail(sandbox, "the module does not load", error);
  return module_check_imports(sandbox->module, sandbox->reason, sizeof sandbox->reason);
}

bool sandbox_start(struct sandbox *sandbox) {
  char error[128] = "";
  sandbox->receive = sandbox->receive_size = 0;
  sandbox->instance =
      wasm_runtime_instantiate(sandbox->module, SANDBOX_STACK_BYTES, 0, error, sizeof error);
  if (sandbox->instance == NULL) return fail(sandbox, "the module does not start", error);
  sandbox->env = wasm_runtime_create_exec_env(sandbox->instance, SANDBOX_STACK_BYTES);
  if (sandbox->env == NULL) return fail(sandbox, "the module does not start", "allocation failed");
  sandbox->memory = wasm_runtime_get_default_memory(sandbox->instance);
  return module_check_globals(sandbox->instance, &sandbox->window, sandbox->reason,
                              sizeof sandbox->reason) &&
         module_check_exports(sandbox->instance, sandbox->exports, sandbox->reason,
                              sizeof sandbox->reason);
}

void sandbox_stop(struct sandbox *sandbox) {
  if (sandbox->env != NULL) wasm_runtime_destroy_exec_env(sandbox->env);
  if (sandbox->instance != NULL) wasm_runtime_deinstantiate(sandbox->instance);
  sandbox->env = NULL;
  sandbox->instance = NULL;
  sandbox->memory = NULL;
}

void sandbox_close(struct sandbox *sandbox) {
  sandbox_stop(sandbox);
  if (sandbox->module != NULL) wasm_runtime_unload(sandbox->module);
  sandbox->module = NULL;
  wasm_runtime_destroy();
}

void sandbox_append_place(const struct sandbox *sandbox, char *text, size_t size) {
  const struct abi_window *window = sandbox_window(sandbox);
  char file[SANDBOX_TEXT_MAX];
  if (window->file == 0) return;
  if (as_string_copy(sandbox->instance, window->file, file, sizeof file) == 0) return;
  size_t length = strlen(text);
  snprintf(text + length, size - length, " near %s:%u", file, (unsigned)window->line);
}

static void take_trap(struct sandbox *sandbox) {
  static const char prefix[] = "Exception: ";
  const char *text = wasm_runtime_get_exception(sandbox->instance);
  if (text == NULL) text = "trap";
  if (strncmp(text, prefix, sizeof prefix - 1) == 0) text += sizeof prefix - 1;
  /* It is the operand stack's when interpreted, the processor's when compiled. */
  const char *stack = strstr(text, "stack overflow");
  if (stack != NULL) text = stack;
  if (!sandbox->aborted) snprintf(sandbox->reason, sizeof sandbox->reason, "%s", text);
  wasm_runtime_clear_exception(sandbox->instance);
  /* What the app said itself may name the place already. */
  if (sandbox->aborted && sandbox->abort_file == sandbox_window(sandbox)->file) return;
  sandbox_append_place(sandbox, sandbox->reason, sizeof sandbox->reason);
}

bool sandbox_call(struct sandbox *sandbox, enum abi_export export, uint32_t values[2]) {
  sandbox->aborted = false;
  if (wasm_runtime_call_wasm(sandbox->env, sandbox->exports[export], 2, values)) return true;
  take_trap(sandbox);
  return false;
}

uint8_t *sandbox_receive_window(struct sandbox *sandbox, uint32_t *size) {
  const struct abi_window *window = sandbox_window(sandbox);
  if (window->receive != sandbox->receive || window->receive_size != sandbox->receive_size) {
    if (window->receive_size == 0 || window->receive_size > INT32_MAX ||
        !wasm_runtime_validate_app_addr(sandbox->instance, window->receive, window->receive_size)) {
      wasm_runtime_clear_exception(sandbox->instance);
      return NULL;
    }
    sandbox->receive = window->receive;
    sandbox->receive_size = window->receive_size;
  }
  *size = sandbox->receive_size;
  return (uint8_t *)wasm_memory_get_base_address(sandbox->memory) + sandbox->receive;
}
