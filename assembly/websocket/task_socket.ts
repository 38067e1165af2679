import { Close } from "../abi";
import { Scope } from "../routing/route";
import { Connection } from "../server/connection";
import { end } from "../server/send";
import { settings } from "../server/settings";
import { pause, prepare, running, Task, Wait } from "../tasks/task";
import { beginClosing } from "./closing";
import { CloseCode } from "./close_code";
import { Phase, Turn } from "./endpoint";
import { Message } from "./message";
import { exhausted } from "./reading";
import { WebSocketRoute } from "./route";
import { WebSocket } from "./websocket";

/** Serves a WebSocket from its beginning to its end; where it returns, the WebSocket is closed. */
export type WebSocketFunction = (ws: WebSocket) => void;

/** A route whose WebSockets are served by a function. */
export class TaskRoute extends WebSocketRoute {
  constructor(
    pattern: string,
    readonly serve: WebSocketFunction,
    scope: Scope,
  ) {
    super(pattern, scope);
  }

  open(): WebSocket {
    return new TaskSocket(this);
  }
}

/** A WebSocket that a function serves. */
class TaskSocket extends WebSocket {
  private readonly task: SocketTask = new SocketTask();

  give(message: Message): void {
    this.message = message;
    this.task.wake(Wait.DATA);
  }

  run(): void {
    prepare();
    const task = this.task;
    task.socket = this;
    task.connection = this.connection;
    if (task.run()) this.returned();
  }

  timeUp(): void {
    this.task.timeUp();
  }

  drained(): void {
    this.task.wake(Wait.ROOM);
  }

  over(c: Connection): void {
    this.task.gone(c);
  }

  /** The function begins to wait, for messages or for something else, at most `ms`. */
  suspended(c: Connection, forData: bool, ms: u32): void {
    this.turn = forData ? Turn.READY : Turn.BUSY;
    if (!forData) this.setTimeout(ms);
    const message = this.message;
    if (!forData && message && !message.keep()) exhausted(this, c);
  }

  /** The function has returned. */
  returned(): void {
    this.due = 0;
    this.turn = Turn.BUSY;
    this.dropMessage();
    const c = this.connection;
    if (c && this.phase == Phase.OPEN) beginClosing(this, c, CloseCode.NORMAL);
  }

  protected waitForRoom(): bool {
    return running == this.task && pause(Wait.ROOM, settings.sendTimeout);
  }
}

/** The function of a WebSocket. */
class SocketTask extends Task {
  socket: TaskSocket | null = null;

  constructor() {
    super(null);
  }

  protected invoke(): void {
    const socket = changetype<TaskSocket>(this.socket);
    socket.due = 0;
    if (socket.turn != Turn.NEW) socket.turn = Turn.BUSY;
    changetype<TaskRoute>(socket.route).serve(socket);
  }

  protected arm(ms: u32): void {
    const c = this.connection;
    if (c) changetype<TaskSocket>(this.socket).suspended(c, this.waitsFor == Wait.DATA, ms);
  }

  protected done(): void {
    changetype<TaskSocket>(this.socket).returned();
  }

  /** It has waited long enough. */
  timeUp(): void {
    const c = this.connection;
    if (c && this.waitsFor == Wait.ROOM) end(c, Close.RESET);
    else if (this.waitsFor) this.wake(this.waitsFor);
  }

  fault(c: Connection): void {
    changetype<TaskSocket>(this.socket).fault(c);
  }

  /** It trapped; where its client is gone nobody else is told. */
  abandon(): void {
    if (!this.connection) this.drop();
  }

  drop(): void {
    super.drop();
    changetype<TaskSocket>(this.socket).dropMessage();
  }
}
