/**
 * Reads objects by the table of their class (fields.ts), so that a member costs few operations. Members in the order of the
 * fields are found by comparing words, and plain values are read on the spot; whatever is not as expected is read again, from
 * its key on, by the strict reader, which alone tells faults.
 */
import { newObject } from "../bytes/object";
import { bitsTo, HIGHS, ONES } from "../bytes/swar";
import { widened } from "../bytes/text";
import {
  findField,
  KEY_END,
  KEY_SIZE,
  KIND,
  Kind,
  LIMIT,
  OFFSET,
  PLAIN_BEFORE,
  READ,
  RECORD,
  SHORT,
  SHORT_KEY,
} from "./fields";
import { BRACE, BRACKET, JsonReader, OBJECT_OVERHEAD } from "./reader";
import { stringStops } from "./string";

/** An address of the text is kept as one that is so much less: that of a value is then the one of its key's last word. */
// @ts-ignore: decorator
@inline const AHEAD: usize = 8;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const SPACE_QUOTE: u32 = 0x2220;
// @ts-ignore: decorator
@inline const MINUS: u32 = 0x2d;
// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
/** The end of an object and the start of another one, with a member, in an array: `},{"`. */
// @ts-ignore: decorator
@inline const NEXT_OBJECT: u32 = 0x227b2c7d;
// @ts-ignore: decorator
@inline const END_BRACE: u32 = 0x7d;
// @ts-ignore: decorator
@inline const TRUE: u32 = 0x65757274;
// @ts-ignore: decorator
@inline const FALS: u32 = 0x736c6166;
/** Bits up to a stop behind a digit. */
// @ts-ignore: decorator
@inline const TWO: u64 = 16;
/** Bytes of a text beyond which it is not made on the spot. */
// @ts-ignore: decorator
@inline const LONG_TEXT: usize = 200;
/** How far before an object its size and the id of its class are. */
// @ts-ignore: decorator
@inline const SIZE_BEFORE: usize = 4;
// @ts-ignore: decorator
@inline const ID_BEFORE: usize = 8;
/** What an item takes in an array: twice its size, as an array grows to the double. */
// @ts-ignore: decorator
@inline const ITEM: i32 = 8;

/** Whether a field's name and a colon are behind `at`, whatever is there. */
// @ts-ignore: decorator
@inline
function isAt(field: usize, at: usize): bool {
  const size = load<u8>(field, KEY_SIZE);
  const value = at + size;
  if (size > SHORT) {
    return (load<u64>(at, AHEAD) ^ load<u64>(field)) >> 8 == 0 && load<u64>(value) == load<u64>(field, KEY_END);
  }
  return (load<u32>(at, AHEAD) ^ load<u32>(field)) >> 8 == 0 && load<u32>(value, 4) == load<u32>(field, KEY_END + 4);
}

/** An array of references, as its class has them; while it is filled, as long as there is room. */
@unmanaged
class Items {
  buffer: usize;
  start: usize;
  /** In bytes. */
  room: u32;
  length: i32;
}

/**
 * Reads an object into the fields of `object` that `table` names; with `items`, an array whose bracket was passed, all
 * objects up to its end, each into a new item. These are made by `make`, where the class is not plain, else like `object`.
 * Up to 24 bytes behind the text are looked at.
 */
export function readObjects(reader: JsonReader, object: usize, table: usize, items: usize, make: usize): void {
  const end = reader.end - AHEAD;
  const last = end - 2;
  const sample = object;
  const size = load<u32>(sample - SIZE_BEFORE);
  const id = load<u32>(sample - ID_BEFORE);
  const cost = size + OBJECT_OVERHEAD + ITEM;
  const isPlain = load<u32>(table - PLAIN_BEFORE) == id;
  const next: u32 = items && isPlain ? NEXT_OBJECT : 0;
  const list = changetype<Items>(items);
  let slot: usize = 0;
  let slots: usize = 0;
  do {
    if (items) {
      if (!reader.spend(<i32>cost)) break;
      object = isPlain ? copyOf(sample, size, id) : changetype<() => usize>(make)();
      if (slot == slots) {
        slot = grow(list, slot);
        slots = list.start + list.room;
      }
      slot = add(items, slot, object);
    }
    if (!reader.openNow() && !reader.open(BRACE)) continue;
    let isClosed = false;
    let left = <u32>reader.budget;
    let at = reader.next - (AHEAD + 1);
    let passed = at; // the last comma or brace that was passed for certain
    let start: usize = 0; // the one before what was read on the spot
    let field = table;
    while (true) {
      while (at < end) {
        let value = at + load<u8>(field, KEY_SIZE);
        if (load<u64>(at, AHEAD) != load<u64>(field) || load<u64>(value) != load<u64>(field, KEY_END)) {
          if (
            load<u32>(at, AHEAD) != load<u32>(field, SHORT_KEY) ||
            load<u32>(value, 4) != load<u32>(field, KEY_END + 4)
          ) {
            if (load<u32>(at, AHEAD) == next && at < last && left >= cost) {
              left -= cost;
              object = copyOf(sample, size, id);
              if (slot == slots) {
                slot = grow(list, slot);
                slots = list.start + list.room;
              }
              slot = add(items, slot, object);
              at += 2;
              passed = at;
              field = table;
              continue;
            }
            const byte = <u32>load<u8>(at, AHEAD);
            if (byte != COMMA && at != passed) {
              isClosed = byte == END_BRACE;
              if (isClosed) {
                reader.leave(at + (AHEAD + 1));
              } else if (byte <= 0x20) {
                reader.next = at + AHEAD;
                start = 0;
              }
              break;
            }
            const before = at + usize(load<u8>(at, AHEAD + 1) == 0x20);
            if (load<u8>(before, AHEAD + 1) != QUOTE && at != passed) {
              reader.next = at + (AHEAD + 1);
              passed = reader.begin() - (AHEAD + 1);
              at = passed;
              continue;
            }
            start = at;
            const other = search(field, table, before);
            if (!other) break;
            field = other;
            value = before + load<u8>(field, KEY_SIZE);
          }
        }
        start = at;
        const place = object + load<u16>(field, OFFSET);
        const kind = <u32>load<u8>(field, KIND);
        if (kind >= <u32>Kind.F32) {
          // Digits as their values, up to the first byte that is none
          let isNegative = false;
          let word = load<u64>(value, AHEAD) ^ (0x30 * ONES);
          let stops = digitStops(word);
          let bits = bitsTo(stops);
          if (word << 56 < bits - TWO) {
            while (load<u8>(value, AHEAD) == 0x20) value++;
            isNegative = load<u8>(value, AHEAD) == MINUS;
            value += usize(isNegative);
            word = load<u64>(value, AHEAD) ^ (0x30 * ONES);
            stops = digitStops(word);
            bits = bitsTo(stops);
            if (word << 56 < bits - TWO) break; // a zero in front of others, or nothing
          }
          let digits: u64 = 0;
          if (stops) {
            digits = eightDigits(word << (8 - bits));
            at = value + <usize>(bits >> 3) - 1;
          } else {
            digits = eightDigits(word);
            at = value + 8;
            for (let digit: u64 = 0; (digit = <u64>load<u8>(at, AHEAD) - 0x30) < 10; at++) digits = digits * 10 + digit;
            if (at - value > 18) break;
            if (kind >= <u32>Kind.INTEGER) {
              if (digits > u64.MAX_VALUE >> (<u64>load<u8>(field, LIMIT))) break;
            }
          }
          if (kind >= <u32>Kind.INTEGER) {
            if (kind < <u32>Kind.WORD) {
              if (digits > u64.MAX_VALUE >> (<u64>load<u8>(field, LIMIT))) break;
            }
            if (isNegative) {
              if (!(kind & Kind.SIGNED)) break;
              digits = 0 - digits;
            }
            if (kind >= <u32>Kind.WORD) store<u32>(place, digits);
            else storeInteger(place, kind, digits);
          } else {
            let power: f64 = 1;
            if (load<u8>(at, AHEAD) == 0x2e) {
              const point = at;
              for (let digit: u64 = 0; (digit = <u64>load<u8>(at, AHEAD + 1) - 0x30) < 10; at++) {
                digits = digits * 10 + digit;
                power *= 10;
              }
              if (at == point) break;
              at++;
              if (at - value > 16) break; // up to 2⁵³ and 10²² both are exact, and so is their quotient's rounding
            }
            if (isNegative) {
              if (!digits) break;
              digits = 0 - digits;
            }
            const float = <f64>(<i64>digits) / power;
            if (kind == <u32>Kind.F64) store<f64>(place, float);
            else store<f32>(place, <f32>float);
          }
        } else if (kind == <u32>Kind.STRING) {
          if (load<u8>(value, AHEAD) != QUOTE && load<u16>(value++, AHEAD) != SPACE_QUOTE) break;
          value += AHEAD + 1;
          let behind = value;
          let stops = stringStops(load<u64>(behind));
          while (!stops) {
            behind += 8;
            if (behind >= reader.end || behind > value + LONG_TEXT) {
              behind = value - 64; // the size is out of all bounds then
              break;
            }
            stops = stringStops(load<u64>(behind));
          }
          behind += <usize>(bitsTo(stops) >> 3) - 1;
          if (load<u8>(behind) != QUOTE) break;
          const size = (behind - value) << 1;
          if (left < <u32>size + OBJECT_OVERHEAD) break;
          left -= <u32>size + OBJECT_OVERHEAD;
          keep(object, place, newText(value, size));
          at = behind - (AHEAD - 1);
        } else if (kind == <u32>Kind.BOOL) {
          while (true) {
            const word = load<u32>(value, AHEAD);
            at = value + 4;
            store<bool>(place, word == TRUE);
            if (word == TRUE) break;
            at++;
            if (word == FALS && load<u8>(value, AHEAD + 4) == 0x65) break;
            at = 0;
            if ((word & 0xff) != 0x20) break;
            value++;
          }
          if (!at) break;
        } else {
          if (kind != <u32>Kind.REFERENCE || value >= end) break;
          reader.next = value + AHEAD;
          reader.budget = left;
          readReference(reader, object, place, field);
          left = reader.budget;
          start = 0;
          if (reader.failed) break;
          at = reader.next - AHEAD;
        }
        field += RECORD;
      }
      reader.budget = left;
      if (isClosed) break;
      if (start) {
        reader.next = start + (AHEAD + 1);
        const found = readMember(reader, object, table);
        if (found) field = found + RECORD;
      }
      if (!reader.more(BRACE)) break;
      left = reader.budget;
      passed = reader.begin() - (AHEAD + 1);
      at = passed;
      start = 0;
    }
  } while (items && !reader.closeNow() && reader.more(BRACKET));
  if (slot) list.length = <i32>((slot - list.start) >> 2);
}

// @ts-ignore: decorator
@inline
function copyOf(sample: usize, size: usize, id: u32): usize {
  const object = newObject(size, id);
  memory.copy(object, sample, size);
  return object;
}

/** Makes room for more items behind `slot`, the end of those there are; 0 where there are none. Returns where it begins. */
function grow(items: Items, slot: usize): usize {
  if (!slot) {
    items.length = items.room >> 2;
    return items.start;
  }
  const length = items.length;
  changetype<usize[]>(items).length = length << 1;
  return items.start + ((<usize>length) << 2);
}

/** Puts an object into an array. Returns where the next one goes. */
// @ts-ignore: decorator
@inline
function add(items: usize, slot: usize, object: usize): usize {
  store<usize>(slot, object);
  __link(items, object, true);
  return slot + sizeof<usize>();
}

/** The field whose name is behind `at`, first tried with `field`; 0 where there is none. */
// @ts-ignore: decorator
@inline
function search(field: usize, table: usize, at: usize): usize {
  let other = field;
  while (!isAt(other, at)) {
    other = (load<u8>(other, KIND) != <u32>Kind.END ? other + RECORD : <usize>load<u32>(other, READ)) || table;
    if (other == field) return 0;
  }
  return other;
}

/** Reads a member of any kind. Returns its field, 0 where there is none or the reader failed before. */
function readMember(reader: JsonReader, object: usize, table: usize): usize {
  const length = reader.key();
  if (length < 0) return 0;
  const field = findField(table, reader.keyStart, length);
  if (!field) {
    reader.skip();
    return 0;
  }
  const kind = <u32>load<u8>(field, KIND);
  const place = object + load<u16>(field, OFFSET);
  if (kind == <u32>Kind.REFERENCE) readReference(reader, object, place, field);
  else if (kind == <u32>Kind.STRING) keep(object, place, changetype<usize>(reader.string()));
  else if (kind == <u32>Kind.BOOL) store<bool>(place, reader.bool());
  else if (kind == <u32>Kind.F64) store<f64>(place, reader.float(false));
  else if (kind == <u32>Kind.F32) store<f32>(place, <f32>reader.float(true));
  else storeInteger(place, kind, reader.integer(8 << (kind & 3), (kind & 4) != 0, load<u32>(field, READ)));
  return field;
}

function readReference(reader: JsonReader, object: usize, place: usize, field: usize): void {
  keep(object, place, changetype<(reader: JsonReader) => usize>(<usize>load<u32>(field, READ))(reader));
}

/** Makes a field of an object refer to another one. */
// @ts-ignore: decorator
@inline
function keep(object: usize, place: usize, value: usize): void {
  store<usize>(place, value);
  __link(object, value, false);
}

/** A String of the ASCII at `from`; `size` is what that takes. */
// @ts-ignore: decorator
@inline
function newText(from: usize, size: usize): usize {
  const text = newObject(size, idof<string>());
  const end = text + size;
  let to = text;
  do {
    const bytes = load<u64>(from);
    store<u64>(to, widened(bytes & 0xffffffff));
    store<u64>(to, widened(bytes >> 32), 8);
    from += 8;
    to += 16;
  } while (to < end);
  return text;
}

/** Bytes that are no values of digits. */
// @ts-ignore: decorator
@inline
function digitStops(word: u64): u64 {
  return (word | (word + 0x76 * ONES)) & HIGHS;
}

/** The number of eight digits, the first one in the lowest byte. */
// @ts-ignore: decorator
@inline
function eightDigits(word: u64): u64 {
  word = (word * 2561) >> 8;
  word = ((word & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((word & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

// @ts-ignore: decorator
@inline
function storeInteger(place: usize, kind: u32, value: i64): void {
  const size = kind & 3;
  if (size == 2) store<u32>(place, value);
  else if (size == 3) store<u64>(place, value);
  else if (size) store<u16>(place, value);
  else store<u8>(place, value);
}
