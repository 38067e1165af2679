/** What the code needs that the build derives for `@json` classes. */
import { Output } from "../bytes/output";

export { Output } from "../bytes/output";
export { extendFields, fieldLimit, fieldReader, kindOf } from "./fields";
export { JsonReader } from "./reader";
export { isJson } from "./types";
export { writeJson } from "./writer";

/** Opens an object that was just closed, to append more members. */
export function reopen(out: Output): void {
  out.end--;
  if (load<u8>(out.end - 1) == 0x7b) return;
  store<u16>(out.reserve(2), 0x202c); // a comma and a space
  out.end += 2;
}
