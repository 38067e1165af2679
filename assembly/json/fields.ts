/**
 * What the build knows of the fields of a `@json` class, and reading an object by it: no code is made for a class, and a
 * member costs few calls. A table is a record a field, in the order they are declared, then one for the end:
 *
 *     ╒═ u32 ════════════════╤═ u32 ══════════════╤═ u16 ══╤═ u8 ═══╤═ u8 ═╤═ u8 ══╤═ u8 ═╤═ u8 ══╤═ u8 ═╕
 *     │ `, "name": `, `ascii` │ what reads a value │ offset │ length │ way  │ shift │ tail │ limit │ kind │
 *     └───────────────────────┴────────────────────┴────────┴────────┴──────┴───────┴──────┴───────┴──────┘
 *     length: of `"name":`, in bytes; shift: bits of eight bytes that are beyond that; tail: where its last eight bytes begin;
 *     limit: how far u64.MAX_VALUE is shifted to get the largest value; way: the kind, END where the key is longer than two
 *     words. The second word of an integer is the name of its type, and at the end it is the table of the base class.
 */
import { textOfAscii } from "../bytes/text";
import { BRACE, JsonReader, OBJECT_OVERHEAD, readValue } from "./reader";
import { stringStops } from "./string";
import { integerName } from "./types";

/** Kinds of fields; of integers it is INTEGER, 4 where they are signed, and the binary logarithm of their size. */
const enum Kind {
  REFERENCE,
  STRING,
  BOOL,
  /** No field: the end of a table. */
  END,
  F32,
  F64,
  INTEGER = 8,
}

/** A record; where its bytes lie. */
// @ts-ignore: decorator
@inline export const RECORD: usize = 16;
// @ts-ignore: decorator
@inline const READ: usize = 4;
// @ts-ignore: decorator
@inline const OFFSET: usize = 8;
// @ts-ignore: decorator
@inline const LENGTH: usize = 10;
// @ts-ignore: decorator
@inline const WAY: usize = 11;
// @ts-ignore: decorator
@inline const SHIFT: usize = 12;
// @ts-ignore: decorator
@inline const TAIL: usize = 13;
// @ts-ignore: decorator
@inline const LIMIT: usize = 14;
// @ts-ignore: decorator
@inline const KIND: usize = 15;
/** Where the quoted name begins in a record's text: behind length, comma and space. */
// @ts-ignore: decorator
@inline const QUOTED: usize = 3;

// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const MINUS: u32 = 0x2d;
// @ts-ignore: decorator
@inline const TRUE: u32 = 0x65757274;
// @ts-ignore: decorator
@inline const FALS: u32 = 0x736c6166;
// @ts-ignore: decorator
@inline const ONES: u64 = 0x0101010101010101;
// @ts-ignore: decorator
@inline const TOPS: u64 = 0x8080808080808080;
/** No address. */
// @ts-ignore: decorator
@inline const NONE: usize = usize.MAX_VALUE;

/** The kind of a T; known when the app is built, as all that a table has. */
// @ts-ignore: decorator
@inline
export function kindOf<T>(): u32 {
  if (isBoolean<T>()) return Kind.BOOL;
  if (isString<T>() && !isNullable<T>()) return Kind.STRING;
  if (isFloat<T>()) return sizeof<T>() == 4 ? Kind.F32 : Kind.F64;
  if (isInteger<T>() && !isReference<T>()) return Kind.INTEGER | (isSigned<T>() ? 4 : 0) | (<u32>ctz(sizeof<T>()));
  return Kind.REFERENCE;
}

/** The second word of a record. */
// @ts-ignore: decorator
@inline
export function fieldReader<T>(): u32 {
  if (isInteger<T>() && !isReference<T>()) return isBoolean<T>() ? 0 : <u32>integerName<T>();
  if (kindOf<T>() != Kind.REFERENCE) return 0;
  return <u32>changetype<usize>((reader: JsonReader): usize => changetype<usize>(readValue<T>(reader)));
}

/** The kind, and for integers the limit, as they lie in the fourth word of a record. */
// @ts-ignore: decorator
@inline
export function fieldKind<T>(): u32 {
  if (!isInteger<T>() || isReference<T>() || isBoolean<T>()) return kindOf<T>() << 24;
  return (kindOf<T>() << 24) | ((64 - 8 * <u32>sizeof<T>() + u32(isSigned<T>())) << 16);
}

/** Makes a table follow that of the base class, and returns it. `size` is that of its fields' records. */
export function extendFields(table: usize, size: usize, base: usize): usize {
  store<u32>(table + size, <u32>base, READ);
  return table;
}

/**
 * Reads an object into the fields of `object` that `table` names. Members in the order of the fields are found by comparing
 * words, and plain values are read on the spot; whatever is not as expected is read again by `readMember`, which knows all.
 * Up to 16 bytes behind the text are looked at.
 */
export function readObject(reader: JsonReader, object: usize, table: usize): void {
  if (!reader.open(BRACE)) return;
  let start = reader.next;
  const end = reader.end;
  let field = table;
  while (true) {
    let at = start;
    let behind = NONE;
    const expected = field;
    while (!isAt(field, at)) {
      if (field == expected && load<u8>(at) == 0x20) {
        at++;
        continue;
      }
      field = load<u8>(field, KIND) == <u32>Kind.END ? table : field + RECORD;
      if (field != expected) continue;
      field = 0;
      break;
    }
    if (field) {
      at += load<u8>(field, LENGTH);
      const kind = <u32>load<u8>(field, WAY);
      const place = object + load<u16>(field, OFFSET);
      if (kind >= <u32>Kind.F32) {
        behind = readNumber(at, field, place, kind);
      } else if (kind == <u32>Kind.STRING) {
        if (load<u8>(at) == 0x20) at++;
        const from = at + 1;
        at = plainEnd(from, end);
        if (load<u8>(from - 1) == QUOTE && load<u8>(at) == QUOTE && at < end) {
          const length = <i32>(at - from);
          if (reader.budget < (length << 1) + OBJECT_OVERHEAD) {
            reader.next = at + 1;
            reader.charge(length << 1);
            return;
          }
          reader.budget -= (length << 1) + OBJECT_OVERHEAD;
          keep(object, place, changetype<usize>(textOfAscii(from, length)));
          behind = at + 1;
        }
      } else if (kind == <u32>Kind.BOOL) {
        if (load<u8>(at) == 0x20) at++;
        const isTrue = load<u32>(at) == TRUE;
        if (isTrue || (load<u32>(at) == FALS && load<u8>(at, 4) == 0x65)) {
          store<bool>(place, isTrue);
          behind = at + 5 - usize(isTrue);
        }
      } else if (kind == <u32>Kind.REFERENCE && at < end) {
        reader.next = at;
        readReference(reader, object, place, field);
        if (reader.failed) return;
        behind = reader.next;
        start = 0;
      }
      field += RECORD;
    }
    if (behind < end) {
      const byte = <u32>load<u8>(behind);
      if (byte == 0x2c) {
        start = behind + 1;
        continue;
      }
      if (byte == 0x7d) return reader.leave(behind + 1);
      if (byte <= 0x20) {
        reader.next = behind;
        start = 0;
      }
    }
    if (start) {
      reader.next = start;
      readMember(reader, object, table);
      field = table;
    }
    if (!reader.more(BRACE)) return;
    start = reader.begin();
  }
}

/** Reads a member of any kind. */
function readMember(reader: JsonReader, object: usize, table: usize): void {
  const length = reader.key();
  if (length < 0) return;
  const field = find(table, reader.keyStart, length);
  if (!field) return reader.skip();
  const kind = <u32>load<u8>(field, KIND);
  const place = object + load<u16>(field, OFFSET);
  if (kind == <u32>Kind.REFERENCE) readReference(reader, object, place, field);
  else if (kind == <u32>Kind.STRING) keep(object, place, changetype<usize>(reader.string()));
  else if (kind == <u32>Kind.BOOL) store<bool>(place, reader.bool());
  else if (kind == <u32>Kind.F64) store<f64>(place, reader.float(false));
  else if (kind == <u32>Kind.F32) store<f32>(place, <f32>reader.float(true));
  else storeInteger(place, kind, reader.integer(8 << (kind & 3), (kind & 4) != 0, load<u32>(field, READ)));
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

/** The field of a key; 0 where there is none. */
function find(table: usize, key: usize, length: i32): usize {
  for (let field = table; table; field += RECORD) {
    if (load<u8>(field, KIND) == <u32>Kind.END) {
      table = load<u32>(field, READ);
      field = table - RECORD;
    } else if (
      load<u8>(field, LENGTH) == length + 3 &&
      !memory.compare(<usize>load<u32>(field) + QUOTED + 1, key, length)
    ) {
      return field;
    }
  }
  return 0;
}

/** Whether a field's quoted name and a colon are at `at`, as far as sixteen bytes tell. */
// @ts-ignore: decorator
@inline
function isAt(field: usize, at: usize): bool {
  const text = <usize>load<u32>(field);
  const tail = <usize>load<u8>(field, TAIL);
  const differences =
    (load<u64>(at) ^ load<u64>(text, QUOTED)) | (load<u64>(at + tail) ^ load<u64>(text + tail, QUOTED));
  return !(differences << load<u8>(field, SHIFT));
}

/** The first byte from `at` on that is no plain ASCII, or quote or backslash; any address from `end` on where none is before. */
// @ts-ignore: decorator
@inline
function plainEnd(at: usize, end: usize): usize {
  let stops = stringStops(load<u64>(at));
  while (!stops && at < end) {
    at += 8;
    stops = stringStops(load<u64>(at));
  }
  return at + ((<usize>ctz(stops)) >> 3);
}

/** Reads a number with few digits at `at`, and keeps it. Returns the address behind, NONE where it is another one. */
// @ts-ignore: decorator
@inline
function readNumber(at: usize, field: usize, place: usize, kind: u32): usize {
  let isNegative = false;
  let word: u64 = 0;
  let digits: u64 = 0;
  let from = at;
  while (true) {
    // Digits as their values, up to the first byte that is none; then moved to the high end, behind zeros.
    word = load<u64>(at) ^ (0x30 * ONES);
    const stops = (word | (word + 0x76 * ONES)) & TOPS;
    if (!stops) {
      digits = eightDigits(word);
      at += 8;
      for (let digit: u32 = 0; (digit = load<u8>(at) - 0x30) < 10; at++) digits = digits * 10 + digit;
      if (at - from > 18) return NONE;
      break;
    }
    const bits = ctz(stops);
    if (bits >= 8) {
      digits = eightDigits(word << (71 - bits));
      at += <usize>(bits >> 3);
      break;
    }
    const byte = load<u8>(at);
    if (isNegative || (byte != 0x20 && byte != MINUS)) return NONE;
    isNegative = byte == MINUS;
    from = ++at;
  }
  if (!((<u32>word) & 0xff) && at != from + 1) return NONE;
  if (kind >= <u32>Kind.INTEGER) {
    if (digits > u64.MAX_VALUE >> (<u64>load<u8>(field, LIMIT))) return NONE;
    if (isNegative) {
      if (!(kind & 4)) return NONE;
      digits = 0 - digits;
    }
    storeInteger(place, kind, <i64>digits);
    return at;
  }
  let power: f64 = 1;
  if (load<u8>(at) == 0x2e) {
    const point = at++;
    for (let digit: u32 = 0; (digit = load<u8>(at) - 0x30) < 10; at++) {
      digits = digits * 10 + digit;
      power *= 10;
    }
    if (at == point + 1) return NONE;
  }
  if (at - from > 15) return NONE; // up to 2⁵³ and 10²² both are exact, and so is their quotient's rounding
  const value = <f64>digits / power;
  if (kind == <u32>Kind.F64) store<f64>(place, isNegative ? -value : value);
  else store<f32>(place, <f32>(isNegative ? -value : value));
  return at;
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
  switch (kind & 3) {
    case 0:
      store<u8>(place, value);
      break;
    case 1:
      store<u16>(place, value);
      break;
    case 2:
      store<u32>(place, value);
      break;
    default:
      store<u64>(place, value);
  }
}
