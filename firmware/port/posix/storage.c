#include "storage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "abi.h"
#include "board.h"
#include "log.h"
#include "port_storage.h"
#include "storage_entries.h"
#include "storage_file.h"

static struct storage_entries entries;
/** What they shall become, while that is not yet safe. */
static struct storage_entries changed;
/** Where they are kept; NULL for memory only. */
static const char *file_path;

bool storage_open(const char *path, char *reason, size_t reason_size) {
  const char *error = storage_file_read(path, &entries);
  file_path = path;
  if (error != NULL) snprintf(reason, reason_size, "cannot use --storage %s: %s", path, error);
  return error == NULL;
}

static bool is_full(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/** Takes the change over once it is safe. */
static int32_t commit(void) {
  if (file_path != NULL && !storage_file_write(file_path, &changed)) {
    int error = errno;
    log_write(ABI_LEVEL_ERROR, "storage: cannot write %s: %s", file_path, strerror(error));
    return is_full(error) ? ABI_STORAGE_ERROR_FULL : ABI_STORAGE_ERROR_FAILED;
  }
  entries = changed;
  return 0;
}

int32_t port_storage_get(const char *key, void *value, uint32_t size) {
  if (board.storage != 0) return board.storage;
  size_t length;
  const void *found = storage_entries_find(&entries, key, &length);
  if (found == NULL) return ABI_STORAGE_ERROR_ABSENT;
  if (length <= size) memcpy(value, found, length);
  return (int32_t)length;
}

int32_t port_storage_set(const char *key, const void *value, uint32_t length) {
  if (board.storage != 0) return board.storage;
  changed = entries;
  if (!storage_entries_set(&changed, key, value, length)) return ABI_STORAGE_ERROR_FULL;
  return commit();
}

int32_t port_storage_remove(const char *key) {
  if (board.storage != 0) return board.storage;
  changed = entries;
  storage_entries_remove(&changed, key);
  return changed.length == entries.length ? 0 : commit();
}

int32_t port_storage_free(void) {
  return board.storage != 0 ? board.storage : (int32_t)(STORAGE_ROOM - entries.length);
}
