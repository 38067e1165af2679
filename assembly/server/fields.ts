import { decodeText } from "../bytes/text";
import { head } from "../http/parser";
import { equalsIgnoreCase } from "../http/token";
import { current } from "./current";

/** The field lines of a request. Names are compared without regard to case. */
export class Fields {
  /** The value of a field, null where it is absent; several lines of one name are joined by ", " (RFC 9110 §5.2). */
  get(name: string): string | null {
    let value: string | null = null;
    for (let i = 0; i < this.length; i++) {
      if (!isNamed(i, name)) continue;
      const more = this.value(i);
      value = value === null ? more : value + ", " + more;
    }
    return value;
  }

  has(name: string): bool {
    for (let i = 0; i < this.length; i++) if (isNamed(i, name)) return true;
    return false;
  }

  /** How many field lines there are. */
  get length(): i32 {
    return head.fields;
  }

  /** The name of field line `index`, as it came. */
  name(index: i32): string {
    const field = head.fieldAt(index);
    return decodeText(section() + field.name, field.nameLength);
  }

  /** The value of field line `index`. */
  value(index: i32): string {
    const field = head.fieldAt(index);
    return decodeText(section() + field.value, field.valueLength);
  }
}

/** Address that the field table counts from. */
function section(): usize {
  return current.base + head.section;
}

/** Number of the first field line from `index` on of a name, an `ascii` text in lower case; -1 where there is none. */
export function findField(name: usize, index: i32 = 0): i32 {
  const from = section();
  for (; index < <i32>head.fields; index++) {
    const field = head.fieldAt(index);
    if (equalsIgnoreCase(from + field.name, field.nameLength, name)) return index;
  }
  return -1;
}

/** Address of the value of field line `index`. */
export function fieldValue(index: i32): usize {
  return section() + head.fieldAt(index).value;
}

function isNamed(index: i32, name: string): bool {
  const field = head.fieldAt(index);
  const length = <i32>field.nameLength;
  if (length != name.length) return false;
  const from = section() + field.name;
  for (let i = 0; i < length; i++) if (lower(load<u8>(from + i)) != lower(name.charCodeAt(i))) return false;
  return true;
}

// @ts-ignore: decorator
@inline
function lower(code: u32): u32 {
  return code - 0x41 < 26 ? code | 0x20 : code;
}
