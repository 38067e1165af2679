#include "port_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor_file.h"

enum { MODE_NEW_FILE = 0644, FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

static int root = -1;

/** Where a file is: an open folder, and the name in it. */
struct place {
  int folder;
  char name[NAME_MAX + 1];
};

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
  int32_t error = inner < 0 ? descriptor_file_error(errno) : 0;
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

/** Checks that a place holds a regular file. */
static int32_t check_place(const struct place *place) {
  struct stat status;
  if (fstatat(place->folder, place->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return descriptor_file_error(errno);
  return descriptor_file_check_kind(status.st_mode);
}

/** Readies a file that has just been opened; nothing is emptied before it is known to be a file. */
static int32_t prepare(int file, int32_t mode, struct abi_file_info *info) {
  int32_t error = descriptor_file_describe(file, info);
  if (error != 0 || mode != ABI_FILE_MODE_WRITE) return error;
  info->size = 0;
  return ftruncate(file, 0) == 0 ? 0 : descriptor_file_error(errno);
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
  if (file < 0) error = descriptor_file_error(errno);
  leave(&place);
  if (file < 0) return error;
  error = prepare(file, mode, info);
  if (error == 0) return file;
  close(file);
  return error;
}

static int32_t move(const struct place *from, const struct place *to) {
  int32_t error = check_place(from);
  if (error != 0) return error;
  error = check_place(to);
  if (error != 0 && error != ABI_FILE_ERROR_ABSENT) return error;
  if (renameat(from->folder, from->name, to->folder, to->name) == 0) return 0;
  return descriptor_file_error(errno);
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
  if (error == 0 && unlinkat(place.folder, place.name, 0) != 0)
    error = descriptor_file_error(errno);
  leave(&place);
  return error;
}
