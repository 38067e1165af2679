import { Device, device_get, device_set } from "../abi";
import { ascii } from "../bytes/ascii";
import { check, isUsable } from "./check";

// @ts-ignore: decorator
@inline const FULL: f64 = 65535;

/** A pin with pulses of adjustable width, for a dimmed LED or a servo. */
export class Pwm {
  private constructor(
    /** The chip's number of the pin. */
    readonly number: i32,
    hertz: i32,
  ) {
    this.set(Device.PWM_FREQUENCY, hertz, ascii("the board has no such frequency"));
  }

  /** Whether the board can make pulses at that pin, and apps may. */
  static isSupported(pin: i32): bool {
    return isUsable(device_get(Device.PWM_FREQUENCY, pin));
  }

  /** Makes pulses on a pin, `hertz` a second; it stays low until `duty` is set. Aborts where the board cannot. */
  static output(number: i32, hertz: i32): Pwm {
    return new Pwm(number, hertz);
  }

  /** Sets the share of time in which the pin is high, 0 to 1. */
  duty(share: f64): void {
    const value = share >= 0 && share <= 1 ? <i32>(share * FULL + 0.5) : -1;
    this.set(Device.PWM_DUTY, value, ascii("a duty is 0 to 1, and the pin in use for PWM"));
  }

  private set(item: Device, value: i32, invalid: usize): void {
    check(device_set(item, this.number, value), this.number, ascii("the board has no PWM there"), invalid);
  }
}
