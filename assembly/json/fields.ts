/**
 * What the build knows of the fields of a `@json` class. A table is a record a field, in the order they are declared, then
 * one for the end:
 *
 *     ╒═ u64 ════╤═ u64 ═══╤═ u32 ══════════════╤═ u16 ══╤═ u8 ══╤═ u8 ═╤═ u8 ══╤═ u8 ═══╤═ u16 ╤═ u32 ═╕
 *     │ key's    │ key's   │ what reads a value │ offset │ key's │ kind │ limit │ name's │      │ short │
 *     │ start    │ end     │                    │        │ bytes │      │       │ bytes  │      │ key   │
 *     └──────────┴─────────┴────────────────────┴────────┴───────┴──────┴───────┴────────┴──────┴───────┘
 *     key: `,"name":`, in the first record with a brace as its first byte. Its first and last eight bytes, which may overlap;
 *     where it has up to eight, its last four in the second half of the word, and its first four as the short key, too. Of a
 *     name beyond 12 bytes the second word has the address, as an `ascii` text. What is not used of all that, and at the end,
 *     is nothing that is in a text.
 *     what reads a value: of integers the name of their type; at the end the table of the base class
 *     limit: how far u64.MAX_VALUE is shifted to get the largest value
 *
 * In front of the table is a word: the class's id if all its objects are made as the same bytes, else 0.
 */
import { JsonReader, readValue } from "./reader";
import { integerName } from "./types";

/** Kinds of fields; of integers it is INTEGER or WORD, SIGNED where they are, and the binary logarithm of their size. */
export const enum Kind {
  REFERENCE,
  STRING,
  BOOL,
  /** No field: the end of a table. */
  END,
  F32,
  F64,
  SIGNED = 4,
  INTEGER = 8,
  /** One of 32 bits. */
  WORD = 16,
}

/** A record; where its bytes lie. */
// @ts-ignore: decorator
@inline export const RECORD: usize = 32;
// @ts-ignore: decorator
@inline export const KEY_END: usize = 8;
// @ts-ignore: decorator
@inline export const READ: usize = 16;
// @ts-ignore: decorator
@inline export const OFFSET: usize = 20;
// @ts-ignore: decorator
@inline export const KEY_SIZE: usize = 22;
// @ts-ignore: decorator
@inline export const KIND: usize = 23;
// @ts-ignore: decorator
@inline export const LIMIT: usize = 24;
// @ts-ignore: decorator
@inline const NAME_SIZE: usize = 25;
// @ts-ignore: decorator
@inline export const SHORT_KEY: usize = 28;
/** How far before a table is what tells whether the class is plain. */
// @ts-ignore: decorator
@inline export const PLAIN_BEFORE: usize = 4;
/** Keys of up to that many bytes are short. */
// @ts-ignore: decorator
@inline export const SHORT: u32 = 8;
/** Names beyond that many bytes are not in the record. */
// @ts-ignore: decorator
@inline const LONG_NAME: i32 = 12;
/** Bytes of a name in either word. */
// @ts-ignore: decorator
@inline const IN_WORD: i32 = 6;

/** The kind of a T; known when the app is built, as all that a table has. */
// @ts-ignore: decorator
@inline
export function kindOf<T>(): u32 {
  if (isBoolean<T>()) return Kind.BOOL;
  if (isString<T>() && !isNullable<T>()) return Kind.STRING;
  if (isFloat<T>()) return sizeof<T>() == 4 ? Kind.F32 : Kind.F64;
  if (isInteger<T>() && !isReference<T>()) {
    const integer = sizeof<T>() == 4 ? Kind.WORD : Kind.INTEGER;
    return integer | (isSigned<T>() ? Kind.SIGNED : 0) | (<u32>ctz(sizeof<T>()));
  }
  return Kind.REFERENCE;
}

/** What reads a value, for the record. */
// @ts-ignore: decorator
@inline
export function fieldReader<T>(): u32 {
  if (isInteger<T>() && !isReference<T>()) return isBoolean<T>() ? 0 : <u32>integerName<T>();
  if (kindOf<T>() != Kind.REFERENCE) return 0;
  return <u32>changetype<usize>((reader: JsonReader): usize => changetype<usize>(readValue<T>(reader)));
}

/** The limit, for the record. */
// @ts-ignore: decorator
@inline
export function fieldLimit<T>(): u32 {
  if (!isInteger<T>() || isReference<T>() || isBoolean<T>()) return 0;
  return 64 - 8 * <u32>sizeof<T>() + u32(isSigned<T>());
}

/** Makes a table follow that of the base class, and returns it. `size` is that of its fields' records. */
export function extendFields(table: usize, size: usize, base: usize): usize {
  store<u32>(table + size, <u32>base, READ);
  return table;
}

/** The field of a name; 0 where there is none. */
export function findField(table: usize, name: usize, length: i32): usize {
  for (let field = table; table; field += RECORD) {
    if (load<u8>(field, KIND) == <u32>Kind.END) {
      table = load<u32>(field, READ);
      field = table - RECORD;
    } else if (load<u8>(field, NAME_SIZE) == length && isName(field, name, length)) {
      return field;
    }
  }
  return 0;
}

function isName(field: usize, name: usize, length: i32): bool {
  if (length > LONG_NAME) return !memory.compare(<usize>load<u32>(field, KEY_END) + 1, name, length);
  const rest = length - IN_WORD;
  if (rest <= 0) return !memory.compare(field + 2, name, length);
  return !memory.compare(field + 2, name, IN_WORD) && !memory.compare(field + KEY_END, name + rest, IN_WORD);
}
