/** The imports of the ABI that are about files, but for those that need a connection. */

import { fileInfo } from "../abi.js";
import type { FileInfo, OpenFiles } from "./open-files.js";

const INFO_BYTES = fileInfo.length * 4;

/** @param bytes a view of guest memory; traps where that lies outside of it */
export function fileImports(
  files: OpenFiles,
  bytes: (address: number, length: number) => Uint8Array,
): Record<string, unknown> {
  return {
    file_open: (path: number, length: number, mode: number, info: number, infoLength: number) => {
      const room = bytes(info, infoLength);
      const opened = files.open(bytes(path, length), mode);
      if (typeof opened === "number") return opened;
      if (room.length >= INFO_BYTES) writeInfo(room, opened.info);
      return opened.handle;
    },
    file_close: (file: number) => files.close(file),
    file_read: (file: number, offset: number, to: number, length: number) =>
      files.read(file, offset, bytes(to, length)),
    file_write: (file: number, from: number, length: number) => files.write(file, bytes(from, length)),
    file_rename: (from: number, fromLength: number, to: number, toLength: number) =>
      files.rename(bytes(from, fromLength), bytes(to, toLength)),
    file_remove: (path: number, length: number) => files.remove(bytes(path, length)),
  };
}

function writeInfo(to: Uint8Array, info: FileInfo): void {
  const view = new DataView(to.buffer, to.byteOffset);
  fileInfo.forEach(({ name }, index) => view.setUint32(index * 4, info[name as keyof FileInfo], true));
}
