import { Device, device_get, device_set, Edge } from "../abi";
import { ascii } from "../bytes/ascii";
import { hooks } from "../server/hooks";
import { runTimers, Timer } from "../server/timers";
import { check } from "./check";
import { Pin } from "./pin";

/** What is called when a pin changes: with the pin, and whether it became high. */
export type PinHandler = (pin: Pin, high: bool) => void;

/** Changes that are told before connections have their turn again. */
// @ts-ignore: decorator
@inline const BATCH: i32 = 32;

// @ts-ignore: decorator
@lazy let first: PinWatch | null = null;

/** A function that is called when a pin changes. While it waits it is not called; then once, for the last change. */
export class PinWatch extends Timer {
  private behind: PinWatch | null = null;
  private settling: Settling | null = null;
  /** What was told last, or is to be told. */
  private high: bool = false;
  private newest: bool = false;
  private isLate: bool = false;
  private count: i32 = 0;
  /** Changes before the one that is told now which came too fast to be told. */
  missed: i32 = 0;

  constructor(
    private readonly pin: Pin,
    private readonly edge: Edge,
    private readonly handler: PinHandler,
    debounce: i32,
  ) {
    super(() => {}, 0);
    const number = pin.number;
    const former = findWatch(number);
    if (former) former.forget();
    const told = debounce > 0 ? Edge.BOTH : edge;
    const result = device_set(Device.PIN_EDGES, number, told);
    check(result, number, ascii("the board has no such pin"), ascii("it is no input"));
    if (debounce > 0) this.settling = new Settling(this, debounce, pin.read());
    this.behind = first;
    first = this;
    hooks.tick = takeChanges;
  }

  /** Calls the function no more; where it waits now it goes on to its end. */
  cancel(): void {
    if (findWatch(this.pin.number) == this) device_set(Device.PIN_EDGES, this.pin.number, Edge.NONE);
    this.forget();
  }

  /** The host tells of a change. */
  note(high: bool, missed: i32): void {
    const settling = this.settling;
    if (settling) return settling.note(high);
    this.count += missed;
    this.tell(high);
  }

  /** Has the function called, where it asked for such a change. */
  tell(high: bool): void {
    if (!(this.edge & (high ? Edge.RISING : Edge.FALLING))) return;
    if (this.isLate) this.count++;
    this.isLate = true;
    this.newest = high;
    if (!this.sleeper) this.fire();
  }

  fire(): void {
    if (!this.sleeper) {
      if (!this.isLate) return;
      this.isLate = false;
      this.high = this.newest;
      this.missed = this.count;
      this.count = 0;
    }
    super.fire();
  }

  call(): void {
    this.handler(this.pin, this.high);
  }

  end(): void {
    super.end();
    if (this.isLate) this.begin(0);
  }

  /** Whether the pin is high now. */
  read(): bool {
    return this.pin.read();
  }

  private forget(): void {
    super.cancel();
    this.isLate = false;
    const settling = this.settling;
    if (settling) settling.cancel();
    if (first == this) first = this.behind;
    else {
      let before = first;
      while (before && before.behind != this) before = before.behind;
      if (before) before.behind = this.behind;
    }
    this.behind = null;
  }

  get number(): i32 {
    return this.pin.number;
  }

  get nextWatch(): PinWatch | null {
    return this.behind;
  }
}

/** Lets a pin bounce: what it is counts again when that time is over. */
class Settling extends Timer {
  private isOn: bool = false;

  constructor(
    private readonly watch: PinWatch,
    /** How long in ms. */
    private readonly time: i32,
    /** What it was last. */
    private high: bool,
  ) {
    super(() => {}, 0);
  }

  note(high: bool): void {
    if (this.isOn || high == this.high) return;
    this.high = high;
    this.isOn = true;
    this.begin(this.time);
    this.watch.tell(high);
  }

  fire(): void {
    this.isOn = false;
    this.note(this.watch.read());
  }
}

function findWatch(pin: i32): PinWatch | null {
  let watch = first;
  while (watch && watch.number != pin) watch = watch.nextWatch;
  return watch;
}

/** Takes what pins have changed, then sees to timers. */
function takeChanges(): void {
  for (let i = 0; i < BATCH; i++) {
    const change = device_get(Device.PIN_CHANGE, 0);
    if (change < 0) break;
    const watch = findWatch((change >> 1) & 0x7f);
    if (watch) watch.note((change & 1) != 0, change >> 8);
  }
  runTimers();
}
