import { Level, log } from "../abi";
import { Output } from "../bytes/output";
import { Logger } from "./logger";

/** Writes to the host's log: the console, or the serial port. */
export class ConsoleLogger extends Logger {
  write(level: Level, text: string): void {
    const line = new Output();
    line.text(text);
    this.take(level, line.start, line.length);
  }

  take(level: Level, from: usize, length: i32): void {
    log(level, from, length);
  }
}
