#include "storage_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

static const char magic[] = "microserver storage 1\n";
enum { MAGIC = sizeof magic - 1 };

/** Reads as much as there is, up to `size`; returns the length, or -1. */
static ssize_t read_all(int file, void *bytes, size_t size) {
  size_t length = 0;
  while (length < size) {
    ssize_t count = read(file, (uint8_t *)bytes + length, size - length);
    if (count < 0) return -1;
    if (count == 0) break;
    length += (size_t)count;
  }
  return (ssize_t)length;
}

static const char *read_open(int file, struct storage_entries *entries) {
  char start[MAGIC];
  ssize_t length = read_all(file, start, MAGIC);
  if (length < 0) return strerror(errno);
  if (length == 0) return NULL;
  if (length < MAGIC || memcmp(start, magic, MAGIC) != 0) return "it is no storage of microserver";
  length = read_all(file, entries->bytes, STORAGE_ROOM);
  if (length < 0) return strerror(errno);
  entries->length = (size_t)length;
  uint8_t more;
  bool whole = storage_entries_are_whole(entries) && read(file, &more, 1) == 0;
  return whole ? NULL : "it is damaged; remove it to begin anew";
}

const char *storage_file_read(const char *path, struct storage_entries *entries) {
  entries->length = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return errno == ENOENT ? NULL : strerror(errno);
  const char *error = read_open(file, entries);
  close(file);
  return error;
}

static bool write_all(int file, const void *bytes, size_t length) {
  const uint8_t *from = bytes;
  while (length > 0) {
    ssize_t count = write(file, from, length);
    if (count < 0) return false;
    from += count;
    length -= (size_t)count;
  }
  return true;
}

static bool write_open(int file, const struct storage_entries *entries) {
  return write_all(file, magic, MAGIC) && write_all(file, entries->bytes, entries->length) &&
         fsync(file) == 0;
}

bool storage_file_write(const char *path, const struct storage_entries *entries) {
  char new_path[PATH_MAX];
  int length = snprintf(new_path, sizeof new_path, "%s.new", path);
  if (length < 0 || (size_t)length >= sizeof new_path) {
    errno = ENAMETOOLONG;
    return false;
  }
  int file = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
  if (file < 0) return false;
  bool written = write_open(file, entries);
  int error = errno;
  close(file);
  if (written && rename(new_path, path) == 0) return true;
  if (written) error = errno;
  unlink(new_path);
  errno = error;
  return false;
}
