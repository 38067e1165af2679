#include "module_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint8_t *map(int fd, int protection, uint32_t *size) {
  struct stat status;
  if (fstat(fd, &status) != 0) return NULL;
  if (!S_ISREG(status.st_mode) || status.st_size == 0 || status.st_size > INT32_MAX) {
    errno = EINVAL;
    return NULL;
  }
  *size = (uint32_t)status.st_size;
  void *bytes = mmap(NULL, *size, protection, MAP_PRIVATE, fd, 0);
  return bytes == MAP_FAILED ? NULL : bytes;
}

struct module_file module_file_open(const char *path, bool executable, char *reason,
                                    size_t reason_size) {
  struct module_file file = {.bytes = NULL, .size = 0};
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0) file.bytes = map(fd, executable ? PROT_READ | PROT_EXEC : PROT_READ, &file.size);
  if (file.bytes == NULL) {
    const char *why = errno == EINVAL ? "it is no WebAssembly module" : strerror(errno);
    snprintf(reason, reason_size, "cannot read %s: %s", path, why);
  }
  if (fd >= 0) close(fd);
  return file;
}

void module_file_close(struct module_file *file) {
  munmap((void *)(uintptr_t)file->bytes, file->size);
  file->bytes = NULL;
}
