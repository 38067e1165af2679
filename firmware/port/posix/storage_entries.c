#include "storage_entries.h"

#include <string.h>

#include "abi.h"

enum { HEAD = 3, BYTE_BITS = 8, BYTE_MAX = 255 };

static size_t key_length(const uint8_t *entry) {
  return entry[0];
}

static size_t value_length(const uint8_t *entry) {
  return entry[1] | (size_t)entry[2] << BYTE_BITS;
}

static size_t entry_length(const uint8_t *entry) {
  return HEAD + key_length(entry) + value_length(entry);
}

bool storage_entries_are_whole(const struct storage_entries *entries) {
  size_t at = 0;
  while (at + HEAD <= entries->length) {
    const uint8_t *entry = &entries->bytes[at];
    if (key_length(entry) == 0 || key_length(entry) > ABI_LIMIT_STORAGE_KEY) return false;
    if (value_length(entry) > ABI_LIMIT_STORAGE_VALUE) return false;
    at += entry_length(entry);
  }
  return at == entries->length;
}

/** Where the entry of a key begins; the length of all where there is none. */
static size_t position(const struct storage_entries *entries, const char *key) {
  size_t length = strlen(key);
  size_t at = 0;
  while (at < entries->length) {
    const uint8_t *entry = &entries->bytes[at];
    if (key_length(entry) == length && memcmp(entry + HEAD, key, length) == 0) break;
    at += entry_length(entry);
  }
  return at;
}

const void *storage_entries_find(const struct storage_entries *entries, const char *key,
                                 size_t *length) {
  size_t at = position(entries, key);
  if (at == entries->length) return NULL;
  const uint8_t *entry = &entries->bytes[at];
  *length = value_length(entry);
  return entry + HEAD + key_length(entry);
}

void storage_entries_remove(struct storage_entries *entries, const char *key) {
  size_t at = position(entries, key);
  if (at == entries->length) return;
  uint8_t *entry = &entries->bytes[at];
  size_t length = entry_length(entry);
  memmove(entry, entry + length, entries->length - at - length);
  entries->length -= length;
}

bool storage_entries_set(struct storage_entries *entries, const char *key, const void *value,
                         size_t length) {
  size_t key_size = strlen(key);
  size_t at = position(entries, key);
  size_t replaced = at < entries->length ? entry_length(&entries->bytes[at]) : 0;
  if (entries->length - replaced + HEAD + key_size + length > STORAGE_ROOM) return false;
  storage_entries_remove(entries, key);
  uint8_t *entry = &entries->bytes[entries->length];
  entry[0] = (uint8_t)key_size;
  entry[1] = (uint8_t)(length & BYTE_MAX);
  entry[2] = (uint8_t)(length >> BYTE_BITS);
  memcpy(entry + HEAD, key, key_size);
  memcpy(entry + HEAD + key_size, value, length);
  entries->length += entry_length(entry);
  return true;
}
