import { Level } from "../abi";
import { beginLine, endLine, isLogged } from "../server/log";

/** Lines of the app's own for the log. */
export namespace log {
  /** Something failed. */
  export function error(text: string): void {
    write(Level.ERROR, text);
  }

  /** It works, but somebody should look. */
  export function warn(text: string): void {
    write(Level.WARN, text);
  }

  /** What a person watching wants to see. */
  export function info(text: string): void {
    write(Level.INFO, text);
  }

  /** What a developer wants to see. */
  export function debug(text: string): void {
    write(Level.DEBUG, text);
  }

  /** Whether lines of a level are written: ask before a text is made that is dear to make. */
  export function isOn(level: Level): bool {
    return isLogged(level);
  }
}

function write(level: Level, text: string): void {
  if (!isLogged(level)) return;
  beginLine().text(text);
  endLine(level);
}
