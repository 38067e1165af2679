/** A file on its way to a client. */

import type { Files, StoredFile } from "./files.js";

/** Bytes after which it is another connection's turn. */
const TURN = 64 * 1024;

export class FileSend {
  constructor(
    private readonly files: Files,
    private readonly file: StoredFile,
    private offset: number,
    /** Bytes that are still to be sent. */
    public left: number,
  ) {}

  /**
   * Passes bytes on, as many as are taken and as others can wait for.
   * @param send takes bytes; returns how many it took
   * @returns "cut" where the file is shorter than it should be, or cannot be read
   */
  go(send: (bytes: Uint8Array) => number): "all" | "part" | "cut" {
    if (this.left === 0) return "all";
    const wanted = Math.min(this.left, TURN);
    const bytes = this.files.broken ? new Uint8Array(0) : this.file.bytes.subarray(this.offset, this.offset + wanted);
    const taken = send(bytes);
    this.offset += taken;
    this.left -= taken;
    if (taken < bytes.length) return "part";
    if (bytes.length < wanted) return "cut";
    return this.left === 0 ? "all" : "part";
  }
}
