import { file_close, file_open, file_remove, file_rename, file_write, FileMode } from "../abi";
import { Output } from "../bytes/output";

/** A file under a path of its own until it is whole. */
export class NewFile {
  size: i32 = 0;
  isMade: bool = false;
  private handle: i32 = -1;
  private path: Output;

  constructor(
    /** Where it lies until it is whole. */
    path: string,
    readonly field: string,
    /** What it will be called. */
    readonly name: string,
    readonly type: string,
  ) {
    this.path = pathOf(path);
  }

  /** Makes it, to be written. Returns 0, or a `FileError`. */
  make(): i32 {
    const path = this.path;
    this.handle = file_open(path.start, path.length, <i32>FileMode.WRITE, 0, 0);
    this.isMade = this.handle >= 0;
    return min(this.handle, 0);
  }

  /** Writes `length` bytes behind what it has. Returns 0, or a `FileError`. */
  write(bytes: usize, length: i32): i32 {
    const written = file_write(this.handle, bytes, length);
    if (written < 0) return written;
    this.size += length;
    return 0;
  }

  close(): void {
    file_close(this.handle);
  }

  /** Gives it its place; a file that is there is replaced. Returns 0, or a `FileError`. */
  moveTo(path: string): i32 {
    const from = this.path;
    const to = pathOf(path);
    const fault = file_rename(from.start, from.length, to.start, to.length);
    if (!fault) this.path = to;
    return fault;
  }

  /** Removes it, wherever it lies. */
  discard(): void {
    if (!this.isMade) return;
    this.close();
    file_remove(this.path.start, this.path.length);
  }
}

function pathOf(text: string): Output {
  const path = new Output();
  path.text(text);
  return path;
}
