/** Paths of files, as the guest gives them. */
#ifndef MICROSERVER_FILE_PATH_H
#define MICROSERVER_FILE_PATH_H

#include <stdint.h>

/** What a compressed variant of a file adds to its path. */
#define FILE_PATH_ENCODED ".gz"

/** Longest path in bytes, and the room that it takes with FILE_PATH_ENCODED and its end. */
enum { FILE_PATH_MAX = 255, FILE_PATH_ROOM = FILE_PATH_MAX + sizeof FILE_PATH_ENCODED };

/**
 * Copies a path into FILE_PATH_ROOM bytes, relative to the root, and ends it with NUL.
 * @return 0, or one of enum abi_file_error: FORBIDDEN for an empty segment, `.`, `..`, a NUL or a
 *     backslash; DIRECTORY for the root itself; ABSENT for a path that is too long for any file
 */
int32_t file_path_copy(char *to, const char *path, uint32_t length);

#endif
