import { Level, log, peer } from "../abi";
import { Output } from "../bytes/output";
import { hooks } from "./hooks";

// @ts-ignore: decorator
@inline const LINE_SIZE: i32 = 256;
// @ts-ignore: decorator
@inline const ADDRESS_SIZE: i32 = 46;

/** The line that is being put together. */
export const line: Output = new Output(memory.data(LINE_SIZE), LINE_SIZE);

/** Begins a line. */
export function beginLine(): Output {
  line.reset();
  return line;
}

/** Appends the IP address of a connection's peer. */
export function appendPeer(conn: i32): void {
  const to = line.reserve(ADDRESS_SIZE);
  line.end = to + peer(conn, to, ADDRESS_SIZE);
}

/** The least severe lines that are written; below ERROR where none is. */
let threshold: i32 = Level.DEBUG;

/** Lets lines of less than this level be dropped. */
export function setThreshold(level: i32): void {
  threshold = level;
}

/** Whether lines of this level are written. */
// @ts-ignore: decorator
@inline
export function isLogged(level: Level): bool {
  return <i32>level <= threshold;
}

/** Writes the line to the app's logger, or where it has none to the host's log. */
export function endLine(level: Level): void {
  if (!isLogged(level)) return;
  const logging = hooks.logging;
  if (logging) logging(level, line.start, line.length);
  else log(level, line.start, line.length);
}
