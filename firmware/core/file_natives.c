#include <string.h>

#include "file_path.h"
#include "port_file.h"
#include "server.h"

static struct server *server_of(wasm_exec_env_t env) {
  return wasm_runtime_get_function_attachment(env);
}

int32_t abi_file_open(wasm_exec_env_t env, const char *path, uint32_t path_length, int32_t mode,
                      char *info, uint32_t info_length) {
  struct abi_file_info found;
  int32_t handle = file_table_open(&server_of(env)->files, path, path_length, mode, &found);
  /* The guest's address may be unaligned. */
  if (handle >= 0 && info_length >= sizeof found) memcpy(info, &found, sizeof found);
  return handle;
}

void abi_file_close(wasm_exec_env_t env, int32_t file) {
  int closed = file_table_take(&server_of(env)->files, file);
  if (closed != FILE_NONE) port_file_close(closed);
}

int32_t abi_file_read(wasm_exec_env_t env, int32_t file, int32_t offset, char *to,
                      uint32_t to_length) {
  int from = file_table_get(&server_of(env)->files, file);
  if (from == FILE_NONE) return ABI_FILE_ERROR_FAILED;
  return port_file_read(from, (uint32_t)offset, to, to_length);
}

int32_t abi_file_write(wasm_exec_env_t env, int32_t file, const char *bytes,
                       uint32_t bytes_length) {
  int to = file_table_get(&server_of(env)->files, file);
  if (to == FILE_NONE) return ABI_FILE_ERROR_FAILED;
  return port_file_write(to, bytes, bytes_length);
}

int32_t abi_file_rename(wasm_exec_env_t env, const char *from, uint32_t from_length, const char *to,
                        uint32_t to_length) {
  (void)env;
  char old[FILE_PATH_ROOM];
  char new[FILE_PATH_ROOM];
  int32_t error = file_path_copy(old, from, from_length);
  if (error == 0) error = file_path_copy(new, to, to_length);
  return error != 0 ? error : port_file_rename(old, new);
}

int32_t abi_file_remove(wasm_exec_env_t env, const char *path, uint32_t path_length) {
  (void)env;
  char copy[FILE_PATH_ROOM];
  int32_t error = file_path_copy(copy, path, path_length);
  return error != 0 ? error : port_file_remove(copy);
}

int32_t abi_send_file(wasm_exec_env_t env, int32_t conn, int32_t file, int32_t offset,
                      int32_t length) {
  struct server *server = server_of(env);
  int taken = file_table_take_readable(&server->files, file);
  if (taken == FILE_NONE) return ABI_FILE_ERROR_FAILED;
  const struct file_send job = {taken, (uint32_t)offset, (uint32_t)length};
  return connection_send_file(&server->connections, conn, job);
}

int32_t abi_file_unsent(wasm_exec_env_t env, int32_t conn) {
  return (int32_t)connection_file_unsent(&server_of(env)->connections, conn);
}
