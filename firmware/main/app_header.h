/**
 * What stands before a module in its flash partition, so that its end is known and a half-written
 * one is not taken for an app. 16 bytes, all numbers little-endian:
 *
 *   0  "MSV1"
 *   4  length of the module in bytes
 *   8  CRC-32 (ISO 3309, as in gzip) of the module
 *  12  CRC-32 of the 12 bytes before
 *
 * host/build/app-partition.ts writes it.
 */
#ifndef MICROSERVER_APP_HEADER_H
#define MICROSERVER_APP_HEADER_H

#include <stddef.h>
#include <stdint.h>

enum { APP_HEADER_SIZE = 16 };

enum app_header_result {
  APP_HEADER_OK,
  /** Erased flash: nobody has written an app. */
  APP_HEADER_EMPTY,
  /** No header, or a damaged one. */
  APP_HEADER_INVALID,
  /** The module is not as the header says: not written to its end, or damaged. */
  APP_HEADER_DAMAGED,
};

/**
 * Checks a partition of `size` bytes.
 * @param length gets the module's length; it begins at APP_HEADER_SIZE
 */
enum app_header_result app_header_check(const uint8_t *partition, size_t size, size_t *length);

#endif
