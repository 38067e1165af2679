import { Close, Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Activity } from "../server/activity";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { wait } from "../server/deadline";
import { refuel } from "../server/fuel";
import { hooks } from "../server/hooks";
import { beginLine, endLine } from "../server/log";
import { tryAlloc } from "../server/memory";
import { detachShared, freeShared } from "../server/response";
import { end } from "../server/send";
import { settings } from "../server/settings";
import { fieldsWindow, FIELDS_SIZE } from "../server/transmit";
import { Timer } from "../server/timers";
import { startRewind, startUnwind, stopRewind, stopUnwind } from "./asyncify";
import { Context } from "./context";
import { HandlerTask } from "./handler_task";
import { TimerTask } from "./timer_task";

/** What a task waits for. */
export const enum Wait {
  NOTHING,
  TIME,
  /** Room to send. */
  ROOM,
  /** Bytes from the peer. */
  DATA,
}

const enum Phase {
  NORMAL,
  UNWINDING,
  REWINDING,
}

// @ts-ignore: decorator
@lazy let phase: Phase = Phase.NORMAL;
/** Where asyncify finds the stack; while one is unwound it goes to the transmit window, which nothing else needs then. */
// @ts-ignore: decorator
@lazy const info: usize = memory.data(8);
/** What the code that is being suspended waits for, and how long in ms. */
// @ts-ignore: decorator
@lazy let wanted: Wait = Wait.NOTHING;
// @ts-ignore: decorator
@lazy let wantedTime: u32 = 0;
/** The task that runs. */
// @ts-ignore: decorator
@lazy export let running: Task | null = null;
/** Tasks that wait. */
// @ts-ignore: decorator
@lazy let first: Task | null = null;

/** App code that can wait: its stack is put aside while it does. */
export abstract class Task extends Activity {
  /** What is on its stack, in memory of its own, and the size of that in bytes; 0 while it runs. */
  private stack: usize = 0;
  private stackSize: i32 = 0;
  private next: Task | null = null;
  protected waitsFor: Wait = Wait.NOTHING;
  /** Its client is gone: it waits for nothing any more. */
  isGone: bool = false;
  /** The request that it sees, where it has one. */
  context: Context | null = null;

  constructor(
    /** Null where it serves none, or none any more. */
    public connection: Connection | null,
  ) {
    super();
  }

  /** Calls the app's code. */
  protected abstract invoke(): void;

  /** The app's code has returned, after a wait. */
  protected abstract done(): void;

  /** Begins to wait, at most so many ms. */
  protected arm(ms: u32): void {
    const c = this.connection;
    if (c) wait(c, ms);
  }

  /** Runs the app's code until it returns: true; or waits: false. */
  run(): bool {
    running = this;
    refuel();
    if (this.stack) {
      freeShared();
      const context = this.context;
      if (context) context.restore();
      const c = this.connection;
      if (c) current.conn = c.conn;
      const top = this.stack + this.stackSize;
      store<usize>(info, top);
      store<usize>(info, top, sizeof<usize>());
      phase = Phase.REWINDING;
      startRewind(info);
    }
    this.invoke();
    running = null;
    if (phase != Phase.UNWINDING) return true;
    phase = Phase.NORMAL;
    stopUnwind();
    this.keep();
    return false;
  }

  /** Puts aside what was unwound. */
  keep(): void {
    current.conn = -1;
    const size = <i32>(load<usize>(info) - fieldsWindow);
    const stack = tryAlloc(size);
    if (!stack) return this.lose();
    memory.copy(stack, fieldsWindow, size);
    this.stack = stack;
    this.stackSize = size;
    this.waitsFor = wanted;
    this.next = first;
    first = this;
    this.arm(wantedTime);
  }

  /** Goes on where it waits for that; the connection's events end here. */
  wake(event: Wait): void {
    if (this.waitsFor == event && this.run()) this.done();
  }

  /** Frees its stack; it waits no more. */
  unstack(): void {
    if (!this.stack) return;
    heap.free(this.stack);
    this.stack = 0;
    this.waitsFor = Wait.NOTHING;
    if (first == this) first = this.next;
    else {
      let task = first;
      while (task && task.next != this) task = task.next;
      if (task) task.next = this.next;
    }
    this.next = null;
  }

  writable(c: Connection): void {
    this.wake(Wait.ROOM);
  }

  expire(c: Connection): void {
    if (this.waitsFor == Wait.ROOM) end(c, Close.RESET);
    else this.wake(this.waitsFor);
  }

  /** Lets it run to its end: whatever it waits for has come, and says that the client is gone. */
  gone(c: Connection): void {
    this.connection = null;
    this.isGone = true;
    if (this.stack) this.run();
    this.drop();
  }

  /** Its code trapped. */
  abandon(): void {}

  fault(c: Connection): void {
    this.drop();
    super.fault(c);
  }

  /** Frees what it holds. */
  drop(): void {
    this.unstack();
    const context = this.context;
    if (context) context.free();
    this.context = null;
  }

  private lose(): void {
    const line = beginLine();
    line.ascii(ascii("out of memory: a handler cannot wait"));
    endLine(Level.ERROR);
    const c = this.connection;
    if (c) this.fault(c);
    else this.abandon();
  }

  /** Visits what waiting code holds. */
  static visitStacks(): void {
    let count = 0;
    let task = first;
    while (task) {
      let p = task.stack;
      for (const top = p + task.stackSize; p < top; p += 4) {
        store<u32>(fieldsWindow + ((<usize>count) << 2), load<u32>(p));
        if (++count << 2 < FIELDS_SIZE) continue;
        visitWords(count);
        count = 0;
      }
      task = task.next;
    }
    if (count) visitWords(count);
  }
}

/** Visits those of the words in the transmit window that are addresses of objects. */
function visitWords(count: i32): void {
  // @ts-ignore: defined by the runtime
  if (isDefined(__visitWords)) __visitWords(fieldsWindow, count);
}

/** Waits for something, at most `ms`. False where the client is gone. */
export function pause(what: Wait, ms: u32): bool {
  const task = running;
  if (task) {
    if (task.isGone) return false;
  } else {
    if (current.isLocked || (current.conn < 0 && !current.timer)) {
      fail(ascii("only handlers, middleware, streams and timers can wait"));
    }
    hooks.suspended = adoptHandler;
    hooks.timerSuspended = adoptTimer;
    prepare();
  }
  detachShared();
  wanted = what;
  wantedTime = ms;
  suspend();
  return !changetype<Task>(running).isGone;
}

/** Makes the server see to tasks. */
export function prepare(): void {
  hooks.fault = reset;
  // @ts-ignore: defined by the runtime
  if (isDefined(__setRoots)) __setRoots(Task.visitStacks);
}

/** Leaves the app's code, and comes back when its task is resumed. */
function suspend(): void {
  if (phase == Phase.REWINDING) {
    phase = Phase.NORMAL;
    stopRewind();
    const task = running;
    if (task) task.unstack();
    return;
  }
  phase = Phase.UNWINDING;
  store<usize>(info, fieldsWindow);
  store<usize>(info, fieldsWindow + FIELDS_SIZE, sizeof<usize>());
  startUnwind(info);
}

/** A task trapped. */
function reset(): void {
  const task = running;
  phase = Phase.NORMAL;
  running = null;
  if (task) task.abandon();
}

/** The handler of the current request is being suspended. */
function adoptHandler(c: Connection): bool {
  if (!stopUnwinding()) return false;
  const task = new HandlerTask(c);
  c.state = State.BUSY;
  c.activity = task;
  task.context = new Context();
  task.keep();
  return true;
}

/** The function of a timer is being suspended. */
function adoptTimer(timer: Timer): void {
  if (stopUnwinding()) new TimerTask(timer).keep();
}

/** False where nothing is being suspended. */
function stopUnwinding(): bool {
  if (phase != Phase.UNWINDING) return false;
  phase = Phase.NORMAL;
  stopUnwind();
  return true;
}
