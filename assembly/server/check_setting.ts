import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { MAX_NAME } from "./transmit";

// @ts-ignore: decorator
@inline const MAX_SECONDS: i32 = 86400;

/** `value` where it lies in [low, high]; else aborts and names the setting, an `ascii` text. */
export function checkSetting(name: usize, value: i32, low: i32, high: i32): i32 {
  if (value < low || value > high) refuseSetting(name, low, high, value);
  return value;
}

/** A setting in s as ms. */
export function checkTime(name: usize, seconds: i32): u32 {
  return checkSetting(name, seconds, 1, MAX_SECONDS) * 1000;
}

/** Aborts where a name cannot stand in the Server field. */
export function checkServerName(name: string): void {
  const length = name.length;
  for (let i = 0; i < length; i++) {
    if (<u32>name.charCodeAt(i) - 0x20 > 0x5e) fail(ascii("serverName must be printable ASCII: "), name);
  }
  checkSetting(ascii("length of serverName"), length, 1, MAX_NAME);
}

function refuseSetting(name: usize, low: i32, high: i32, value: i32): void {
  const message = new Output();
  message.ascii(name);
  message.ascii(ascii(" must be "));
  message.int(low);
  message.ascii(ascii(" to "));
  message.int(high);
  message.ascii(ascii(", not "));
  message.int(value);
  throw new Error(message.toString());
}
