import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { rootScope } from "../routing/route";
import { Routes } from "./routes";
import { startTimer, Timer } from "./timers";
import { host } from "./window";

/** The app of this module. */
export let theApp: MicroServer | null = null;

/** A server: its settings and its routes. A module has one. */
export class MicroServer extends Routes {
  /** Content of a request in bytes; 413 above. */
  maxBodySize: i32 = 8192;
  /** Seconds an idle connection is kept. */
  keepAliveTimeout: i32 = 5;
  /** Requests that one connection may bring. */
  maxKeepAliveRequests: i32 = 100;
  /** Seconds from the first byte of a request to the end of its head; 408 above. */
  headTimeout: i32 = 10;
  /** Seconds from the end of the head to the end of the content; 408 above. */
  bodyTimeout: i32 = 30;
  /** Seconds that a client may take to receive an answer. */
  sendTimeout: i32 = 30;
  /** Request line in bytes; 414 above. */
  maxRequestLine: i32 = 8192;
  /** A field line in bytes; 431 above. */
  maxFieldLine: i32 = 8192;
  /** Field lines of a request; 431 above. At most 64. */
  maxFields: i32 = 50;
  /** A head in bytes; 431 above. At most 65,000. */
  maxHeadSize: i32 = 16384;
  /** The Server field; at most 64 bytes. */
  serverName: string = "MicroServer";

  constructor() {
    super(rootScope);
    if (theApp) fail(ascii("a module has one MicroServer"));
    theApp = this;
  }

  /** Calls a function in `ms`, once. It may wait. */
  after(ms: i32, callback: () => void): Timer {
    return startTimer(callback, ms, 0);
  }

  /** Calls a function every `ms`; a round whose time comes while it still waits is left out. */
  every(ms: i32, callback: () => void): Timer {
    if (ms < 1) fail(ascii("every: at least 1 ms"));
    return startTimer(callback, ms, ms);
  }

  /** TCP port, where the host is not told another. */
  get port(): i32 {
    return host.port;
  }
  set port(value: i32) {
    host.port = value;
  }

  /** Connections at a time; 503 above. */
  get maxConns(): i32 {
    return host.maxConns;
  }
  set maxConns(value: i32) {
    host.maxConns = value;
  }
}

host.maxConns = 10;
