/** The device calls, as any host with the simulated board answers them. */

import { constant } from "../../host/sandbox/table.js";

/** What tests/apps/device aborts with, where pin 6 is denied: method, target, reason. */
export const refusals: readonly (readonly [method: string, target: string, reason: string])[] = [
  ["GET", "/pin/49", "pin 49: the board has no such pin"],
  ["GET", "/pin/2000000000", "pin 2000000000: the board has no such pin"],
  ["GET", "/pin/6", "pin 6: the host's configuration keeps it from apps"],
  ["PUT", "/button/write", "pin 0: it is no output"],
  ["PUT", "/pwm/49/50/0.5", "pin 49: the board has no PWM there"],
  ["PUT", "/pwm/6/50/0.5", "pin 6: the host's configuration keeps it from apps"],
  ["PUT", "/pwm/4/0/0.5", "pin 4: the board has no such frequency"],
  ["PUT", "/pwm/4/40000001/0.5", "pin 4: the board has no such frequency"],
  ["PUT", "/pwm/4/50/-0.01", "pin 4: a duty is 0 to 1, and the pin in use for PWM"],
  ["PUT", "/pwm/4/50/1.01", "pin 4: a duty is 0 to 1, and the pin in use for PWM"],
  ["PUT", "/pwm/4/50/NaN", "pin 4: a duty is 0 to 1, and the pin in use for PWM"],
  ["PUT", "/pwm-then-read/4", "pin 4: it is used for PWM"],
  ["PUT", "/pwm-then-pin/4", "pin 4: a duty is 0 to 1, and the pin in use for PWM"],
  ["GET", "/adc/0", "pin 0: the board has no ADC there"],
  ["GET", "/adc/11", "pin 11: the board has no ADC there"],
  ["GET", "/adc/31", "pin 31: the board has no ADC there"],
  ["GET", "/adc/40", "pin 40: the board has no ADC there"],
  ["GET", "/adc/49", "pin 49: the board has no ADC there"],
  ["GET", "/adc/6", "pin 6: the host's configuration keeps it from apps"],
];

/** Whether the log's line tells such a reason, and the place in the app. */
export function tells(line: string, reason: string): boolean {
  return line.includes(`${reason} at ~lib/microserver/device/`) && / near app\.ts:\d+, in on_data$/.test(line);
}

const item = (name: string): number => constant("Device", name);

/** Calls that "microserver/device" never makes, and the errors that answer them. */
const rawCalls: readonly (readonly [call: string, error: string])[] = [
  ["device_get(-1, 0)", "UNSUPPORTED"],
  ["device_get(1000, 0)", "UNSUPPORTED"],
  [`device_get(${item("PIN_MODE")}, 0)`, "UNSUPPORTED"],
  [`device_get(${item("PWM_DUTY")}, 0)`, "UNSUPPORTED"],
  [`device_get(${item("PIN")}, -1)`, "UNSUPPORTED"],
  ["device_set(-1, 0, 0)", "UNSUPPORTED"],
  ["device_set(1000, 0, 0)", "UNSUPPORTED"],
  [`device_set(${item("TEMPERATURE")}, 0, 0)`, "UNSUPPORTED"],
  [`device_set(${item("ADC")}, 1, 0)`, "UNSUPPORTED"],
  [`device_set(${item("PIN_MODE")}, -1, 0)`, "UNSUPPORTED"],
  [`device_set(${item("PIN_MODE")}, 0, 5)`, "INVALID"],
  [`device_set(${item("PIN_MODE")}, 0, -1)`, "INVALID"],
  [`device_set(${item("PIN")}, 0, 1)`, "INVALID"],
  [`device_set(${item("PIN")}, 0, 2)`, "INVALID"],
  [`device_set(${item("PIN")}, 99, -1)`, "INVALID"],
  [`device_set(${item("PWM_FREQUENCY")}, 99, 2147483647)`, "UNSUPPORTED"],
  [`device_set(${item("PWM_FREQUENCY")}, 0, -5)`, "INVALID"],
  [`device_set(${item("PWM_DUTY")}, 0, 1)`, "INVALID"],
  [`device_set(${item("PWM_DUTY")}, 0, 65536)`, "INVALID"],
  [`device_set(${item("PWM_DUTY")}, 0, -1)`, "INVALID"],
];

const declarations = `
@external("microserver", "device_get") declare function device_get(item: i32, index: i32): i32;
@external("microserver", "device_set") declare function device_set(item: i32, index: i32, value: i32): i32;
@external("microserver", "device_name") declare function device_name(text: usize, length: i32): i32;
@external("microserver", "device_restart") declare function device_restart(): void;
`;

/** AssemblyScript that makes these calls when it starts, and logs a line for each. */
export const rawSource = `${declarations}
${rawCalls.map(([call]) => `console.log(${JSON.stringify(call)} + " " + ${call}.toString());`).join("\n")}
const nameAt = memory.data(8);
console.log("name " + device_name(nameAt, 3).toString() + " " + String.UTF8.decodeUnsafe(nameAt, 8, true));
console.log("no name " + device_name(nameAt, 0).toString());
`;

/** The lines of that. */
export const rawLines: readonly string[] = [
  ...rawCalls.map(([call, error]) => `${call} ${constant("DeviceError", error)}`),
  "name 3 sim",
  "no name 0",
];

/** AssemblyScript that asks for a restart while it starts. */
export const restlessSource = `${declarations}
device_restart();
`;

/** AssemblyScript that does not start a second time. */
export const mortalSource = `${declarations}
if (device_get(${item("RESET_REASON")}, 0) == ${constant("ResetReason", "RESTART")}) throw new Error("one life");
`;
