#include "port_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE_NEW_FILE = 0644, FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

static int root = -1;

/** Where a file is: an open folder, and the name in it. */
struct place {
  int folder;
  char name[NAME_MAX + 1];
};

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
  case ELOOP: /* a link, with O_NOFOLLOW */
  case ENXIO: /* a socket, or a FIFO without a reader */
    return ABI_FILE_ERROR_FORBIDDEN;
  case ENOSPC:
  case EDQUOT:
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
  root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return root >= 0;
}

static void leave(const struct place *place) {
  if (place->folder != root) close(place->folder);
}

/** Goes down to the folder in `name`. Where that fails the place is left. */
static int32_t enter(struct place *place) {
  int inner = openat(place->folder, place->name, FOLDER);
  int32_t error = inner < 0 ? error_of(errno) : 0;
  struct stat status;
  if (error == ABI_FILE_ERROR_ABSENT &&
      fstatat(place->folder, place->name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISLNK(status.st_mode)) {
    error = ABI_FILE_ERROR_FORBIDDEN;
  }
  leave(place);
  place->folder = inner;
  return error;
}

/** Finds the place of a path, folder by folder, so that no link leads out of the root. */
static int32_t find(const char *path, struct place *place) {
  if (root < 0) return ABI_FILE_ERROR_ABSENT;
  place->folder = root;
  for (;;) {
    const char *slash = strchr(path, '/');
    size_t length = slash == NULL ? strlen(path) : (size_t)(slash - path);
    if (length > NAME_MAX) {
      leave(place);
      return ABI_FILE_ERROR_ABSENT;
    }
    memcpy(place->name, path, length);
    place->name[length] = '\0';
    if (slash == NULL) return 0;
    int32_t error = enter(place);
    if (error != 0) return error;
    path = slash + 1;
  }
}

static int32_t check_kind(mode_t mode) {
  if (S_ISREG(mode)) return 0;
  return S_ISDIR(mode) ? ABI_FILE_ERROR_DIRECTORY : ABI_FILE_ERROR_FORBIDDEN;
}

/** Checks that a place holds a regular file. */
static int32_t check_place(const struct place *place) {
  struct stat status;
  if (fstatat(place->folder, place->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return error_of(errno);
  return check_kind(status.st_mode);
}

static int32_t describe(int file, struct abi_file_info *info) {
  struct stat status;
  if (fstat(file, &status) != 0) return error_of(errno);
  int32_t error = check_kind(status.st_mode);
  if (error != 0) return error;
  if (status.st_size > UINT32_MAX) return ABI_FILE_ERROR_FAILED;
  int64_t modified = status.st_mtim.tv_sec;
  info->size = (uint32_t)status.st_size;
  info->modified = modified < 0 ? 0 : modified > UINT32_MAX ? UINT32_MAX : (uint32_t)modified;
  return 0;
}

/** Readies a file that has just been opened; nothing is emptied before it is known to be a file. */
static int32_t prepare(int file, int32_t mode, struct abi_file_info *info) {
  int32_t error = describe(file, info);
  if (error != 0 || mode != ABI_FILE_MODE_WRITE) return error;
  info->size = 0;
  return ftruncate(file, 0) == 0 ? 0 : error_of(errno);
}

int port_file_open(const char *path, int32_t mode, struct abi_file_info *info) {
  /* O_NONBLOCK: a FIFO must not hold up the server. */
  int flags = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  flags |= mode == ABI_FILE_MODE_READ ? O_RDONLY : O_WRONLY | O_CREAT;
  if (mode == ABI_FILE_MODE_APPEND) flags |= O_APPEND;
  struct place place;
  int32_t error = find(path, &place);
  if (error != 0) return error;
  int file = openat(place.folder, place.name, flags, MODE_NEW_FILE);
  if (file < 0) error = error_of(errno);
  leave(&place);
  if (file < 0) return error;
  error = prepare(file, mode, info);
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
    written += (uint32_t)count;
  }
  return (int32_t)written;
}

void port_file_close(int file) {
  close(file);
}

static int32_t move(const struct place *from, const struct place *to) {
  int32_t error = check_place(from);
  if (error != 0) return error;
  error = check_place(to);
  if (error != 0 && error != ABI_FILE_ERROR_ABSENT) return error;
  if (renameat(from->folder, from->name, to->folder, to->name) == 0) return 0;
  return error_of(errno);
}

int32_t port_file_rename(const char *from, const char *to) {
  struct place old;
  struct place new;
  int32_t error = find(from, &old);
  if (error != 0) return error;
  error = find(to, &new);
  if (error == 0) {
    error = move(&old, &new);
    leave(&new);
  }
  leave(&old);
  return error;
}

int32_t port_file_remove(const char *path) {
  struct place place;
  int32_t error = find(path, &place);
  if (error != 0) return error;
  error = check_place(&place);
  if (error == 0 && unlinkat(place.folder, place.name, 0) != 0) error = error_of(errno);
  leave(&place);
  return error;
}
