import { Close } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Activity } from "../server/activity";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { wait } from "../server/deadline";
import { refuel } from "../server/fuel";
import { hooks } from "../server/hooks";
import { releaseBuffer, requestCollection, spareBuffer } from "../server/memory";
import { detachShared, freeShared } from "../server/response";
import { end } from "../server/send";
import { CONTENT_SIZE, fieldsWindow, FIELDS_SIZE } from "../server/transmit";
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
/** A stack may have this many bytes. What goes beyond is noticed once it is unwound, so as much again must be free. */
// @ts-ignore: decorator
@inline const MAX_STACK: usize = <usize>(FIELDS_SIZE + CONTENT_SIZE) / 2;
/** What the code that is being suspended waits for, and how long in ms. */
// @ts-ignore: decorator
@lazy let wanted: Wait = Wait.NOTHING;
// @ts-ignore: decorator
@lazy let wantedTime: u32 = 0;
/** The task that runs. */
// @ts-ignore: decorator
@lazy export let running: Task | null = null;
/** Held a stack that was taken up again: code that waits in a loop mostly leaves one of the same size. */
// @ts-ignore: decorator
@lazy let usedStack: ArrayBuffer | null = null;
/** Tasks that wait. */
// @ts-ignore: decorator
@lazy let first: Task | null = null;
/** Due where the client of a task that waits is gone. */
// @ts-ignore: decorator
@lazy let reaper: Timer | null = null;

/** App code that can wait: its stack is put aside while it does. */
export abstract class Task extends Activity {
  /** What is on its stack; null while it runs. */
  private stack: ArrayBuffer | null = null;
  private next: Task | null = null;
  protected waitsFor: Wait = Wait.NOTHING;
  /** Its client is gone, or the server stops: it waits for nothing any more. */
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
    const stack = this.stack;
    if (stack) {
      freeShared();
      const context = this.context;
      if (context) context.restore();
      const c = this.connection;
      if (c) current.conn = c.conn;
      const top = changetype<usize>(stack) + stack.byteLength;
      store<usize>(info, top);
      store<usize>(info, top, sizeof<usize>());
      phase = Phase.REWINDING;
      startRewind(info);
    }
    this.invoke();
    const waits = stopUnwinding();
    if (waits) this.keep();
    running = null;
    requestCollection();
    return !waits;
  }

  /** Puts aside what was unwound. Aborts where memory is short. */
  keep(): void {
    const size = <i32>(load<usize>(info) - fieldsWindow);
    let stack = usedStack;
    usedStack = null;
    if (!stack || stack.byteLength != size) stack = spareBuffer(size);
    current.conn = -1;
    memory.copy(changetype<usize>(stack), fieldsWindow, size);
    const context = this.context;
    if (context) context.leave();
    this.stack = stack;
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
    const stack = this.stack;
    if (!stack) return;
    const used = usedStack;
    if (used) releaseBuffer(used);
    usedStack = stack;
    this.stack = null;
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

  /**
   * Lets it run to its end: whatever it waits for has come, and says that the client is gone. Not at once, since other app
   * code may be running.
   */
  gone(c: Connection): void {
    this.connection = null;
    this.isGone = true;
    if (!this.stack) return;
    this.waitsFor = Wait.NOTHING;
    changetype<Timer>(reaper).schedule(0);
  }

  /** Lets it run to its end, whatever it waits for, with its client still there. */
  protected finishSoon(c: Connection): void {
    this.isGone = true;
    if (!this.stack) return;
    this.waitsFor = Wait.TIME;
    wait(c, 0);
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

  /** One that waits although its client is gone. */
  static findGone(): Task | null {
    let task = first;
    while (task && task.waitsFor != Wait.NOTHING) task = task.next;
    return task;
  }

  /** Visits what waiting code holds. */
  static visitStacks(): void {
    let count = 0;
    let task = first;
    while (task) {
      const stack = task.stack;
      let p = changetype<usize>(stack);
      for (const top = stack ? p + stack.byteLength : p; p < top; p += 4) {
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

/** Lets one of the tasks run to its end whose client is gone; the others follow, also where it traps. */
function reap(): void {
  const task = Task.findGone();
  if (!task) return;
  changetype<Timer>(reaper).schedule(0);
  task.run();
  task.drop();
}

/** Visits those of the words in the transmit window that are addresses of objects. */
function visitWords(count: i32): void {
  // @ts-ignore: defined by the runtime
  if (isDefined(__visitWords)) __visitWords(fieldsWindow, count);
}

/**
 * Waits for something, at most `ms`. False where the client is gone. Aborts where the code that runs cannot wait, or is
 * nested too deeply for that.
 */
export function pause(what: Wait, ms: u32): bool {
  const task = running;
  if (current.isLocked || (!task && current.conn < 0 && !current.timer)) {
    fail(ascii("only handlers, middleware, streams and timers can wait"));
  }
  if (task) {
    if (task.isGone) return false;
  } else {
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
  if (!reaper) reaper = new Timer(reap, 0);
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
  store<usize>(info, usize.MAX_VALUE, sizeof<usize>());
  startUnwind(info);
}

/** False where nothing is being suspended. Aborts where a stack has become too large. */
function stopUnwinding(): bool {
  if (phase != Phase.UNWINDING) return false;
  phase = Phase.NORMAL;
  stopUnwind();
  const size = load<usize>(info) - fieldsWindow;
  if (size > MAX_STACK) {
    if (size > 2 * MAX_STACK) unreachable();
    fail(ascii("code that waits is nested too deeply"));
  }
  return true;
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
  task.context = new Context();
  task.keep();
  c.state = State.BUSY;
  c.activity = task;
  requestCollection();
  return true;
}

/** The function of a timer is being suspended. */
function adoptTimer(timer: Timer): void {
  if (!stopUnwinding()) return;
  const task = new TimerTask(timer);
  running = task;
  task.keep();
  running = null;
}
