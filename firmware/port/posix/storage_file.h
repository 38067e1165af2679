/** The file of the simulated storage. It is replaced as a whole, so that it is never torn. */
#ifndef MICROSERVER_STORAGE_FILE_H
#define MICROSERVER_STORAGE_FILE_H

#include <stdbool.h>

#include "storage_entries.h"

/** Reads entries; none from a file that is absent or empty. Returns NULL, or what is wrong. */
const char *storage_file_read(const char *path, struct storage_entries *entries);

/**
 * Writes entries to a new file, and lets that take the place of the one at the path.
 * @return false where that fails: errno says why, and the file is as it was
 */
bool storage_file_write(const char *path, const struct storage_entries *entries);

#endif
