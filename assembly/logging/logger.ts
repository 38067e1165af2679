import { Level } from "../abi";
import { decodeText } from "../bytes/text";
import { log } from "./log";

/** Where lines of the log go. */
export abstract class Logger {
  constructor(
    /** The least severe lines that it takes. */
    readonly level: Level = Level.INFO,
  ) {}

  /** Writes a line. It cannot wait; where it aborts, lines go to the console from then on. */
  abstract write(level: Level, text: string): void;

  /** Whether it notes the time of each line itself. */
  get hasTime(): bool {
    return false;
  }

  /** Writes a line of `length` bytes of UTF-8 at `from`. */
  take(level: Level, from: usize, length: i32): void {
    this.write(level, decodeText(from, length));
  }

  error(text: string): void {
    log.error(text);
  }

  warn(text: string): void {
    log.warn(text);
  }

  info(text: string): void {
    log.info(text);
  }

  debug(text: string): void {
    log.debug(text);
  }
}
