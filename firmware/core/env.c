#include <stdio.h>
#include <string.h>

#include "as_string.h"
#include "log.h"
#include "natives.h"
#include "port.h"
#include "server.h"

enum { MESSAGE_MAX = 160, FILE_MAX = 80, TRACE_VALUES = 5 };

static struct server *server_of(wasm_exec_env_t env) {
  return wasm_runtime_get_function_attachment(env);
}

/** A failed assertion or a `throw`: traps, and keeps message and place for the log. */
static void env_abort(wasm_exec_env_t env, uint32_t message, uint32_t file, uint32_t line,
                      uint32_t column) {
  wasm_module_inst_t instance = wasm_runtime_get_module_inst(env);
  struct sandbox *sandbox = &server_of(env)->sandbox;
  char what[MESSAGE_MAX];
  char where[FILE_MAX];
  if (as_string_copy(instance, message, what, sizeof what) == 0) {
    snprintf(what, sizeof what, "aborted");
  }
  if (as_string_copy(instance, file, where, sizeof where) == 0) {
    snprintf(sandbox->reason, sizeof sandbox->reason, "%s", what);
  } else {
    snprintf(sandbox->reason, sizeof sandbox->reason, "%s at %s:%u:%u", what, where, (unsigned)line,
             (unsigned)column);
  }
  sandbox->aborted = true;
  sandbox->abort_file = file;
  wasm_runtime_set_exception(instance, "abort");
}

static void write_line(wasm_exec_env_t env, int32_t level, uint32_t text) {
  char line[LOG_LINE_MAX];
  size_t length = as_string_copy(wasm_runtime_get_module_inst(env), text, line, sizeof line);
  log_text(level, line, length);
}

static void env_console_error(wasm_exec_env_t env, uint32_t text) {
  write_line(env, ABI_LEVEL_ERROR, text);
}

static void env_console_warn(wasm_exec_env_t env, uint32_t text) {
  write_line(env, ABI_LEVEL_WARN, text);
}

static void env_console_info(wasm_exec_env_t env, uint32_t text) {
  write_line(env, ABI_LEVEL_INFO, text);
}

static void env_console_debug(wasm_exec_env_t env, uint32_t text) {
  write_line(env, ABI_LEVEL_DEBUG, text);
}

/** AssemblyScript's `trace(message, n, a0, …, a4)`: the first n values follow the message. */
static void env_trace(wasm_exec_env_t env, uint32_t message, int32_t n, double a0, double a1,
                      double a2, double a3, double a4) {
  const double values[TRACE_VALUES] = {a0, a1, a2, a3, a4};
  char line[LOG_LINE_MAX];
  size_t length = as_string_copy(wasm_runtime_get_module_inst(env), message, line, sizeof line);
  for (int32_t i = 0; i < n && i < TRACE_VALUES && length < sizeof line; i++) {
    snprintf(line + length, sizeof line - length, " %.17g", values[i]);
    length += strlen(line + length);
  }
  log_text(ABI_LEVEL_DEBUG, line, length);
}

/** The seed of `Math.random`. */
static double env_seed(wasm_exec_env_t env) {
  (void)env;
  double seed;
  port_random(&seed, sizeof seed);
  return seed;
}

static double env_date_now(wasm_exec_env_t env) {
  (void)env;
  return (double)port_unix_time_ms();
}

bool env_register(struct server *server) {
  static NativeSymbol symbols[] = {
      {"abort", NATIVE_FUNCTION(env_abort), "(iiii)", NULL},
      {"console.error", NATIVE_FUNCTION(env_console_error), "(i)", NULL},
      {"console.warn", NATIVE_FUNCTION(env_console_warn), "(i)", NULL},
      {"console.info", NATIVE_FUNCTION(env_console_info), "(i)", NULL},
      {"console.log", NATIVE_FUNCTION(env_console_info), "(i)", NULL},
      {"console.debug", NATIVE_FUNCTION(env_console_debug), "(i)", NULL},
      {"trace", NATIVE_FUNCTION(env_trace), "(iiFFFFF)", NULL},
      {"seed", NATIVE_FUNCTION(env_seed), "()F", NULL},
      {"Date.now", NATIVE_FUNCTION(env_date_now), "()F", NULL},
  };
  const uint32_t count = sizeof symbols / sizeof symbols[0];
  for (uint32_t i = 0; i < count; i++)
    symbols[i].attachment = server;
  return wasm_runtime_register_natives("env", symbols, count);
}
