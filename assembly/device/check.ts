import { DeviceError } from "../abi";
import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";

/** Passes a result of a call for a pin on; aborts where it is an error. `absent` and `invalid`, `ascii` texts, say which. */
export function check(result: i32, pin: i32, absent: usize, invalid: usize): i32 {
  if (result <= DeviceError.INVALID) refuse(result, pin, absent, invalid);
  return result;
}

function refuse(error: i32, pin: i32, absent: usize, invalid: usize): void {
  const message = new Output();
  message.ascii(ascii("pin "));
  message.int(pin);
  message.ascii(ascii(": "));
  if (error == DeviceError.INVALID) message.ascii(invalid);
  else if (error == DeviceError.DENIED) message.ascii(ascii("the host's configuration keeps it from apps"));
  else message.ascii(absent);
  throw new Error(message.toString());
}

/** Whether the board has something, and apps may use it. */
export function isUsable(result: i32): bool {
  return result > DeviceError.DENIED;
}
