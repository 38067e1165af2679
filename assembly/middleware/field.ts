import { Output } from "../bytes/output";
import { head } from "../http/parser";
import { equalsIgnoreCase } from "../http/token";
import { current } from "../server/current";
import { checkValue } from "../server/response";

/** The value of the field that was found last: its address and its length in bytes. */
export namespace found {
  // @ts-ignore: decorator
  @lazy export let from: usize = 0;
  // @ts-ignore: decorator
  @lazy export let length: i32 = 0;
}

/** Finds the first field line of the request that has this name, an `ascii` text in lower case. */
export function findField(name: usize): bool {
  const length = <u32>load<u8>(name);
  const section = current.base + head.section;
  for (let i = 0, count = <i32>head.fields; i < count; i++) {
    const field = head.fieldAt(i);
    if (field.nameLength != length || !equalsIgnoreCase(section + field.name, length, name)) continue;
    found.from = section + field.value;
    found.length = field.valueLength;
    return true;
  }
  return false;
}

/** Appends a field line. Aborts where the value has CR, LF or NUL. */
export function appendLine(out: Output, name: string, value: string): void {
  checkValue(name, value);
  out.text(name);
  out.text(": ");
  out.text(value);
  out.text("\r\n");
}
