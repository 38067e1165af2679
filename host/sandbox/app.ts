/** An app in the sandbox: virtual clients on one side, virtual time in the test's hand. */

import { Connection, Socket } from "./connection.js";
import type { Board } from "./board.js";
import type { Clock } from "./clock.js";
import type { Files } from "./files.js";
import type { Host, LogLine } from "./host.js";
import { handshakeFields, handshakeKey, type HandshakeOptions } from "./handshake.js";
import { writeRequest, type RequestOptions } from "./request.js";
import { parseResponse, type Response } from "./response.js";
import { ResponseError } from "./response-head.js";
import { Stream } from "./stream.js";
import { WebSocketClient } from "./websocket.js";

export interface Duration {
  readonly ms?: number;
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

export interface OpenOptions {
  /** The client's IP address, 127.0.0.1 by default. */
  readonly address?: string;
  /** Bytes that the client accepts before the server's `send` falls short; unbounded by default. */
  readonly window?: number;
}

export interface FetchOptions extends RequestOptions, OpenOptions {
  /** Virtual time to wait for the answer, one minute by default. */
  readonly timeout?: Duration;
}

export interface ConnectOptions extends HandshakeOptions, OpenOptions {}

export interface StreamOptions extends RequestOptions, OpenOptions {}

export class App {
  private handshakes = 0;

  constructor(
    private readonly host: Host,
    private readonly clock: Clock,
    /** The simulated board. */
    readonly board: Board,
    /** The app's files; empty where it was loaded without. */
    readonly files: Files,
  ) {}

  /** What the app and the server have logged, oldest first. */
  get log(): LogLine[] {
    return this.host.lines;
  }

  /** Milliseconds of virtual monotonic time, as the guest sees it. */
  get now(): number {
    return this.clock.now;
  }

  /** Connections that the server holds open. */
  get connections(): number {
    return this.host.open;
  }

  /** Size of the guest's linear memory in bytes. */
  get memory(): number {
    return this.host.memorySize;
  }

  /** All that the module of the running instance exports, beyond the ABI too. */
  get exports(): Readonly<Record<string, unknown>> {
    return this.host.exports;
  }

  /** Opens a connection. */
  open(options: OpenOptions = {}): Connection {
    const { connection, socket } = this.virtualConnection(options);
    this.host.connect(socket);
    return connection;
  }

  /**
   * Sends a request on a connection of its own and reads the answer, strictly. Time moves on while the handler waits.
   * Rejects with ResponseError where the answer is malformed, or does not come within `timeout` of virtual time.
   */
  async fetch(target: string, options: FetchOptions = {}): Promise<Response> {
    const connection = this.open(options);
    connection.write(writeRequest(target, options));
    let left = millis(options.timeout ?? { minutes: 1 });
    for (;;) {
      if (connection.closed === "reset") throw new ResponseError("the server reset the connection");
      const ended = connection.closed === "fin";
      const found = parseResponse(connection.output, { method: options.method ?? "GET", ended });
      if (found !== null) {
        if (found.length < connection.output.length) throw new ResponseError("the server sent more than one response");
        if (!ended) connection.end();
        return found.response;
      }
      const step = Math.max(this.host.wait(), 1);
      if (step > left) throw new ResponseError(`no complete response in time, only ${JSON.stringify(connection.text)}`);
      left -= step;
      this.host.advance(step);
    }
  }

  /** Sends a request on a connection of its own, for an answer that comes bit by bit. */
  stream(target: string, options: StreamOptions = {}): Stream {
    return new Stream(this.open(options).write(writeRequest(target, options)), options.method ?? "GET");
  }

  /** Opens a WebSocket on a connection of its own. Throws WebSocketError where the server breaks RFC 6455. */
  connect(target: string, options: ConnectOptions = {}): WebSocketClient {
    const { connection, socket } = this.virtualConnection(options);
    const key = handshakeKey(++this.handshakes);
    const client = new WebSocketClient(connection, key, options.protocols ?? []);
    socket.arrived = () => client.receive();
    this.host.connect(socket);
    connection.write(writeRequest(target, { headers: handshakeFields(key, options) }));
    return client;
  }

  /** Moves time on; every deadline on the way is kept. */
  advance(duration: Duration): this {
    this.host.advance(millis(duration));
    return this;
  }

  /** The route table, a line each. */
  routes(): string[] {
    return this.host.routes();
  }

  /** Stops listening and asks the app to finish, as Ctrl-C does. Requests in work go on as time moves. */
  stop(): this {
    this.host.stop();
    return this;
  }

  private virtualConnection({ address = "127.0.0.1", window = Infinity }: OpenOptions) {
    const socket = new Socket(address);
    socket.room = window;
    return { socket, connection: new Connection(socket, () => this.host.run()) };
  }
}

function millis({ ms = 0, seconds = 0, minutes = 0, hours = 0, days = 0 }: Duration): number {
  return Math.round(ms + 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days))));
}
