import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { writeF32, writeF64 } from "./float";
import { writeString } from "./string";

/**
 * Appends `value` as JSON in UTF-8, laid out with `": "` and `", "`: bool, integer and float types (`null` where they are
 * not finite), string, arrays, Map with string keys, JsonValue, `@json` classes, and the references of these or null.
 */
export function writeJson<T>(out: Output, value: T): void {
  if (isNullable<T>()) {
    if (changetype<usize>(value)) writeJson<NonNullable<T>>(out, changetype<NonNullable<T>>(value));
    else out.ascii(ascii("null"));
  } else if (isBoolean<T>()) out.ascii(value ? ascii("true") : ascii("false"));
  else if (isInteger<T>()) writeInteger<T>(out, value);
  else if (isFloat<T>()) {
    if (sizeof<T>() == 4) writeF32(out, <f32>value);
    else writeF64(out, <f64>value);
  } else if (isString<T>()) writeString(out, changetype<string>(value));
  // @ts-ignore: known when T is
  else if (isArray<T>()) writeItems<valueof<T>>(out, changetype<valueof<T>[]>(value).dataStart, value.length);
  // @ts-ignore: known when T is
  else if (value instanceof StaticArray) writeItems<valueof<T>>(out, changetype<usize>(value), value.length);
  else if (value instanceof Map) writeMap(out, value);
  // @ts-ignore: known when T is
  else if (isDefined(value.__writeJson)) value.__writeJson(out);
  else ERROR("this type cannot be written as JSON: docs/json.md lists those that can");
}

// @ts-ignore: decorator
@inline
function writeInteger<T>(out: Output, value: T): void {
  if (!isSigned<T>() && sizeof<T>() == 8 && <i64>value < 0) {
    // Beyond i64: the last digit by itself.
    out.int(<u64>value / 10);
    out.byte(0x30 + <u32>(<u64>value % 10));
  } else {
    out.int(<i64>value);
  }
}

function writeItems<V>(out: Output, start: usize, length: i32): void {
  out.byte(0x5b);
  for (let i = 0; i < length; i++) {
    if (i) out.ascii(ascii(", "));
    writeJson<V>(out, load<V>(start + ((<usize>i) << alignof<V>())));
  }
  out.byte(0x5d);
}

function writeMap<V>(out: Output, map: Map<string, V>): void {
  const keys = map.keys();
  const values = map.values();
  out.byte(0x7b);
  for (let i = 0; i < keys.length; i++) {
    if (i) out.ascii(ascii(", "));
    writeString(out, unchecked(keys[i]));
    out.ascii(ascii(": "));
    writeJson<V>(out, unchecked(values[i]));
  }
  out.byte(0x7d);
}
