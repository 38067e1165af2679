/**
 * Files of the platform, below one root. Paths are relative to it, without an empty segment, `.` or
 * `..`; a link is never followed. What fails is one of enum abi_file_error.
 */
#ifndef MICROSERVER_PORT_FILE_H
#define MICROSERVER_PORT_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi.h"

/** Names the root. Without one there are no files. Returns false where it is no folder. */
bool port_file_mount(const char *root);

/**
 * Opens a regular file.
 * @param mode of enum abi_file_mode READ, WRITE or APPEND
 * @param info gets size and time of modification
 * @return its number (0 or more), or an error
 */
int port_file_open(const char *path, int32_t mode, struct abi_file_info *info);

/** Returns the bytes read, 0 at the end, or an error. */
int32_t port_file_read(int file, uint32_t offset, void *bytes, uint32_t length);

/** Returns the length, or an error; a part may have been written then. */
int32_t port_file_write(int file, const void *bytes, uint32_t length);

void port_file_close(int file);

/** Gives a file another path, and takes the place of one that is there. Returns 0 or an error. */
int32_t port_file_rename(const char *from, const char *to);

/** Returns 0 or an error. */
int32_t port_file_remove(const char *path);

#endif
