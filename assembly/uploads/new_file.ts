import { file_close, file_open, file_remove, file_rename, file_write, FileError, FileMode } from "../abi";
import { Output } from "../bytes/output";

/** A file under a name of its own until it is whole. */
export class NewFile {
  size: i32 = 0;
  private handle: i32 = -1;
  private temporary: Output = new Output();

  constructor(
    /** Where it lies until it is whole. */
    temporaryPath: string,
    readonly field: string,
    /** What it will be called. */
    readonly name: string,
    readonly type: string,
  ) {
    this.temporary.text(temporaryPath);
  }

  /** Makes it. Returns 0, or a `FileError`. */
  open(): i32 {
    const path = this.temporary;
    this.handle = file_open(path.start, path.length, <i32>FileMode.WRITE, 0, 0);
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
    const to = new Output();
    to.text(path);
    return file_rename(this.temporary.start, this.temporary.length, to.start, to.length);
  }

  /** Removes it. */
  discard(): void {
    this.close();
    file_remove(this.temporary.start, this.temporary.length);
  }
}
