/** Changes of pins on their way to the guest: what `firmware/core/pin_changes.c` does. */

/** Changes that are kept in order. */
const QUEUE = 32;
/** What `PIN_CHANGE` answers where there is none. */
const NONE = -1;

export class PinChanges {
  /** Whether the guest should be told that there are changes. */
  due = false;
  private readonly queue: { readonly pin: number; readonly high: boolean }[] = [];
  /** How many changes of a pin found no room. */
  private readonly lost = new Map<number, number>();

  /** @param level whether a pin is told to be high after changes that were lost */
  constructor(private readonly level: (pin: number) => boolean) {}

  note(pin: number, high: boolean): void {
    const lost = this.lost.get(pin) ?? 0;
    if (lost === 0 && this.queue.length < QUEUE) this.queue.push({ pin, high });
    else this.lost.set(pin, lost + 1);
    this.due = true;
  }

  /** What `device_get` says of `PIN_CHANGE`. */
  take(): number {
    const change = this.queue.shift();
    this.due = change !== undefined || this.lost.size > 0;
    if (change !== undefined) return describe(change.pin, change.high, 0);
    const pin = Math.min(...this.lost.keys());
    if (pin === Infinity) return NONE;
    const count = this.lost.get(pin) ?? 0;
    this.lost.delete(pin);
    return describe(pin, this.level(pin), count - 1);
  }

  /** Forgets what has not been told. */
  clear(): void {
    this.queue.length = 0;
    this.lost.clear();
    this.due = false;
  }
}

function describe(pin: number, high: boolean, missed: number): number {
  return (Math.min(missed, 0xffff) << 8) | (pin << 1) | Number(high);
}
