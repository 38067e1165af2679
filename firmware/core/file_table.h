/** The files that the guest has open, by handle. */
#ifndef MICROSERVER_FILE_TABLE_H
#define MICROSERVER_FILE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi.h"

/** Files that the guest may have open at a time; a power of two. */
#ifndef FILES_MAX
#define FILES_MAX 16
#endif

/** Stands for "no file" where one of the port is expected. */
#define FILE_NONE (-1)

struct file_slot {
  /** The port's file; FILE_NONE where free. */
  int file;
  /** The last handle given out. None comes twice, so that one kept too long names no other file. */
  int32_t handle;
  /** It was opened to read. */
  bool readable;
};

struct file_table {
  struct file_slot slots[FILES_MAX];
  /** Bits of the slots that were opened in the current call. */
  uint32_t fresh;
};

void file_table_init(struct file_table *table);

/** Opens a file; what abi_file_open() says. */
int32_t file_table_open(struct file_table *table, const char *path, uint32_t length, int32_t mode,
                        struct abi_file_info *info);

/** The port's file of a handle, or FILE_NONE where it is not open. */
int file_table_get(const struct file_table *table, int32_t handle);

/** The same; the handle is closed, and the file the caller's. */
int file_table_take(struct file_table *table, int32_t handle);

/** The same for a file to read: one that is opened to write is closed, and the result FILE_NONE. */
int file_table_take_readable(struct file_table *table, int32_t handle);

/** Closes the files that were opened in the current call: it has aborted, and who knows them. */
void file_table_close_fresh(struct file_table *table);

void file_table_close_all(struct file_table *table);

#endif
