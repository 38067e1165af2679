import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { decodeText } from "../bytes/text";
import { BRACE, BRACKET, JsonReader, readValue } from "./reader";

/**
 * A JSON value of unknown shape: a part of a checked text, read only where it is asked. Nothing fails: what is missing or
 * of another type is `0`, `""`, `false`, or a value that does not exist. It keeps its text, not the request it came from.
 */
export class JsonValue {
  private owner: ArrayBuffer | null = null;
  private start: usize = 0;
  private size: i32 = 0;

  /** False for what `get` and `at` did not find. */
  get exists(): bool {
    return this.size > 0;
  }

  get isNull(): bool {
    return this.first == 0x6e;
  }

  get isBool(): bool {
    return this.first == 0x74 || this.first == 0x66;
  }

  get isNumber(): bool {
    return this.first - 0x30 < 10 || this.first == 0x2d;
  }

  get isString(): bool {
    return this.first == 0x22;
  }

  get isArray(): bool {
    return this.first == BRACKET;
  }

  get isObject(): bool {
    return this.first == BRACE;
  }

  get bool(): bool {
    return this.first == 0x74;
  }

  /** A number as f64, 0 for anything else and for what is out of its range. */
  get number(): f64 {
    return this.as<f64>(0);
  }

  /** A whole number that fits, 0 for anything else. */
  get int(): i32 {
    return this.as<i32>(0);
  }

  /** A string's text. */
  get text(): string {
    return this.as<string>("");
  }

  /** Number of an array's items or an object's members. */
  get length(): i32 {
    const bracket = this.first;
    if (bracket != BRACE && bracket != BRACKET) return 0;
    const reader = this.reader();
    let count = 0;
    if (reader.open(bracket)) {
      do {
        if (bracket == BRACE) reader.key();
        reader.skip();
        count++;
      } while (reader.more(bracket));
    }
    return count;
  }

  /** An array's item; one that does not exist for anything else. */
  at(index: i32): JsonValue {
    const reader = this.reader();
    if (this.isArray && reader.open(BRACKET)) {
      do {
        const start = reader.begin();
        reader.skip();
        if (index-- == 0) return new JsonValue().set(this.owner, start, reader.position);
      } while (reader.more(BRACKET));
    }
    return new JsonValue();
  }

  /** The value of an object's key, the last one where it is there twice; one that does not exist for anything else. */
  get(key: string): JsonValue {
    const found = new JsonValue();
    const reader = this.reader();
    if (this.isObject && reader.open(BRACE)) {
      const wanted = new Output();
      wanted.text(key);
      do {
        const same = reader.key() == wanted.length && !memory.compare(reader.keyStart, wanted.start, wanted.length);
        const start = reader.begin();
        reader.skip();
        if (same) found.set(this.owner, start, reader.position);
      } while (reader.more(BRACE));
    }
    return found;
  }

  /** An object's keys, in order. */
  get keys(): string[] {
    const keys: string[] = [];
    const reader = this.reader();
    if (this.isObject && reader.open(BRACE)) {
      do {
        const length = reader.key();
        keys.push(decodeText(reader.keyStart, length));
        reader.skip();
      } while (reader.more(BRACE));
    }
    return keys;
  }

  /** The value as a T, as `readValue` reads it; `fallback` where it is none. */
  as<T>(fallback: T): T {
    const reader = this.reader();
    const value = readValue<T>(reader);
    return reader.failed ? fallback : value;
  }

  /** The value's JSON, as it was written. */
  toString(): string {
    return decodeText(this.start, this.size);
  }

  private get first(): u32 {
    return this.size ? <u32>load<u8>(this.start) : 0;
  }

  private reader(): JsonReader {
    return new JsonReader(this.start, this.size);
  }

  /** Makes it the text [start, end) in `owner`. */
  private set(owner: ArrayBuffer | null, start: usize, end: usize): JsonValue {
    this.owner = owner;
    this.start = start;
    this.size = <i32>(end - start);
    return this;
  }

  /** Checks the next value and keeps a copy of its text. */
  __readJson(reader: JsonReader): void {
    const start = reader.begin();
    reader.skip();
    const size = <i32>(reader.position - start);
    if (reader.failed || !reader.charge(size)) return;
    const owner = new ArrayBuffer(size);
    memory.copy(changetype<usize>(owner), start, size);
    this.set(owner, changetype<usize>(owner), changetype<usize>(owner) + size);
  }

  __writeJson(out: Output): void {
    if (this.exists) out.bytes(this.start, this.size);
    else out.ascii(ascii("null"));
  }
}
