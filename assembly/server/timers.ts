import { current } from "./current";
import { announce } from "./deadline";
import { refuel } from "./fuel";
import { hooks } from "./hooks";
import { requestCollection } from "./memory";
import { host } from "./window";

/** Calls `callback` in `ms`, and where there is a `period` each time that many ms have passed after that. */
export function startTimer(callback: () => void, ms: u32, period: u32): Timer {
  const timer = new Timer(callback, period);
  timer.begin(ms);
  return timer;
}

/** What a function of a timer does when it has waited long enough. */
export abstract class Sleeper {
  abstract resume(): void;
}

/** A function of the app's and when it is due. */
export class Timer {
  /** When something is to be done, in ms as `Window.now`: its round is due, or a wait of its function is over. */
  private due: u32 = 0;
  private next: Timer | null = null;
  /** The function while it waits. */
  sleeper: Sleeper | null = null;
  /** When its round is due. */
  private round: u32 = 0;

  constructor(
    private readonly callback: () => void,
    /** In ms; 0 where it is due once only. */
    private period: u32,
  ) {}

  /** Lets its first round be due in `ms`. */
  begin(ms: u32): void {
    this.round = host.now + ms;
    this.schedule(ms);
  }

  /** Calls the function. */
  call(): void {
    this.callback();
  }

  /** Lets something be done in `ms`. */
  schedule(ms: u32): void {
    if (!hooks.tick) hooks.tick = runTimers;
    this.unlink();
    const due = host.now + ms;
    this.due = due;
    let before: Timer | null = null;
    let after = first;
    while (after && <i32>(after.due - due) <= 0) {
      before = after;
      after = after.next;
    }
    this.next = after;
    if (before) before.next = this;
    else first = this;
    announce(due);
  }

  /** Calls the function no more; where it waits now it goes on to its end. */
  cancel(): void {
    this.period = 0;
    if (!this.sleeper) this.unlink();
  }

  /** The function has come to its end after a wait. */
  end(): void {
    this.sleeper = null;
    const left = this.round - host.now;
    if (<i32>left < 0) this.repeat();
    else if (this.period) this.schedule(left);
  }

  /** Its time has come. */
  fire(): void {
    const sleeper = this.sleeper;
    if (sleeper) return sleeper.resume();
    this.repeat();
    current.timer = this;
    refuel();
    this.call();
    current.timer = null;
    const suspended = hooks.timerSuspended;
    if (suspended) suspended(this);
  }

  /** Schedules the next round, a whole number of periods behind this one; those that were missed are left out. */
  private repeat(): void {
    const period = this.period;
    if (!period) return;
    this.begin(period - ((host.now - this.round) % period));
  }

  private unlink(): void {
    if (first == this) first = this.next;
    else {
      let before = first;
      while (before && before.next != this) before = before.next;
      if (before) before.next = this.next;
    }
    this.next = null;
  }

  /** Whether its time has come. */
  get isDue(): bool {
    return <i32>(host.now - this.due) >= 0;
  }

  get following(): Timer | null {
    return this.next;
  }

  announce(): void {
    announce(this.due);
  }
}

/** The timers, the one that is due first in front. */
// @ts-ignore: decorator
@lazy let first: Timer | null = null;

/** Sees to those that are due. */
export function runTimers(): void {
  let timer = first;
  while (timer && timer.isDue) {
    first = timer.following;
    timer.fire();
    timer = first;
  }
  if (timer) timer.announce();
  requestCollection();
}
