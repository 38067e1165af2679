import { Device, device_get, device_set, Edge, PinMode } from "../abi";
import { ascii } from "../bytes/ascii";
import { check, isUsable } from "./check";
import { PinHandler, PinWatch } from "./pin_watch";
import { Pull } from "./pull";

/** A pin that is read or switched: GPIO. */
export class Pin {
  private constructor(
    /** The chip's number of it. */
    readonly number: i32,
    mode: i32,
  ) {
    this.set(Device.PIN_MODE, mode);
  }

  /** Whether the board has that pin, and apps may use it. */
  static isSupported(number: i32): bool {
    return isUsable(device_get(Device.PIN, number));
  }

  /** Makes a pin an input. Aborts where the board has none of that number. */
  static input(number: i32, pull: Pull = Pull.NONE): Pin {
    return new Pin(number, pull);
  }

  /** Makes a pin an output; its level stays what it was last set to, low after a reset. */
  static output(number: i32): Pin {
    return new Pin(number, PinMode.OUTPUT);
  }

  /** Makes a pin an output that pulls down where it is low, and lets go where it is high. */
  static openDrain(number: i32): Pin {
    return new Pin(number, PinMode.OPEN_DRAIN);
  }

  /** Whether the pin is high: what is connected to an input, what was written to an output. */
  read(): bool {
    const level = device_get(Device.PIN, this.number);
    return check(level, this.number, ascii("the board has no such pin"), ascii("it is used for PWM")) != 0;
  }

  /** Switches an output. */
  write(high: bool): void {
    this.set(Device.PIN, i32(high));
  }

  /** Switches an output to the other level. */
  toggle(): void {
    this.write(!this.read());
  }

  /**
   * Has a function called when the pin, an input, changes: `RISING`, `FALLING` or `BOTH`. It gets the pin, and whether it
   * became high; it may wait. After a change others are left out for `debounce` ms, until the contacts of a switch have
   * settled. The pin has one such function, the last.
   */
  onChange(edge: Edge, handler: PinHandler, debounce: i32 = 0): PinWatch {
    return new PinWatch(this, edge, handler, debounce);
  }

  private set(item: Device, value: i32): void {
    const result = device_set(item, this.number, value);
    check(result, this.number, ascii("the board has no such pin"), ascii("it is no output"));
  }
}
