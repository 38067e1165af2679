import { Device, device_get } from "../abi";
import { ascii } from "../bytes/ascii";
import { check, isUsable } from "./check";

/** Voltages at pins. */
export class Adc {
  /** Whether the board can measure at that pin, and apps may. */
  static isSupported(pin: i32): bool {
    return isUsable(device_get(Device.ADC, pin));
  }

  /** Voltage at a pin in mV. Aborts where the board cannot measure there. */
  static read(pin: i32): i32 {
    const absent = ascii("the board has no ADC there");
    return check(device_get(Device.ADC, pin), pin, absent, ascii("it has another use"));
  }
}
