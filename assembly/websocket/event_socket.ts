import { Connection } from "../server/connection";
import { current } from "../server/current";
import { refuel } from "../server/fuel";
import { Scope } from "../routing/route";
import { Turn } from "./endpoint";
import { Message } from "./message";
import { WebSocketRoute } from "./route";
import { WebSocket } from "./websocket";

/** Serves one WebSocket by its events. None of them may wait. */
export abstract class WebSocketHandler {
  /** The handshake is over. */
  open(ws: WebSocket): void {}

  /** A message has come; it is gone when this returns. */
  abstract message(ws: WebSocket, message: Message): void;

  /** The WebSocket is closed: see `WebSocket.closeCode`. Called once, and last. */
  close(ws: WebSocket, code: i32, reason: string): void {}
}

/** Makes the handler of a WebSocket. */
export type WebSocketHandlerFactory = () => WebSocketHandler;

/** A route whose WebSockets have a handler each. */
export class EventRoute extends WebSocketRoute {
  constructor(
    pattern: string,
    readonly create: WebSocketHandlerFactory,
    scope: Scope,
  ) {
    super(pattern, scope);
  }

  open(): WebSocket {
    return new EventSocket(this, this.create());
  }
}

/** A WebSocket that an object serves. */
class EventSocket extends WebSocket {
  constructor(
    route: EventRoute,
    private readonly handler: WebSocketHandler,
  ) {
    super(route);
  }

  give(message: Message): void {
    this.message = message;
    enter();
    this.handler.message(this, message);
    leave();
    this.dropMessage();
  }

  run(): void {
    enter();
    this.handler.open(this);
    leave();
    this.turn = Turn.READY;
  }

  timeUp(): void {}

  drained(): void {}

  over(c: Connection): void {
    enter();
    this.handler.close(this, this.code, this.closeReason);
    leave();
  }
}

/** Before app code is called, which may not wait. */
function enter(): void {
  refuel();
  current.isLocked = true;
}

function leave(): void {
  current.isLocked = false;
}
