/// <reference path="../decorators.d.ts" />
export { ResetReason, StorageError } from "../abi";
export { Adc } from "./adc";
export { Device } from "./device";
export { Pin } from "./pin";
export { Pull } from "./pull";
export { Pwm } from "./pwm";
export { Storage } from "./storage";
export { Temperature } from "./temperature";
