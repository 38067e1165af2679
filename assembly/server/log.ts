import { Level, log, peer } from "../abi";
import { Output } from "../bytes/output";

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

/** Writes the line to the host's log. */
export function endLine(level: Level): void {
  log(level, line.start, line.length);
}
