/// <reference path="../decorators.d.ts" />
export { ResetReason } from "../abi";
export { Adc } from "./adc";
export { Device } from "./device";
export { Pin } from "./pin";
export { Pull } from "./pull";
export { Pwm } from "./pwm";
export { Temperature } from "./temperature";
