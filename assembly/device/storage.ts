import { Device, device_get, storage_get, storage_remove, storage_set, StorageError } from "../abi";
import { Output } from "../bytes/output";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";
import { isUsable } from "./check";

/** Values up to this size are read with one call. */
// @ts-ignore: decorator
@inline const FIRST_SIZE: i32 = 64;

// @ts-ignore: decorator
@lazy let lastError: StorageError = StorageError.NONE;

/**
 * What the app keeps across restarts: texts under short names. A key has 1 to 15 characters of visible ASCII, a value at
 * most 4000 bytes of UTF-8. Nothing here aborts: `error` tells why a call failed.
 */
export class Storage {
  /** Whether there is storage, and apps may use it. */
  static get isSupported(): bool {
    return isUsable(device_get(Device.STORAGE_FREE, 0));
  }

  /** Bytes that there is room for, keys and bookkeeping included; 0 where there is no storage. */
  static get free(): i32 {
    return max(device_get(Device.STORAGE_FREE, 0), 0);
  }

  /** Why the last call failed; NONE where it succeeded. */
  static get error(): StorageError {
    return lastError;
  }

  /** The text under a key; null where there is none, or `error` says what is wrong. */
  static get(key: string): string | null {
    const name = bytesOf(key);
    let value = takeScratch(FIRST_SIZE);
    let length = storage_get(name.start, name.length, value, FIRST_SIZE);
    if (length > FIRST_SIZE) {
      freeScratch(value);
      value = takeScratch(length);
      length = storage_get(name.start, name.length, value, length);
    }
    const text = succeeded(length) ? decodeText(value, length) : null;
    freeScratch(value);
    return text;
  }

  /** Keeps a text under a key, instead of what is there. False where that fails: what is there stays. */
  static set(key: string, value: string): bool {
    return keep(key, bytesOf(value));
  }

  /** Forgets a key. False where that fails; true also where there is no such key. */
  static remove(key: string): bool {
    const name = bytesOf(key);
    return succeeded(storage_remove(name.start, name.length));
  }

  /** The whole number under a key; `otherwise` where there is none. */
  static getInt(key: string, otherwise: i32 = 0): i32 {
    const text = Storage.get(key);
    if (!text || !text.length) return otherwise;
    let value = 0;
    const isNegative = text.charCodeAt(0) == 0x2d;
    for (let i = i32(isNegative); i < text.length; i++) {
      const digit = text.charCodeAt(i) - 0x30;
      if (<u32>digit > 9) return otherwise;
      value = value * 10 + digit;
    }
    return isNegative ? -value : value;
  }

  /** Keeps a whole number under a key. */
  static setInt(key: string, value: i32): bool {
    const text = new Output();
    text.int(value);
    return keep(key, text);
  }
}

function keep(key: string, value: Output): bool {
  const name = bytesOf(key);
  return succeeded(storage_set(name.start, name.length, value.start, value.length));
}

function bytesOf(text: string): Output {
  const bytes = new Output();
  bytes.text(text);
  return bytes;
}

/** Notes the result of a call. */
function succeeded(result: i32): bool {
  lastError = <StorageError>min(result, 0);
  return result >= 0;
}
