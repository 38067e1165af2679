/** Open files as descriptors: what POSIX and ESP-IDF's virtual file system have in common. */
#ifndef MICROSERVER_DESCRIPTOR_FILE_H
#define MICROSERVER_DESCRIPTOR_FILE_H

#include <stdint.h>
#include <sys/stat.h>

#include "port_file.h"

/** The ABI_FILE_ERROR_* of an errno. */
int32_t descriptor_file_error(int number);

/** 0 for a regular file; the ABI_FILE_ERROR_* of anything else. */
int32_t descriptor_file_check_kind(mode_t mode);

/** Size and time of change of an open file; refuses what is no regular one, or too large. */
int32_t descriptor_file_describe(int file, struct abi_file_info *info);

#endif
