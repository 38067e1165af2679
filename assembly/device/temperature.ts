import { Device, device_get } from "../abi";
import { isUsable } from "./check";

/** The sensor within the chip: it is warmer than the air around it. */
export class Temperature {
  /** Whether the board has one, and apps may use it. */
  static get isSupported(): bool {
    return isUsable(device_get(Device.TEMPERATURE, 0));
  }

  /** Temperature in °C, NaN where it is not supported. */
  static read(): f64 {
    const milli = device_get(Device.TEMPERATURE, 0);
    return isUsable(milli) ? <f64>milli / 1000 : NaN;
  }
}
