#include "natives.h"

#include "abi_natives.h"
#include "device.h"
#include "log.h"
#include "server.h"

static struct server *server_of(wasm_exec_env_t env) {
  return wasm_runtime_get_function_attachment(env);
}

int32_t abi_send(wasm_exec_env_t env, int32_t conn, const char *bytes, uint32_t bytes_length) {
  return connection_send(&server_of(env)->connections, conn, bytes, bytes_length);
}

void abi_close(wasm_exec_env_t env, int32_t conn, int32_t how) {
  struct server *server = server_of(env);
  connection_close(&server->connections, conn, how, server->clock.now);
}

void abi_read(wasm_exec_env_t env, int32_t conn, int32_t on) {
  connection_read(&server_of(env)->connections, conn, on != 0);
}

int32_t abi_peer(wasm_exec_env_t env, int32_t conn, char *text, uint32_t text_length) {
  return connection_peer(&server_of(env)->connections, conn, text, text_length);
}

void abi_log(wasm_exec_env_t env, int32_t level, const char *text, uint32_t text_length) {
  (void)env;
  log_text(level, text, text_length);
}

int32_t abi_device_get(wasm_exec_env_t env, int32_t item, int32_t index) {
  (void)env;
  return device_get(item, index);
}

int32_t abi_device_set(wasm_exec_env_t env, int32_t item, int32_t index, int32_t value) {
  (void)env;
  return device_set(item, index, value);
}

int32_t abi_device_name(wasm_exec_env_t env, char *text, uint32_t text_length) {
  (void)env;
  return device_name(text, text_length);
}

void abi_device_restart(wasm_exec_env_t env) {
  server_of(env)->restart_wanted = true;
}

bool natives_register(struct server *server) {
  static NativeSymbol symbols[] = {
#define SYMBOL(function, name, signature) {name, NATIVE_FUNCTION(function), signature, NULL},
      ABI_NATIVES(SYMBOL)
#undef SYMBOL
  };
  const uint32_t count = sizeof symbols / sizeof symbols[0];
  for (uint32_t i = 0; i < count; i++)
    symbols[i].attachment = server;
  return wasm_runtime_register_natives_raw(ABI_IMPORT_MODULE, symbols, count);
}
