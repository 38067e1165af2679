#include "descriptor_file.h"

#include <errno.h>
#include <unistd.h>

int32_t descriptor_file_error(int number) {
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

int32_t descriptor_file_check_kind(mode_t mode) {
  if (S_ISREG(mode)) return 0;
  return S_ISDIR(mode) ? ABI_FILE_ERROR_DIRECTORY : ABI_FILE_ERROR_FORBIDDEN;
}

int32_t descriptor_file_describe(int file, struct abi_file_info *info) {
  struct stat status;
  if (fstat(file, &status) != 0) return descriptor_file_error(errno);
  int32_t error = descriptor_file_check_kind(status.st_mode);
  if (error != 0) return error;
  if ((uint64_t)status.st_size > UINT32_MAX) return ABI_FILE_ERROR_FAILED;
  int64_t modified = status.st_mtime;
  info->size = (uint32_t)status.st_size;
  info->modified = modified < 0 ? 0 : modified > UINT32_MAX ? UINT32_MAX : (uint32_t)modified;
  return 0;
}

int32_t port_file_read(int file, uint32_t offset, void *bytes, uint32_t length) {
  ssize_t count = pread(file, bytes, length < INT32_MAX ? length : INT32_MAX, (off_t)offset);
  return count < 0 ? descriptor_file_error(errno) : (int32_t)count;
}

int32_t port_file_write(int file, const void *bytes, uint32_t length) {
  uint32_t written = 0;
  while (written < length) {
    ssize_t count = write(file, (const char *)bytes + written, length - written);
    if (count < 0) return descriptor_file_error(errno);
    if (count == 0) return ABI_FILE_ERROR_FULL;
    written += (uint32_t)count;
  }
  return (int32_t)written;
}

void port_file_close(int file) {
  close(file);
}
