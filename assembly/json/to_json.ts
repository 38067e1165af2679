import { Output } from "../bytes/output";
import { writeJson } from "./writer";

/** `value` as JSON text, as for an event or a WebSocket message; see `writeJson` for what a T may be. */
export function toJson<T>(value: T): string {
  const out = new Output();
  writeJson<T>(out, value);
  return out.toString();
}
