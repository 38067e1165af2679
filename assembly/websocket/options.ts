import { Scope, rootScope } from "../routing/route";

/** Settings of the WebSockets of an app, or of a group of its routes. */
export class WebSocketOptions {
  /**
   * Pages that a browser may connect from: `"*"` for all, or a list such as `"https://a.example, http://b.example:8080"`;
   * from others the handshake is answered 403. Clients that send no Origin are no browsers, and are let in (RFC 6455 §10.2).
   */
  origins: string = "*";
  /** Subprotocols that are spoken, such as `"chat.v2, chat"`; of those a client offers it gets the first (RFC 6455 §1.9). */
  protocols: string = "";
  /** Payload of one frame in bytes; 1009 above. */
  maxFrameSize: i32 = 65536;
  /** A message in bytes, all its frames together; 1009 above. */
  maxMessageSize: i32 = 65536;
  /** Seconds between Pings, 0 for none. */
  pingInterval: i32 = 30;
  /** Seconds in which a Ping must be answered; 1002 above. */
  pongTimeout: i32 = 60;
  /** Bytes that may wait to be sent to one client: above it `send` waits, and a room passes the client over. */
  maxQueued: i32 = 4096;
  /** Close a client that a room would have to pass over, with 1013. */
  closeSlow: bool = false;

  next: WebSocketOptions | null = null;

  constructor(readonly scope: Scope) {}
}

// @ts-ignore: decorator
@lazy let first: WebSocketOptions | null = null;

/** The settings of a scope of its own: they begin as those of the app. */
export function ownOptions(scope: Scope): WebSocketOptions {
  const found = find(scope);
  if (found) return found;
  const options = new WebSocketOptions(scope);
  const app = find(rootScope);
  if (app) {
    options.origins = app.origins;
    options.protocols = app.protocols;
    options.maxFrameSize = app.maxFrameSize;
    options.maxMessageSize = app.maxMessageSize;
    options.pingInterval = app.pingInterval;
    options.pongTimeout = app.pongTimeout;
    options.maxQueued = app.maxQueued;
    options.closeSlow = app.closeSlow;
  }
  options.next = first;
  first = options;
  return options;
}

/** The settings that hold for a scope. */
export function optionsOf(scope: Scope): WebSocketOptions {
  const found = find(scope);
  return found ? found : ownOptions(rootScope);
}

function find(scope: Scope): WebSocketOptions | null {
  let options = first;
  while (options && options.scope != scope) options = options.next;
  return options;
}
