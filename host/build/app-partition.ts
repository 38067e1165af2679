/** The content of the partition `app-wasm`: a header that tells where the module ends, and the module. */

import { gzipSync } from "node:zlib";
import { Failure } from "../setup/failure.mjs";

/** Bytes of the header; `firmware/main/app_header.h` says what is in it. */
export const HEADER_SIZE = 16;
const MAGIC = "MSV1";

/**
 * Puts the header before a module.
 *
 * @param room bytes of the partition
 * @throws {Failure} where it does not fit.
 */
export function appPartition(module: Uint8Array, room = Infinity): Buffer {
  const size = HEADER_SIZE + module.length;
  if (size > room) {
    throw new Failure(
      `the app needs ${size} bytes of flash, but its partition has ${room}: give app-wasm more in partitions.csv`,
    );
  }
  const header = Buffer.alloc(HEADER_SIZE);
  header.write(MAGIC, "latin1");
  header.writeUInt32LE(module.length, 4);
  header.writeUInt32LE(crc32(module), 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  return Buffer.concat([header, module]);
}

/** CRC-32 as gzip has it, from the trailer that it writes. */
function crc32(bytes: Uint8Array): number {
  const packed = gzipSync(bytes, { level: 1 });
  return packed.readUInt32LE(packed.length - 8);
}
