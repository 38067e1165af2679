/** What the guest asks of the board: what `firmware/core/device.c` and `firmware/port/posix/board.c` do. */

import type { Board, BoardPin, PinMode } from "./board.js";
import type { Clock } from "./clock.js";
import { PinChanges } from "./pin-changes.js";
import type { Storage } from "./storage.js";
import { constant, constantNames } from "./table.js";

const FREQUENCY_MAX = 40_000_000;
const DUTY_FULL = 65_535;
const EDGES = constantNames("Edge") as readonly BoardPin["edges"][];
const PIN_MODES = constantNames("PinMode") as readonly PinMode[];
const [UNSUPPORTED, DENIED, INVALID] = ["UNSUPPORTED", "DENIED", "INVALID"].map((name) =>
  constant("DeviceError", name),
) as [number, number, number];

export class Device {
  readonly changes = new PinChanges((pin) => this.board.pins[pin]?.levelTold ?? false);
  /** When the board was reset, as `Clock.elapsed`. */
  private started = 0;
  private resetReason = constant("ResetReason", "POWER_ON");

  /** @param log takes a line for each change of an output */
  constructor(
    private readonly board: Board,
    private readonly clock: Clock,
    private random: number,
    private readonly log: (text: string) => void,
  ) {}

  /** What the app keeps. */
  get storage(): Storage {
    return this.board.storage;
  }

  readonly name = "simulated board";

  get(item: number, index: number): number {
    return this.getters[item]?.(index) ?? UNSUPPORTED;
  }

  set(item: number, index: number, value: number): number {
    const set = this.setters[item];
    const pin = this.board.pins[index];
    if (set === undefined) return UNSUPPORTED;
    if (!set.takes(value)) return INVALID;
    if (pin === undefined) return UNSUPPORTED;
    return pin.denied ? DENIED : set.apply(pin, value, index);
  }

  /** What a new instance of the app begins with: no pin is watched. */
  stopWatching(): void {
    for (const pin of this.board.pins) pin.edges = "none";
    this.changes.clear();
  }

  /** What a restart does to the board: what is connected stays so. */
  reset(): void {
    for (const pin of this.board.pins) {
      pin.become("input");
      pin.output = false;
    }
    this.started = this.clock.elapsed;
    this.resetReason = constant("ResetReason", "RESTART");
  }

  private readonly getters: Readonly<Record<number, (index: number) => number | null>> = {
    [constant("Device", "PIN")]: (index) =>
      this.ofPin(index, (pin) => (pin.frequency > 0 ? INVALID : Number(pin.level))),
    [constant("Device", "PWM_FREQUENCY")]: (index) => this.ofPin(index, (pin) => pin.frequency),
    [constant("Device", "PIN_CHANGE")]: () => this.changes.take(),
    [constant("Device", "ADC")]: (index) => this.ofPin(index, () => this.voltage(index)),
    [constant("Device", "TEMPERATURE")]: () => this.temperature(),
    [constant("Device", "UPTIME")]: () => this.uptime,
    [constant("Device", "FREE_HEAP")]: () => this.board.freeHeap,
    [constant("Device", "LARGEST_BLOCK")]: () => this.board.largestBlock,
    [constant("Device", "RESET_REASON")]: () => this.resetReason,
    [constant("Device", "RANDOM")]: () => this.nextRandom(),
    [constant("Device", "STORAGE_FREE")]: () => this.storageFree(),
    [constant("Device", "CLOCK")]: () => (this.clock.elapsed * 1000) % 2 ** 31,
  };

  private readonly setters: Readonly<Record<number, Setter>> = {
    [constant("Device", "PIN_MODE")]: {
      takes: (mode) => PIN_MODES[mode] !== undefined,
      apply: (pin, mode) => {
        pin.become(PIN_MODES[mode] ?? "input");
        return 0;
      },
    },
    [constant("Device", "PIN")]: {
      takes: (level) => level === 0 || level === 1,
      apply: (pin, level, index) => {
        if (!pin.isOutput || pin.frequency > 0) return INVALID;
        if (pin.output !== (level === 1)) this.log(`board: pin ${index} ${level === 1 ? "high" : "low"}`);
        pin.output = level === 1;
        return 0;
      },
    },
    [constant("Device", "PIN_EDGES")]: {
      takes: (edges) => EDGES[edges] !== undefined,
      apply: (pin, edges) => {
        if (pin.isOutput || pin.frequency > 0) return INVALID;
        pin.edges = EDGES[edges] ?? "none";
        return 0;
      },
    },
    [constant("Device", "PWM_FREQUENCY")]: {
      takes: (hertz) => hertz > 0,
      apply: (pin, hertz) => {
        if (hertz > FREQUENCY_MAX) return INVALID;
        pin.frequency = hertz;
        pin.duty = 0;
        return 0;
      },
    },
    [constant("Device", "PWM_DUTY")]: {
      takes: (duty) => duty >= 0 && duty <= DUTY_FULL,
      apply: (pin, value, index) => {
        const duty = value / DUTY_FULL;
        if (pin.frequency === 0) return INVALID;
        if (pin.duty !== duty) this.log(`board: pin ${index} ${Math.round(duty * 100)} % of ${pin.frequency} Hz`);
        pin.duty = duty;
        return 0;
      },
    },
  };

  private ofPin(index: number, read: (pin: BoardPin) => number | null): number | null {
    const pin = this.board.pins[index];
    if (pin === undefined) return UNSUPPORTED;
    return pin.denied ? DENIED : read(pin);
  }

  private get uptime(): number {
    return Math.floor((this.clock.elapsed - this.started) / 1000);
  }

  private storageFree(): number {
    const { access, free } = this.storage;
    if (access === "yes") return free;
    return access === "none" ? UNSUPPORTED : DENIED;
  }

  private temperature(): number | null {
    const { temperature } = this.board;
    if (temperature === null) return null;
    if (temperature === "denied") return DENIED;
    if (temperature !== undefined) return Math.round(temperature * 1000);
    return 24_000 + swing(this.uptime, 600, 2000) + swing(this.uptime, 34, 150);
  }

  /** The pins with an ADC are those of an ESP32-S3 (1 to 10) and of an ESP32 (32 to 39). */
  private voltage(pin: number): number | null {
    if (pin < 1 || (pin > 10 && pin < 32) || pin > 39) return null;
    return this.board.adc[pin] ?? 1650 + swing(this.uptime + 37 * pin, 420, 600) + swing(this.uptime + pin, 26, 40);
  }

  /** The same for each run: a linear congruential generator, since nobody needs secrets here. */
  private nextRandom(): number {
    this.random = (Math.imul(this.random, 1_664_525) + 1_013_904_223) | 0;
    return this.random >>> 1;
  }
}

interface Setter {
  /** Whether the value is in range, whatever the pin. */
  readonly takes: (value: number) => boolean;
  readonly apply: (pin: BoardPin, value: number, index: number) => number;
}

/** A value that goes up and down evenly between -amplitude and amplitude; times in s. */
function swing(time: number, period: number, amplitude: number): number {
  const half = period / 2;
  const phase = time % period;
  const rise = phase < half ? phase : period - phase;
  return Math.trunc((2 * amplitude * rise) / half) - amplitude;
}
