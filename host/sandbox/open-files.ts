/** The file calls of the ABI, on the tree in memory: the files that the guest has open, by handle. */

import { StoredFile, type Files } from "./files.js";
import { FileError, FileMode } from "./table.js";

/** Files that the guest may have open at a time. */
const SLOTS = 16;
/** Longest path in bytes. */
const PATH_MAX = 255;

/** What `file_open` tells of a file. */
export interface FileInfo {
  readonly size: number;
  /** In s since 1970-01-01. */
  readonly modified: number;
  readonly encoded: number;
}

interface Slot {
  file: StoredFile | null;
  writable: boolean;
  /** The last handle given out. */
  handle: number;
  /** Opened in the current call. */
  fresh: boolean;
}

export class OpenFiles {
  private readonly slots: Slot[] = Array.from({ length: SLOTS }, (_, handle) => ({
    file: null,
    writable: false,
    handle,
    fresh: false,
  }));

  constructor(private readonly files: Files) {}

  /** Opens a file: its handle and `FileInfo`, or a FileError. */
  open(path: Uint8Array, mode: number): { handle: number; info: FileInfo } | number {
    const name = this.checkPath(path);
    if (typeof name === "number") return name;
    const slot = this.slots.find(({ file }) => file === null);
    if (slot === undefined) return FileError.BUSY;
    const found = this.find(name, mode);
    if (typeof found === "number") return found;
    slot.file = found.file;
    slot.writable = mode === FileMode.WRITE || mode === FileMode.APPEND;
    slot.handle = (slot.handle + SLOTS) % 2 ** 31;
    slot.fresh = true;
    return { handle: slot.handle, info: infoOf(found.file, found.encoded) };
  }

  close(handle: number): void {
    this.take(handle);
  }

  /** Reads into `to`: the bytes read, or a FileError. */
  read(handle: number, offset: number, to: Uint8Array): number {
    const slot = this.slot(handle);
    if (slot === undefined || slot.writable || this.files.broken) return FileError.FAILED;
    const from = offset >>> 0;
    const bytes = slot.file?.bytes.subarray(from, from + to.length) ?? new Uint8Array(0);
    to.set(bytes);
    return bytes.length;
  }

  /** Writes: the length, or a FileError. */
  write(handle: number, bytes: Uint8Array): number {
    const slot = this.slot(handle);
    const file = slot?.file ?? null;
    if (file === null || slot?.writable !== true || this.files.broken) return FileError.FAILED;
    const error = this.files.append(file, bytes);
    return error === 0 ? bytes.length : error;
  }

  /** 0 or a FileError. */
  rename(from: Uint8Array, to: Uint8Array): number {
    const [old, name] = [this.checkPath(from), this.checkPath(to)];
    if (typeof old === "number") return old;
    return typeof name === "number" ? name : this.files.rename(old, name);
  }

  /** 0 or a FileError. */
  remove(path: Uint8Array): number {
    const name = this.checkPath(path);
    if (typeof name === "number") return name;
    const found = this.files.find(name);
    if (typeof found === "number") return found;
    this.files.remove(name);
    return 0;
  }

  /** Closes a handle, and returns its file where it was open to be read. */
  take(handle: number): StoredFile | null {
    const slot = this.slot(handle);
    if (slot === undefined) return null;
    const { file, writable } = slot;
    slot.file = null;
    return writable ? null : file;
  }

  /** A call begins. */
  age(): void {
    for (const slot of this.slots) slot.fresh = false;
  }

  /** Closes the files that were opened in the current call: it has aborted, and who knows them. */
  closeFresh(): void {
    for (const slot of this.slots) if (slot.fresh) slot.file = null;
  }

  closeAll(): void {
    for (const slot of this.slots) slot.file = null;
  }

  private slot(handle: number): Slot | undefined {
    return this.slots.find((slot) => slot.handle === handle && slot.file !== null);
  }

  private find(path: string, mode: number): { file: StoredFile; encoded: boolean } | number {
    const { READ, READ_ENCODED, WRITE, APPEND } = FileMode;
    if (mode === READ_ENCODED) {
      const file = this.files.find(`${path}.gz`);
      if (typeof file !== "number") return { file, encoded: true };
    }
    let file: StoredFile | number = FileError.FAILED;
    if (mode === READ || mode === READ_ENCODED) file = this.files.find(path);
    if (mode === WRITE || mode === APPEND) file = this.files.findOrMake(path);
    if (typeof file === "number") return file;
    if (mode === WRITE) this.files.empty(file);
    return { file, encoded: false };
  }

  /** A path without the "/" in front, or a FileError. */
  private checkPath(bytes: Uint8Array): string | number {
    const relative = bytes[0] === 0x2f ? bytes.subarray(1) : bytes;
    const path = Buffer.from(relative).toString("utf8");
    if (path === "") return FileError.DIRECTORY;
    if (/[\0\\]/.test(path) || path.split("/").some((segment) => /^\.{0,2}$/.test(segment))) return FileError.FORBIDDEN;
    if (relative.length > PATH_MAX) return FileError.ABSENT;
    return this.files.broken ? FileError.FAILED : path;
  }
}

function infoOf(file: StoredFile, encoded: boolean): FileInfo {
  const seconds = Math.floor(file.modified.getTime() / 1000);
  return { size: file.bytes.length, modified: Math.min(Math.max(seconds, 0), 2 ** 32 - 1), encoded: Number(encoded) };
}
