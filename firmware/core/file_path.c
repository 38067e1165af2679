#include "file_path.h"

#include <stdbool.h>
#include <string.h>

#include "abi.h"

static bool is_name(const char *segment, uint32_t length) {
  if (length == 0 || length > 2) return length > 2;
  return segment[0] != '.' || (length == 2 && segment[1] != '.');
}

static bool is_path(const char *path, uint32_t length) {
  uint32_t from = 0;
  for (uint32_t i = 0; i < length; i++) {
    if (path[i] == '\0' || path[i] == '\\') return false;
    if (path[i] != '/') continue;
    if (!is_name(path + from, i - from)) return false;
    from = i + 1;
  }
  return is_name(path + from, length - from);
}

int32_t file_path_copy(char *to, const char *path, uint32_t length) {
  if (length > 0 && path[0] == '/') {
    path++;
    length--;
  }
  if (length == 0) return ABI_FILE_ERROR_DIRECTORY;
  if (!is_path(path, length)) return ABI_FILE_ERROR_FORBIDDEN;
  if (length > FILE_PATH_MAX) return ABI_FILE_ERROR_ABSENT;
  memcpy(to, path, length);
  to[length] = '\0';
  return 0;
}
