#include "port_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Longest path in the virtual file system, root and NUL included. */
enum { PATH_SIZE = 256, MODE_NEW_FILE = 0644 };

static const char *root;

static int32_t error_of(int number) {
  switch (number) {
  case ENOENT:
  case ENOTDIR:
  case ENAMETOOLONG:
    return ABI_FILE_ERROR_ABSENT;
  case EISDIR:
    return ABI_FILE_ERROR_DIRECTORY;
  case EACCES:
  case EPERM:
  case EROFS:
    return ABI_FILE_ERROR_FORBIDDEN;
  case ENOSPC:
  case EFBIG:
    return ABI_FILE_ERROR_FULL;
  case EMFILE:
  case ENFILE:
  case ENOMEM:
    return ABI_FILE_ERROR_BUSY;
  default:
    return ABI_FILE_ERROR_FAILED;
  }
}

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

static int32_t check_kind(mode_t mode) {
  if (S_ISREG(mode)) return 0;
  return S_ISDIR(mode) ? ABI_FILE_ERROR_DIRECTORY : ABI_FILE_ERROR_FORBIDDEN;
}

/** Checks that a path is that of a regular file. */
static int32_t check_path(const char *full) {
  struct stat status;
  if (stat(full, &status) != 0) return error_of(errno);
  return check_kind(status.st_mode);
}

static int32_t describe(int file, struct abi_file_info *info) {
  struct stat status;
  if (fstat(file, &status) != 0) return error_of(errno);
  int32_t error = check_kind(status.st_mode);
  if (error != 0) return error;
  int64_t modified = status.st_mtime;
  info->size = (uint32_t)status.st_size;
  info->modified = modified < 0 ? 0 : modified > UINT32_MAX ? UINT32_MAX : (uint32_t)modified;
  return 0;
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
  if (file < 0) return error_of(errno);
  error = describe(file, info);
  if (error == 0) return file;
  close(file);
  return error;
}

int32_t port_file_read(int file, uint32_t offset, void *bytes, uint32_t length) {
  ssize_t count = pread(file, bytes, length < INT32_MAX ? length : INT32_MAX, (off_t)offset);
  return count < 0 ? error_of(errno) : (int32_t)count;
}

int32_t port_file_write(int file, const void *bytes, uint32_t length) {
  uint32_t written = 0;
  while (written < length) {
    ssize_t count = write(file, (const char *)bytes + written, length - written);
    if (count < 0) return error_of(errno);
    if (count == 0) return ABI_FILE_ERROR_FULL;
    written += (uint32_t)count;
  }
  return (int32_t)written;
}

void port_file_close(int file) {
  close(file);
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
  return rename(old, new) == 0 ? 0 : error_of(errno);
}

int32_t port_file_remove(const char *path) {
  char full[PATH_SIZE];
  int32_t error = locate(full, path);
  if (error == 0) error = check_path(full);
  if (error == 0 && unlink(full) != 0) error = error_of(errno);
  return error;
}
