// The exports of every module: what a host finds.

import { ABI_VERSION, Feature } from "./abi";
import { host } from "./server/window";

export const abi_version: i32 = ABI_VERSION;
export const abi_features: i32 = <i32>Feature.HTTP;
export const window: usize = changetype<usize>(host);
export { __fuel } from "./server/fuel";
export {
  boot,
  collect,
  is_idle,
  on_close,
  on_end,
  on_fault,
  on_open,
  on_refuse,
  on_timer,
  on_writable,
  print_routes,
  reclaim,
  stop,
} from "./server/events";
export { on_data } from "./server/http";
