/// <reference path="../decorators.d.ts" />
export { Edge, ResetReason, StorageError } from "../abi";
export { Adc } from "./adc";
export { Device } from "./device";
export { Pin } from "./pin";
export { PinHandler, PinWatch } from "./pin_watch";
export { Pull } from "./pull";
export { Pwm } from "./pwm";
export { Storage } from "./storage";
export { Temperature } from "./temperature";
