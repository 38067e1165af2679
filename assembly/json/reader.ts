import { ascii } from "../bytes/ascii";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";
import { nearestF64 } from "./float";
import { digits, exponent, fits, makeWhole, negative } from "./number";
import { readObjects } from "./objects";
import { JsonScanner } from "./scanner";
import { unescape } from "./string";
import { integerName } from "./types";

/** Arrays and objects may be nested this deep. */
// @ts-ignore: decorator
@inline const MAX_DEPTH: i32 = 16;
/** Bytes that the values of one document may take on the heap, unless a reader is told otherwise. */
// @ts-ignore: decorator
@inline const BUDGET: i32 = 16384;
/** What the runtime adds to each object on the heap. */
// @ts-ignore: decorator
@inline export const OBJECT_OVERHEAD: i32 = 20;
/** What a Map takes for an entry: the entry itself and its bucket, twice while it grows. */
// @ts-ignore: decorator
@inline const MAP_ENTRY: i32 = 64;

// @ts-ignore: decorator
@inline export const BRACKET: u32 = 0x5b;
// @ts-ignore: decorator
@inline export const BRACE: u32 = 0x7b;
// @ts-ignore: decorator
@inline const BRACE_QUOTE: u32 = 0x227b;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const NULL: u32 = 0x6c6c756e;
// @ts-ignore: decorator
@inline const TRUE: u32 = 0x65757274;
// @ts-ignore: decorator
@inline const ALSE: u32 = 0x65736c61;

/**
 * Reads the values of one JSON document of UTF-8. After a fault all that is read is empty, and `error` tells what was
 * wrong. The bytes must stay where they are until the last call, the one of `error` included.
 */
export class JsonReader extends JsonScanner {
  /** Address of the key that was read last, its escapes taken out. */
  keyStart: usize = 0;
  /** Bytes that values may still take on the heap: a document cannot exhaust it. */
  budget: i32 = BUDGET;
  /** Keeps the bytes of a key that had escapes. */
  private keyOwner: ArrayBuffer | null = null;

  constructor(start: usize, length: i32) {
    super(start, length);
  }

  /** Address of the byte behind what was read last. */
  get position(): usize {
    return this.next;
  }

  /** Passes over white space; returns the address of what comes next. */
  begin(): usize {
    this.peek();
    return this.next;
  }

  /** Checks that the document ends here. */
  finish(): void {
    this.peek();
    if (this.next < this.end) this.refuse(ascii("the end"));
  }

  /** Takes an object of `bytes` off the budget; false where that is spent. */
  charge(bytes: i32): bool {
    return this.spend(bytes + OBJECT_OVERHEAD);
  }

  /** Takes `bytes` off the budget; false where that is spent. */
  // @ts-ignore: decorator
  @inline
  spend(bytes: i32): bool {
    this.budget -= bytes;
    return this.budget >= 0 || this.refuse(ascii("less: the memory for it is spent"));
  }

  /** Enters an array (BRACKET) or object (BRACE), up to its first item; false where it is empty. Its items are read in `do … while (more(…))`. */
  open(bracket: u32): bool {
    if (this.glance() != bracket) return this.refuse(bracket == BRACE ? ascii("an object") : ascii("an array"));
    if (this.depth == MAX_DEPTH) return this.refuse(ascii("at most 16 levels"));
    this.next++;
    if (this.glance() == bracket + 2) {
      this.next++;
      return false;
    }
    this.depth++;
    return true;
  }

  /** After an item: whether another one follows. Else it leaves the array or object. */
  more(bracket: u32): bool {
    const byte = this.glance();
    if (byte == 0x2c) {
      this.next++;
      return true;
    }
    if (byte != bracket + 2) return this.refuse(bracket == BRACE ? ascii('"," or "}"') : ascii('"," or "]"'));
    this.next++;
    this.depth--;
    return false;
  }

  /** Enters an object with a member, if nothing is to be passed over or refused; else `open` does it. */
  // @ts-ignore: decorator
  @inline
  openNow(): bool {
    const at = this.next;
    const isOpen = load<u16>(at) == BRACE_QUOTE && at + 1 < this.end && this.depth < MAX_DEPTH;
    this.next += usize(isOpen);
    this.depth += i32(isOpen);
    return isOpen;
  }

  /** Leaves an array, if its end comes next; else `more` does it. */
  // @ts-ignore: decorator
  @inline
  closeNow(): bool {
    const at = this.next;
    const isClosed = load<u8>(at) == BRACKET + 2 && at < this.end;
    this.next += usize(isClosed);
    this.depth -= i32(isClosed);
    return isClosed;
  }

  /** Leaves an object whose end was found before `next`. */
  // @ts-ignore: decorator
  @inline
  leave(next: usize): void {
    this.next = next;
    this.depth--;
  }

  /** Reads a key, to `keyStart`, and the colon behind it. Returns the key's length in bytes, -1 after a fault. */
  key(): i32 {
    if (this.glance() != QUOTE) this.refuse(ascii("a key"));
    else if (this.passString()) {
      const from = this.content;
      const length = <i32>(this.next - 1 - from);
      const escaped = this.escaped;
      if (this.glance() != 0x3a) {
        this.refuse(ascii('":"'));
        return -1;
      }
      this.next++;
      this.keyStart = from;
      if (!escaped) return length;
      if (this.charge(length)) {
        const owner = new ArrayBuffer(length);
        this.keyOwner = owner;
        this.keyStart = changetype<usize>(owner);
        return <i32>(unescape(from, from + length, this.keyStart) - this.keyStart);
      }
    }
    return -1;
  }

  /** Reads `null` if that comes next. */
  takeNull(): bool {
    return this.peek() == 0x6e && this.passWord(this.next, NULL);
  }

  bool(): bool {
    const byte = this.peek();
    if (byte == 0x74 && this.passWord(this.next, TRUE)) return true;
    if (byte != 0x66 || !this.passWord(this.next + 1, ALSE)) this.refuse(ascii("true or false"));
    return false;
  }

  string(): string {
    if (this.peek() != QUOTE) {
      this.refuse(ascii("a string"));
      return "";
    }
    if (!this.passString()) return "";
    const from = this.content;
    const length = <i32>(this.next - 1 - from);
    if (!this.charge(length << 1)) return "";
    if (!this.escaped) return decodeText(from, length);
    const plain = takeScratch(length);
    const text = decodeText(plain, <i32>(unescape(from, from + length, plain) - plain));
    freeScratch(plain);
    return text;
  }

  /** Reads an integer of `bits` bits; `name` is its type's. A fraction or an exponent is fine where the value is whole. */
  integer(bits: i32, signed: bool, name: usize): i64 {
    const at = this.begin();
    if (!this.passNumber()) return 0;
    if (!makeWhole()) this.refuseAt(at, ascii("a whole number"));
    else if (!fits(bits, signed)) this.refuseNumber(at, name);
    else return negative ? 0 - <i64>digits : <i64>digits;
    return 0;
  }

  /** Reads the nearest f64, or f32 where `single`. Digits that 64 bits cannot hold, beyond the 19th or 20th, count as 0. */
  float(single: bool): f64 {
    const at = this.begin();
    if (!this.passNumber()) return 0;
    let value = nearestF64(digits, exponent);
    if (single) value = <f64>(<f32>value);
    if (value == Infinity) this.refuseNumber(at, single ? ascii("f32") : ascii("f64"));
    return negative ? -value : value;
  }

  /** Passes over one value of any kind, and checks it. */
  skip(): void {
    const outside = this.depth;
    let objects: u32 = 0; // whether each level inside is an object, the innermost one in the lowest bit
    do {
      const byte = this.peek();
      if (byte != BRACE && byte != BRACKET) {
        this.skipScalar(byte);
      } else if (this.open(byte)) {
        objects = (objects << 1) | u32(byte == BRACE);
        if (byte == BRACE) this.key();
        continue;
      }
      while (this.depth > outside) {
        const inObject = (objects & 1) != 0;
        if (this.more(inObject ? BRACE : BRACKET)) {
          if (inObject) this.key();
          break;
        }
        objects >>= 1;
      }
    } while (this.depth > outside);
  }

  private skipScalar(byte: u32): void {
    if (byte == QUOTE) this.passString();
    else if (byte == 0x2d || byte - 0x30 < 10) this.passNumber();
    else if (byte == 0x74 || byte == 0x66) this.bool();
    else if (byte != 0x6e || !this.takeNull()) this.refuse(ascii("a value"));
  }
}

/** Reads a whole document that is a T, one of the types of `readValue`. After a fault it is empty, or filled in part. */
export function readJson<T>(reader: JsonReader): T {
  const value = readValue<T>(reader);
  reader.finish();
  return value;
}

/**
 * Reads the next value, of type T: bool, an integer or float type, string, Array, StaticArray, Map with string keys, JsonValue, a
 * `@json` class, or one of the references or null. After a fault it is empty, or filled in part, but never null.
 */
export function readValue<T>(reader: JsonReader): T {
  if (isNullable<T>()) return reader.takeNull() ? changetype<T>(0) : changetype<T>(readValue<NonNullable<T>>(reader));
  if (isBoolean<T>()) return <T>reader.bool();
  if (isInteger<T>()) return <T>reader.integer(sizeof<T>() * 8, isSigned<T>(), integerName<T>());
  if (isFloat<T>()) return <T>reader.float(sizeof<T>() == 4);
  if (isString<T>()) return changetype<T>(reader.string());
  // @ts-ignore: known when T is
  if (isArray<T>()) return changetype<T>(readArray<valueof<T>>(reader));
  if (changetype<T>(0) instanceof StaticArray) {
    // @ts-ignore: known when T is
    return changetype<T>(StaticArray.fromArray(readArray<valueof<T>>(reader)));
  }
  const value = instantiate<T>();
  if (!reader.spend(offsetof<T>() + OBJECT_OVERHEAD)) return value;
  if (value instanceof Map) fillMap(reader, value);
  // @ts-ignore: known when T is
  else if (isDefined(value.__jsonFields)) readObjects(reader, changetype<usize>(value), value.__jsonFields(), 0, 0);
  // @ts-ignore: known when T is
  else if (isDefined(value.__readJson)) value.__readJson(reader);
  else ERROR("this type cannot be read from JSON: docs/json.md lists those that can");
  return value;
}

function readArray<V>(reader: JsonReader): V[] {
  const items = new Array<V>();
  if (reader.spend(offsetof<V[]>() + OBJECT_OVERHEAD) && reader.open(BRACKET)) {
    if (isTabled<V>()) {
      readItems<V>(reader, items);
      return items;
    }
    do {
      // Twice the size: an array grows by half or more.
      if (!reader.spend(sizeof<V>() * 2)) break;
      items.push(readValue<V>(reader));
    } while (reader.more(BRACKET));
  }
  return items;
}

/** Whether a V is a `@json` class. */
// @ts-ignore: decorator
@inline
function isTabled<V>(): bool {
  // @ts-ignore: known when V is
  return isManaged<V>() && !isNullable<V>() && isDefined(changetype<V>(0).__jsonFields);
}

function readItems<V>(reader: JsonReader, items: V[]): void {
  const sample = instantiate<V>();
  const make = (): usize => changetype<usize>(instantiate<V>());
  // @ts-ignore: known when V is
  const table = sample.__jsonFields();
  readObjects(reader, changetype<usize>(sample), table, changetype<usize>(items), changetype<usize>(make));
}

function fillMap<V>(reader: JsonReader, map: Map<string, V>): void {
  if (!reader.open(BRACE)) return;
  do {
    const length = reader.key();
    if (length < 0 || !reader.charge(length * 2 + MAP_ENTRY)) break;
    map.set(decodeText(reader.keyStart, length), readValue<V>(reader));
  } while (reader.more(BRACE));
}
