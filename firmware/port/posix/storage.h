/**
 * Storage in a file, as large as a chip's NVS partition of 24 KB. The file is replaced as a whole
 * with each change, so that it holds either the old values or the new ones, whatever happens.
 */
#ifndef MICROSERVER_STORAGE_H
#define MICROSERVER_STORAGE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Reads what is kept in a file; one that is absent is made with the first change. Without a call of
 * this values are kept in memory, until the process ends.
 * @return false where it cannot be read, or is none of ours: the reason says so
 */
bool storage_open(const char *path, char *reason, size_t reason_size);

#endif
