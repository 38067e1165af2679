/** An app's module, from a file. */
#ifndef MICROSERVER_MODULE_FILE_H
#define MICROSERVER_MODULE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct module_file {
  /** The bytes, read-only as in flash; NULL where the file could not be read. */
  const uint8_t *bytes;
  uint32_t size;
};

/**
 * Maps a file into memory; where that fails `reason` says why.
 *
 * @param executable whether code in it is to be executed where it is
 */
struct module_file module_file_open(const char *path, bool executable, char *reason,
                                    size_t reason_size);

void module_file_close(struct module_file *file);

#endif
