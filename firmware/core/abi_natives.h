/* Generated from host/abi.ts by `npm run abi`: edit the table, not this file. */

#ifndef MICROSERVER_ABI_NATIVES_H
#define MICROSERVER_ABI_NATIVES_H

#include "abi.h"

/** The imports as WAMR calls them: `values` holds the arguments, and then the result. */
/* clang-format off */

static void native_send(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_send(env, (int32_t)values[0], (void *)(uintptr_t)values[1], (uint32_t)values[2]);
}

static void native_close(wasm_exec_env_t env, uint64_t *values) {
  abi_close(env, (int32_t)values[0], (int32_t)values[1]);
}

static void native_read(wasm_exec_env_t env, uint64_t *values) {
  abi_read(env, (int32_t)values[0], (int32_t)values[1]);
}

static void native_peer(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_peer(env, (int32_t)values[0], (void *)(uintptr_t)values[1], (uint32_t)values[2]);
}

static void native_log(wasm_exec_env_t env, uint64_t *values) {
  abi_log(env, (int32_t)values[0], (void *)(uintptr_t)values[1], (uint32_t)values[2]);
}

static void native_device_get(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_device_get(env, (int32_t)values[0], (int32_t)values[1]);
}

static void native_device_set(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_device_set(env, (int32_t)values[0], (int32_t)values[1], (int32_t)values[2]);
}

static void native_device_name(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_device_name(env, (void *)(uintptr_t)values[0], (uint32_t)values[1]);
}

static void native_device_restart(wasm_exec_env_t env, uint64_t *values) {
  (void)values;
  abi_device_restart(env);
}

static void native_storage_get(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_storage_get(env, (void *)(uintptr_t)values[0], (uint32_t)values[1], (void *)(uintptr_t)values[2], (uint32_t)values[3]);
}

static void native_storage_set(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_storage_set(env, (void *)(uintptr_t)values[0], (uint32_t)values[1], (void *)(uintptr_t)values[2], (uint32_t)values[3]);
}

static void native_storage_remove(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_storage_remove(env, (void *)(uintptr_t)values[0], (uint32_t)values[1]);
}

static void native_file_open(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_file_open(env, (void *)(uintptr_t)values[0], (uint32_t)values[1], (int32_t)values[2], (void *)(uintptr_t)values[3], (uint32_t)values[4]);
}

static void native_file_close(wasm_exec_env_t env, uint64_t *values) {
  abi_file_close(env, (int32_t)values[0]);
}

static void native_file_read(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_file_read(env, (int32_t)values[0], (int32_t)values[1], (void *)(uintptr_t)values[2], (uint32_t)values[3]);
}

static void native_file_write(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_file_write(env, (int32_t)values[0], (void *)(uintptr_t)values[1], (uint32_t)values[2]);
}

static void native_file_rename(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_file_rename(env, (void *)(uintptr_t)values[0], (uint32_t)values[1], (void *)(uintptr_t)values[2], (uint32_t)values[3]);
}

static void native_file_remove(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_file_remove(env, (void *)(uintptr_t)values[0], (uint32_t)values[1]);
}

static void native_send_file(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_send_file(env, (int32_t)values[0], (int32_t)values[1], (int32_t)values[2], (int32_t)values[3]);
}

static void native_file_unsent(wasm_exec_env_t env, uint64_t *values) {
  values[0] = (uint32_t)abi_file_unsent(env, (int32_t)values[0]);
}

/** The imports: X(function, name, WAMR signature). */
#define ABI_NATIVES(X) \
  X(native_send, "send", "(i*~)i") \
  X(native_close, "close", "(ii)") \
  X(native_read, "read", "(ii)") \
  X(native_peer, "peer", "(i*~)i") \
  X(native_log, "log", "(i*~)") \
  X(native_device_get, "device_get", "(ii)i") \
  X(native_device_set, "device_set", "(iii)i") \
  X(native_device_name, "device_name", "(*~)i") \
  X(native_device_restart, "device_restart", "()") \
  X(native_storage_get, "storage_get", "(*~*~)i") \
  X(native_storage_set, "storage_set", "(*~*~)i") \
  X(native_storage_remove, "storage_remove", "(*~)i") \
  X(native_file_open, "file_open", "(*~i*~)i") \
  X(native_file_close, "file_close", "(i)") \
  X(native_file_read, "file_read", "(ii*~)i") \
  X(native_file_write, "file_write", "(i*~)i") \
  X(native_file_rename, "file_rename", "(*~*~)i") \
  X(native_file_remove, "file_remove", "(*~)i") \
  X(native_send_file, "send_file", "(iiii)i") \
  X(native_file_unsent, "file_unsent", "(i)i")

/* clang-format on */

#endif
