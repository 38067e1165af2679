/** The imports of the ABI that are about storage. */

import type { Storage } from "./storage.js";
import { Limit, StorageError } from "./table.js";

const VISIBLE = /^[!-~]+$/;

/** @param bytes a view of guest memory; traps where that lies outside of it */
export function storageImports(
  storage: Storage,
  bytes: (address: number, length: number) => Uint8Array,
): Record<string, unknown> {
  /** A key as text; null where it is none. */
  const keyAt = (address: number, length: number): string | null => {
    const key = Buffer.from(bytes(address, length)).toString("latin1");
    return key.length <= Limit.STORAGE_KEY && VISIBLE.test(key) ? key : null;
  };
  return {
    storage_get: (key: number, keyLength: number, to: number, toLength: number) => {
      const name = keyAt(key, keyLength);
      const room = bytes(to, toLength);
      if (name === null) return StorageError.INVALID;
      if (storage.refusal !== 0) return storage.refusal;
      const value = storage.read(name);
      if (value === null) return StorageError.ABSENT;
      if (value.length <= room.length) room.set(value);
      return value.length;
    },
    storage_set: (key: number, keyLength: number, value: number, valueLength: number) => {
      const name = keyAt(key, keyLength);
      const from = bytes(value, valueLength);
      if (name === null || from.length > Limit.STORAGE_VALUE) return StorageError.INVALID;
      return storage.refusal || storage.change(name, from);
    },
    storage_remove: (key: number, keyLength: number) => {
      const name = keyAt(key, keyLength);
      if (name === null) return StorageError.INVALID;
      return storage.refusal || storage.change(name, null);
    },
  };
}
