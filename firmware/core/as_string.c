#include "as_string.h"

#include <string.h>

enum {
  LENGTH_BYTES = 4,
  UNIT_BYTES = 2,
  UTF8_MAX_BYTES = 4,
  REPLACEMENT = 0xFFFD,
};

static uint32_t read_unit(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

/** Decodes one code point of UTF-16 and returns how many bytes it took. */
static uint32_t decode(const uint8_t *bytes, uint32_t left, uint32_t *point) {
  uint32_t unit = read_unit(bytes);
  *point = unit;
  if (unit < 0xD800 || unit > 0xDFFF) return UNIT_BYTES;
  if (unit < 0xDC00 && left >= 2 * UNIT_BYTES) {
    uint32_t low = read_unit(bytes + UNIT_BYTES);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      *point = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      return 2 * UNIT_BYTES;
    }
  }
  *point = REPLACEMENT;
  return UNIT_BYTES;
}

static size_t encode(uint32_t point, char *text) {
  if (point < 0x80) {
    text[0] = (char)point;
    return 1;
  }
  size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (size_t i = length - 1; i > 0; i--) {
    text[i] = (char)(0x80 | (point & 0x3F));
    point >>= 6;
  }
  text[0] = (char)(lead[length] | point);
  return length;
}

size_t as_string_copy(wasm_module_inst_t instance, uint32_t address, char *text, size_t size) {
  text[0] = '\0';
  if (address < LENGTH_BYTES ||
      !wasm_runtime_validate_app_addr(instance, address - LENGTH_BYTES, LENGTH_BYTES)) {
    wasm_runtime_clear_exception(instance);
    return 0;
  }
  const uint8_t *bytes = wasm_runtime_addr_app_to_native(instance, address);
  uint32_t length;
  memcpy(&length, bytes - LENGTH_BYTES, sizeof length);
  if (!wasm_runtime_validate_app_addr(instance, address, length)) {
    wasm_runtime_clear_exception(instance);
    return 0;
  }
  size_t end = 0;
  uint32_t at = 0;
  while (at + UNIT_BYTES <= length && end + UTF8_MAX_BYTES < size) {
    uint32_t point;
    at += decode(bytes + at, length - at, &point);
    end += encode(point, text + end);
  }
  text[end] = '\0';
  return end;
}
