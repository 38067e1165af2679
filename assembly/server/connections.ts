import { Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { Connection, State } from "./connection";
import { beginLine, endLine } from "./log";
import { host } from "./window";

/** Connections by number; the last is for the one that is refused. */
let connections: StaticArray<Connection> | null = null;

/** Connections that are served at a time. */
export let capacity: i32 = 0;

let open: i32 = 0;
let isWarned: bool = false;
/** When the last warning was written, in ms as `Window.now`; 0 before the first. */
let warnedAt: u32 = 0;
/** Time between two warnings at least, in ms: clients that come and go again and again would fill the log. */
// @ts-ignore: decorator
@inline const WARN_INTERVAL: u32 = 60_000;

/** Makes room for `count` connections. */
export function makeConnections(count: i32): void {
  capacity = count;
  const size = (<usize>(count + 1)) << alignof<Connection>();
  const table = __new(size, idof<StaticArray<Connection>>());
  memory.fill(table, 0, size);
  connections = changetype<StaticArray<Connection>>(table);
  for (let i = 0; i <= count; i++) unchecked((changetype<StaticArray<Connection>>(table)[i] = new Connection(i)));
}

/** The connection of a number that the host was told of. */
// @ts-ignore: decorator
@inline
export function connectionAt(conn: i32): Connection {
  return load<Connection>(changetype<usize>(connections) + ((<usize>conn) << alignof<Connection>()));
}

/** Takes up a connection; warns when four fifths of them come to be in use, at most once a minute. */
export function enter(c: Connection): void {
  c.state = State.IDLE;
  c.closing = false;
  c.ended = false;
  c.isGone = false;
  c.requests = 0;
  open++;
  if (open * 5 < capacity * 4 || isWarned) return;
  isWarned = true;
  if (warnedAt && host.now - warnedAt < WARN_INTERVAL) return;
  warnedAt = max(host.now, 1);
  const line = beginLine();
  line.int(open);
  line.ascii(ascii(" of "));
  line.int(capacity);
  line.ascii(ascii(" connections in use"));
  endLine(Level.WARN);
}

/** Takes leave of a connection. */
export function leave(c: Connection): void {
  c.state = State.CLOSED;
  open--;
  if (open * 5 < capacity * 4) isWarned = false;
}
