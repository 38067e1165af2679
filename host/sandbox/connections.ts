/** The connections that the guest knows, by number. */

import type { Socket } from "./connection.js";

export class Connections {
  /** Numbers 0 to that minus 1 are served; that number itself is for a connection that is refused. */
  limit = 0;
  private readonly sockets: (Socket | undefined)[] = [];

  at(conn: number): Socket | undefined {
    return this.sockets[conn];
  }

  open(conn: number, socket: Socket): void {
    this.sockets[conn] = socket;
  }

  /** Ends a connection, if it is open; its number is free then. */
  close(conn: number, how: "fin" | "reset"): void {
    this.sockets[conn]?.close(how);
    this.sockets[conn] = undefined;
  }

  /** The lowest number that is free; undefined where none is. */
  free(): number | undefined {
    for (let conn = 0; conn < this.limit; conn++) if (this.sockets[conn] === undefined) return conn;
    return undefined;
  }

  /** The numbers of the open connections, in order. */
  numbers(): number[] {
    return this.sockets.flatMap((socket, conn) => (socket === undefined ? [] : [conn]));
  }
}
