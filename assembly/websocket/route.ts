import { ascii } from "../bytes/ascii";
import { Method } from "../http/method";
import { Route, Scope } from "../routing/route";
import { hooks } from "../server/hooks";
import { accept, isHandshake } from "./handshake";
import { WebSocketOptions } from "./options";
import { WebSocket } from "./websocket";

/** A route of WebSockets. */
export abstract class WebSocketRoute extends Route {
  /** Its settings, from the first handshake on. */
  options: WebSocketOptions | null = null;

  constructor(pattern: string, scope: Scope) {
    super(Method.WEBSOCKET, pattern, accept, scope);
    hooks.upgrade = isHandshake;
    hooks.upgradeName = ascii("WEBSOCKET");
  }

  /** A new WebSocket. */
  abstract open(): WebSocket;
}
