#include "app_header.h"

#include <string.h>

enum { LENGTH_AT = 4, MODULE_CRC_AT = 8, HEADER_CRC_AT = 12, ERASED = 0xff };

static const char magic[LENGTH_AT] = {'M', 'S', 'V', '1'};

static uint32_t crc32(const uint8_t *bytes, size_t length) {
  /* Of each value of four bits: a small table does for what is read once at start. */
  static const uint32_t steps[] = {
      0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
      0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
      0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  uint32_t crc = UINT32_MAX;
  for (size_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    crc = steps[crc & 15] ^ (crc >> 4);
    crc = steps[crc & 15] ^ (crc >> 4);
  }
  return ~crc;
}

static uint32_t read_number(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

static int is_erased(const uint8_t *bytes) {
  for (size_t i = 0; i < APP_HEADER_SIZE; i++) {
    if (bytes[i] != ERASED) return 0;
  }
  return 1;
}

enum app_header_result app_header_check(const uint8_t *partition, size_t size, size_t *length) {
  if (size < APP_HEADER_SIZE) return APP_HEADER_INVALID;
  if (is_erased(partition)) return APP_HEADER_EMPTY;
  if (memcmp(partition, magic, sizeof magic) != 0) return APP_HEADER_INVALID;
  if (crc32(partition, HEADER_CRC_AT) != read_number(partition + HEADER_CRC_AT)) {
    return APP_HEADER_INVALID;
  }
  uint32_t module = read_number(partition + LENGTH_AT);
  if (module == 0 || module > size - APP_HEADER_SIZE) return APP_HEADER_INVALID;
  if (crc32(partition + APP_HEADER_SIZE, module) != read_number(partition + MODULE_CRC_AT)) {
    return APP_HEADER_DAMAGED;
  }
  *length = module;
  return APP_HEADER_OK;
}
