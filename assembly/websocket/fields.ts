import { head } from "../http/parser";
import { equalsIgnoreCase } from "../http/token";
import { current } from "../server/current";

// The fields of a handshake. Names and words are `ascii` texts in lower case.

/** Index of the next field line of this name from `index` on, -1 where there is none. */
export function findField(name: usize, index: i32 = 0): i32 {
  for (; index < <i32>head.fields; index++) {
    const field = head.fieldAt(index);
    if (equalsIgnoreCase(section() + field.name, field.nameLength, name)) return index;
  }
  return -1;
}

/** Index of the one field line of this name, -1 where there is none, or several. */
export function findSingle(name: usize): i32 {
  const index = findField(name);
  return index < 0 || findField(name, index + 1) < 0 ? index : -1;
}

/** Address of a field line's value. */
export function valueOf(index: i32): usize {
  return section() + head.fieldAt(index).value;
}

/** Length of a field line's value. */
export function valueLengthOf(index: i32): i32 {
  return head.fieldAt(index).valueLength;
}

/** Whether a word is an element of a field's list (RFC 9110 §5.6.1), compared without regard to case. */
export function isListed(name: usize, word: usize): bool {
  for (let index = findField(name); index >= 0; index = findField(name, index + 1)) {
    list.open(valueOf(index), valueLengthOf(index));
    while (list.next()) if (equalsIgnoreCase(list.from, list.length, word)) return true;
  }
  return false;
}

/** Walks over the elements of a list. */
export namespace list {
  export let from: usize = 0;
  export let length: i32 = 0;
  let at: usize = 0;
  let end: usize = 0;

  export function open(value: usize, size: i32): void {
    at = value;
    end = value + size;
  }

  /** Turns to the next element that is not empty; false behind the last. */
  export function next(): bool {
    while (at < end && isBetween(load<u8>(at))) at++;
    if (at == end) return false;
    from = at;
    while (at < end && load<u8>(at) != 0x2c) at++;
    let stop = at;
    while (isBetween(load<u8>(stop - 1))) stop--;
    length = <i32>(stop - from);
    return true;
  }
}

/** Comma or white space. */
function isBetween(code: u32): bool {
  return code == 0x2c || code == 0x20 || code == 0x09;
}

function section(): usize {
  return current.base + head.section;
}
