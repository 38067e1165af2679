#include "file_table.h"

#include <string.h>

#include "file_path.h"
#include "port_file.h"

_Static_assert((FILES_MAX & (FILES_MAX - 1)) == 0 && FILES_MAX <= 32, "a bit of `fresh` each");

void file_table_init(struct file_table *table) {
  memset(table, 0, sizeof *table);
  for (int32_t i = 0; i < FILES_MAX; i++)
    table->slots[i] = (struct file_slot){.file = FILE_NONE, .handle = i};
}

/** Opens the compressed variant where there is one, else the file itself. */
static int open_encoded(char *path, struct abi_file_info *info) {
  size_t length = strlen(path);
  memcpy(path + length, FILE_PATH_ENCODED, sizeof FILE_PATH_ENCODED);
  int file = port_file_open(path, ABI_FILE_MODE_READ, info);
  path[length] = '\0';
  info->encoded = file >= 0;
  return file >= 0 ? file : port_file_open(path, ABI_FILE_MODE_READ, info);
}

static int open_file(char *path, int32_t mode, struct abi_file_info *info) {
  switch (mode) {
  case ABI_FILE_MODE_READ_ENCODED:
    return open_encoded(path, info);
  case ABI_FILE_MODE_READ:
  case ABI_FILE_MODE_WRITE:
  case ABI_FILE_MODE_APPEND:
    info->encoded = 0;
    return port_file_open(path, mode, info);
  default:
    return ABI_FILE_ERROR_FAILED;
  }
}

int32_t file_table_open(struct file_table *table, const char *path, uint32_t length, int32_t mode,
                        struct abi_file_info *info) {
  char copy[FILE_PATH_ROOM];
  int32_t error = file_path_copy(copy, path, length);
  if (error != 0) return error;
  uint32_t i = 0;
  while (table->slots[i].file != FILE_NONE) {
    if (++i == FILES_MAX) return ABI_FILE_ERROR_BUSY;
  }
  int file = open_file(copy, mode, info);
  if (file < 0) return file;
  struct file_slot *slot = &table->slots[i];
  slot->file = file;
  slot->readable = mode == ABI_FILE_MODE_READ || mode == ABI_FILE_MODE_READ_ENCODED;
  slot->handle = (int32_t)(((uint32_t)slot->handle + FILES_MAX) & INT32_MAX);
  table->fresh |= 1u << i;
  return slot->handle;
}

int file_table_get(const struct file_table *table, int32_t handle) {
  const struct file_slot *slot = &table->slots[(uint32_t)handle % FILES_MAX];
  return slot->handle == handle ? slot->file : FILE_NONE;
}

int file_table_take(struct file_table *table, int32_t handle) {
  int file = file_table_get(table, handle);
  if (file != FILE_NONE) table->slots[(uint32_t)handle % FILES_MAX].file = FILE_NONE;
  return file;
}

int file_table_take_readable(struct file_table *table, int32_t handle) {
  int file = file_table_take(table, handle);
  if (file == FILE_NONE || table->slots[(uint32_t)handle % FILES_MAX].readable) return file;
  port_file_close(file);
  return FILE_NONE;
}

static void close_slots(struct file_table *table, uint32_t slots) {
  for (uint32_t i = 0; i < FILES_MAX; i++) {
    struct file_slot *slot = &table->slots[i];
    if ((slots >> i & 1) == 0 || slot->file == FILE_NONE) continue;
    port_file_close(slot->file);
    slot->file = FILE_NONE;
  }
}

void file_table_close_fresh(struct file_table *table) {
  close_slots(table, table->fresh);
}

void file_table_close_all(struct file_table *table) {
  close_slots(table, UINT32_MAX);
}
