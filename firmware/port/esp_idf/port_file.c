#include "port_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor_file.h"

/** Longest path in the virtual file system, root and NUL included. */
enum { PATH_SIZE = 256, MODE_NEW_FILE = 0644 };

static const char *root;

bool port_file_mount(const char *path) {
  struct stat status;
  bool exists = path != NULL && stat(path, &status) == 0;
  root = exists ? path : NULL;
  return exists;
}

/** Puts the root before a path. The file systems of ESP-IDF have no links. */
static int32_t locate(char full[PATH_SIZE], const char *path) {
  if (root == NULL) return ABI_FILE_ERROR_ABSENT;
  int length = snprintf(full, PATH_SIZE, "%s/%s", root, path);
  return length < PATH_SIZE ? 0 : ABI_FILE_ERROR_ABSENT;
}

/** Checks that a path is that of a regular file. */
static int32_t check_path(const char *full) {
  struct stat status;
  if (stat(full, &status) != 0) return descriptor_file_error(errno);
  return descriptor_file_check_kind(status.st_mode);
}

int port_file_open(const char *path, int32_t mode, struct abi_file_info *info) {
  char full[PATH_SIZE];
  int32_t error = locate(full, path);
  if (error == 0) error = check_path(full);
  if (error == ABI_FILE_ERROR_ABSENT && root != NULL && mode != ABI_FILE_MODE_READ) error = 0;
  if (error != 0) return error;
  int flags = O_RDONLY;
  if (mode == ABI_FILE_MODE_WRITE) flags = O_WRONLY | O_CREAT | O_TRUNC;
  if (mode == ABI_FILE_MODE_APPEND) flags = O_WRONLY | O_CREAT | O_APPEND;
  int file = open(full, flags, MODE_NEW_FILE);
  if (file < 0) return descriptor_file_error(errno);
  error = descriptor_file_describe(file, info);
  if (error == 0) return file;
  close(file);
  return error;
}

int32_t port_file_rename(const char *from, const char *to) {
  char old[PATH_SIZE];
  char new[PATH_SIZE];
  int32_t error = locate(old, from);
  if (error == 0) error = locate(new, to);
  if (error == 0) error = check_path(old);
  if (error != 0) return error;
  error = check_path(new);
  if (error != 0 && error != ABI_FILE_ERROR_ABSENT) return error;
  return rename(old, new) == 0 ? 0 : descriptor_file_error(errno);
}

int32_t port_file_remove(const char *path) {
  char full[PATH_SIZE];
  int32_t error = locate(full, path);
  if (error == 0) error = check_path(full);
  if (error == 0 && unlink(full) != 0) error = descriptor_file_error(errno);
  return error;
}
