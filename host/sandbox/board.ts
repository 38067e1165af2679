/** The simulated board, for a test to look at and to drive. */

import { Storage } from "./storage.js";

/** Pins 0 to that minus 1. */
const PINS = 49;

/** What a pin is, as in the ABI's `PinMode`. */
export type PinMode = "input" | "pull_up" | "pull_down" | "output" | "open_drain";

export interface BoardListener {
  changed(pin: number, high: boolean): void;
  settled(): void;
}

export class BoardPin {
  mode: PinMode = "input";
  /** Whether the app has set it high, as an output. */
  output = false;
  /** Whether what is connected to it is high; undefined where nothing is. */
  input: boolean | undefined;
  /** Pulses in Hz, 0 where there are none. */
  frequency = 0;
  /** Their share of time in which it is high, 0 to 1. */
  duty = 0;
  /** Which changes of it are told. */
  edges: "none" | "rising" | "falling" | "both" = "none";
  /** The configuration keeps it from apps. */
  denied = false;

  /** Whether the app drives it. */
  get isOutput(): boolean {
    return this.mode === "output" || this.mode === "open_drain";
  }

  /** Whether it is high. */
  get level(): boolean {
    return this.isOutput ? this.output : (this.input ?? this.mode === "pull_up");
  }

  /** What it is told to be after changes that were lost: the last that is awaited. */
  get levelTold(): boolean {
    return this.edges === "both" ? this.level : this.edges === "rising";
  }

  /** Takes up a mode; pulses end, and changes are told no more. */
  become(mode: PinMode): void {
    this.mode = mode;
    this.frequency = 0;
    this.duty = 0;
    this.edges = "none";
  }

  /** Connects something; returns whether that is a change that is told. */
  connect(high: boolean): boolean {
    const before = this.level;
    this.input = high;
    return before !== this.level && (this.edges === "both" || this.edges === (high ? "rising" : "falling"));
  }
}

export class Board {
  readonly pins: readonly BoardPin[] = Array.from({ length: PINS }, () => new BoardPin());
  /** Voltages in mV by pin; where none is set it drifts. */
  readonly adc: Record<number, number> = {};
  /** Temperature of the chip in °C; undefined: it drifts; null: there is no sensor; "denied": apps may not use it. */
  temperature: number | "denied" | null | undefined;
  /** Free bytes of the machine's memory; null: it cannot tell. */
  freeHeap: number | null = null;
  /** Bytes of the largest free block of that; null: it cannot tell. */
  largestBlock: number | null = null;

  /** What the app keeps. It stays over restarts; hand the board on to another app for a power cut. */
  readonly storage = new Storage();

  /** Who is told of changes: what they are, then that all are there. */
  listener: BoardListener | null = null;

  /** Connects something to a pin, and makes it high or low; with several levels, faster than the app can follow. */
  setInput(pin: number, ...levels: readonly [boolean, ...boolean[]]): this {
    for (const high of levels) {
      if (this.pin(pin).connect(high)) this.listener?.changed(pin, high);
    }
    this.listener?.settled();
    return this;
  }

  /** Keeps a pin from apps. */
  deny(pin: number): this {
    this.pin(pin).denied = true;
    return this;
  }

  private pin(number: number): BoardPin {
    const pin = this.pins[number];
    if (pin === undefined) throw new Error(`pin ${number}: the board has pins 0 to ${PINS - 1}`);
    return pin;
  }
}
