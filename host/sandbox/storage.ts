/** What an app keeps, for a test to look at and to change. */

import { StorageError } from "./table.js";

/** Bytes that values, with their keys, may have in all: as in the C host. */
const ROOM = 20_480;
/** Bytes that an entry takes beside key and value. */
const ENTRY_HEAD = 3;

export class Storage {
  /** Whether the board has storage, and apps may use it. */
  access: "yes" | "none" | "denied" = "yes";
  /** Makes every change fail, as broken storage does. */
  broken = false;
  private readonly entries = new Map<string, Uint8Array>();

  /** Keeps a value: text as UTF-8, or bytes. */
  write(key: string, value: string | Uint8Array): this {
    this.entries.set(key, typeof value === "string" ? new TextEncoder().encode(value) : value.slice());
    return this;
  }

  /** The bytes under a key; null where there are none. */
  read(key: string): Uint8Array | null {
    return this.entries.get(key)?.slice() ?? null;
  }

  /** The same as text (UTF-8). */
  text(key: string): string | null {
    const bytes = this.read(key);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  /** Forgets a key; returns whether it was there. */
  remove(key: string): boolean {
    return this.entries.delete(key);
  }

  /** All keys, sorted. */
  get keys(): string[] {
    return [...this.entries.keys()].sort();
  }

  /** Bytes that there is room for. */
  get free(): number {
    let used = 0;
    for (const [key, value] of this.entries) used += ENTRY_HEAD + key.length + value.length;
    return ROOM - used;
  }

  /* ---- what the virtual host asks; keys and values are checked ---- */

  /** 0, or the StorageError that answers every call. */
  get refusal(): number {
    if (this.access === "yes") return StorageError.NONE;
    return this.access === "none" ? StorageError.UNSUPPORTED : StorageError.DENIED;
  }

  /** Changes or forgets (null) a value. Returns 0 or a StorageError. */
  change(key: string, value: Uint8Array | null): number {
    const before = this.entries.get(key);
    if (before === undefined && value === null) return StorageError.NONE;
    if (this.broken) return StorageError.FAILED;
    this.entries.delete(key);
    if (value === null) return StorageError.NONE;
    if (ENTRY_HEAD + key.length + value.length <= this.free) {
      this.entries.set(key, value.slice());
      return StorageError.NONE;
    }
    if (before !== undefined) this.entries.set(key, before);
    return StorageError.FULL;
  }
}
