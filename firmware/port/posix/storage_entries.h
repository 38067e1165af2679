/** The values of the simulated storage, one behind the other, in memory as in its file. */
#ifndef MICROSERVER_STORAGE_ENTRIES_H
#define MICROSERVER_STORAGE_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that entries may have in all: about what an NVS partition of 24 KB holds. */
#define STORAGE_ROOM 20480

/** Each entry: key length (u8), value length (u16, little-endian), key, value. */
struct storage_entries {
  size_t length;
  uint8_t bytes[STORAGE_ROOM];
};

/** Whether the bytes are entries from end to end. */
bool storage_entries_are_whole(const struct storage_entries *entries);

/** The value of a key and its length; NULL where there is none. */
const void *storage_entries_find(const struct storage_entries *entries, const char *key,
                                 size_t *length);

/** Adds or replaces a value. Returns false where there is no room for it: nothing is changed then.
 */
bool storage_entries_set(struct storage_entries *entries, const char *key, const void *value,
                         size_t length);

void storage_entries_remove(struct storage_entries *entries, const char *key);

#endif
