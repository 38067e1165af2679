import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { head } from "../http/parser";
import { current } from "../server/current";

// @ts-ignore: decorator
@inline const LOWER: u64 = 0x2020202020202020;

/** The value of the field that was found last: its address and its length in bytes. */
export namespace found {
  // @ts-ignore: decorator
  @lazy export let from: usize = 0;
  // @ts-ignore: decorator
  @lazy export let length: i32 = 0;
}

/** Finds the first field line of the request that has this name, an `ascii` text of small letters and hyphens. */
export function findField(name: usize): bool {
  const length = <i32>load<u8>(name);
  const section = current.base + head.section;
  for (let i = 0, count = <i32>head.fields; i < count; i++) {
    const field = head.fieldAt(i);
    if (field.nameLength != length || !isNamed(section + field.name, length, name + 1)) continue;
    found.from = section + field.value;
    found.length = field.valueLength;
    return true;
  }
  return false;
}

/** Whether the bytes at `from` are `name`, of small letters and hyphens, in whatever letters. Eight bytes can be read. */
export function isNamed(from: usize, length: i32, name: usize): bool {
  const last = length - 8;
  if (last < 0) return !(((load<u64>(from) | LOWER) ^ load<u64>(name)) << (-last << 3));
  for (let i = 0; i < last; i += 8) if ((load<u64>(from + i) | LOWER) != load<u64>(name + i)) return false;
  return (load<u64>(from + last) | LOWER) == load<u64>(name + last);
}

/** Appends a field line. Aborts where the value has control characters. */
export function appendLine(out: Output, name: usize, value: string): void {
  for (let i = 0; i < value.length; i++) {
    const code = <u32>value.charCodeAt(i);
    if (code < 0x20 || code == 0x7f) fail(ascii("a field value has no control characters: "), value);
  }
  out.ascii(name);
  out.ascii(ascii(": "));
  out.text(value);
  out.ascii(ascii("\r\n"));
}

/** Appends a field line that begins with an `ascii` text and ends with a number. */
export function appendInt(out: Output, start: usize, value: i32): void {
  out.ascii(start);
  out.int(value);
  out.ascii(ascii("\r\n"));
}
