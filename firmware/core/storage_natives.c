#include <stdbool.h>
#include <string.h>

#include "abi.h"
#include "port_storage.h"

enum { FIRST_VISIBLE = 0x21, LAST_VISIBLE = 0x7e };

struct key {
  char text[ABI_LIMIT_STORAGE_KEY + 1];
};

/** Takes a key over, where it is one. */
static bool copy_key(struct key *key, const char *text, uint32_t length) {
  if (length == 0 || length > ABI_LIMIT_STORAGE_KEY) return false;
  for (uint32_t i = 0; i < length; i++) {
    if (text[i] < FIRST_VISIBLE || text[i] > LAST_VISIBLE) return false;
  }
  memcpy(key->text, text, length);
  key->text[length] = '\0';
  return true;
}

int32_t abi_storage_get(wasm_exec_env_t env, const char *key, uint32_t key_length, char *value,
                        uint32_t value_length) {
  (void)env;
  struct key copy;
  if (!copy_key(&copy, key, key_length)) return ABI_STORAGE_ERROR_INVALID;
  return port_storage_get(copy.text, value, value_length);
}

int32_t abi_storage_set(wasm_exec_env_t env, const char *key, uint32_t key_length,
                        const char *value, uint32_t value_length) {
  (void)env;
  struct key copy;
  if (value_length > ABI_LIMIT_STORAGE_VALUE) return ABI_STORAGE_ERROR_INVALID;
  if (!copy_key(&copy, key, key_length)) return ABI_STORAGE_ERROR_INVALID;
  return port_storage_set(copy.text, value, value_length);
}

int32_t abi_storage_remove(wasm_exec_env_t env, const char *key, uint32_t key_length) {
  (void)env;
  struct key copy;
  if (!copy_key(&copy, key, key_length)) return ABI_STORAGE_ERROR_INVALID;
  return port_storage_remove(copy.text);
}
