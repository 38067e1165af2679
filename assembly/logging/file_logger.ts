import {
  file_close,
  file_open,
  file_remove,
  file_rename,
  file_write,
  FileError,
  FileInfo,
  FileMode,
  Level,
  log,
} from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { checkSetting } from "../server/check_setting";
import { Logger } from "./logger";
import { appendTime } from "./time";

/** Bytes of a line; the rest of a longer one is cut. */
// @ts-ignore: decorator
@inline const MAX_LINE: i32 = 512;
// @ts-ignore: decorator
@inline const MIN_SIZE: i32 = 1024;
// @ts-ignore: decorator
@inline const MAX_KEPT: i32 = 9;
/** The line with its time and level. */
// @ts-ignore: decorator
@lazy const record: Output = new Output(memory.data(600), 600);
// @ts-ignore: decorator
@lazy const info: FileInfo = changetype<FileInfo>(memory.data(offsetof<FileInfo>(), 4));

/**
 * Appends lines to a file, each at once, so that none is lost. A file that would outgrow `maxSize` is renamed to end with
 * `.1`, that one to `.2` and so on. While the file cannot be written lines go to the console, and one says why.
 */
export class FileLogger extends Logger {
  /** The paths of a file that is renamed: each with room for a dot and a digit. */
  private readonly from: Output = new Output();
  private readonly to: Output = new Output();
  private readonly length: i32;
  private isBroken: bool = false;

  constructor(
    readonly path: string,
    /** Of the file, in bytes, 1,024 or more. */
    readonly maxSize: i32 = 10240,
    /** How many older files are kept, 0 to 9. */
    readonly keep: i32 = 1,
    level: Level = Level.INFO,
  ) {
    super(level);
    checkSetting(ascii("FileLogger.maxSize"), maxSize, MIN_SIZE, i32.MAX_VALUE);
    checkSetting(ascii("FileLogger.keep"), keep, 0, MAX_KEPT);
    this.from.text(path);
    this.to.text(path);
    this.length = this.from.length;
    if (!this.length) fail(ascii("FileLogger: the path is empty"));
    this.from.ascii(ascii(".0"));
    this.to.ascii(ascii(".0"));
  }

  get hasTime(): bool {
    return true;
  }

  write(level: Level, text: string): void {
    const line = new Output();
    line.text(text);
    this.take(level, line.start, line.length);
  }

  take(level: Level, from: usize, length: i32): void {
    compose(level, from, min(length, MAX_LINE));
    const error = this.append();
    if (error < 0) {
      if (!this.isBroken) this.complain(error);
      log(level, from, length);
    }
    this.isBroken = error < 0;
  }

  /** Appends the record; negative, a `FileError`, where that failed. */
  private append(): i32 {
    let file = this.open();
    if (file < 0) return file;
    if (info.size && info.size + record.length > <u32>this.maxSize) {
      file_close(file);
      this.rotate();
      file = this.open();
      if (file < 0) return file;
    }
    const written = file_write(file, record.start, record.length);
    file_close(file);
    return written;
  }

  private open(): i32 {
    return file_open(this.from.start, this.length, FileMode.APPEND, changetype<usize>(info), offsetof<FileInfo>());
  }

  /** Makes room for a new file. */
  private rotate(): void {
    const length = this.length;
    const from = this.from.start;
    const to = this.to.start;
    for (let i = this.keep; i > 0; i--) {
      store<u8>(from + length + 1, 0x2f + i);
      store<u8>(to + length + 1, 0x30 + i);
      const fromLength = i > 1 ? length + 2 : length;
      const result = file_rename(from, fromLength, to, length + 2);
      if (result < 0 && i == 1) file_remove(from, length);
    }
    if (!this.keep) file_remove(from, length);
  }

  private complain(error: i32): void {
    record.reset();
    record.ascii(ascii("the log goes to the console, since "));
    record.bytes(this.from.start, this.length);
    if (error == FileError.FULL) record.ascii(ascii(" has no room left"));
    else if (error == FileError.ABSENT) record.ascii(ascii(" lies in no folder that is there"));
    else {
      record.ascii(ascii(" cannot be written: file error "));
      record.int(error);
    }
    log(Level.WARN, record.start, record.length);
  }
}

/** Makes the record of a line; what is no text becomes "?". */
function compose(level: Level, from: usize, length: i32): void {
  record.reset();
  appendTime(record);
  record.ascii(nameOf(level));
  record.bytes(from, length);
  for (let p = record.end - length; p < record.end; p++) {
    const code = <u32>load<u8>(p);
    if (code < 0x20 || code == 0x7f) store<u8>(p, 0x3f);
  }
  record.byte(0x0a);
}

function nameOf(level: Level): usize {
  switch (level) {
    case Level.ERROR:
      return ascii(" ERROR ");
    case Level.WARN:
      return ascii(" WARN  ");
    case Level.INFO:
      return ascii(" INFO  ");
    default:
      return ascii(" DEBUG ");
  }
}
