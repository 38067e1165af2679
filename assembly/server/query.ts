import { head } from "../http/parser";
import { current } from "./current";
import { decodePiece } from "./params";

/**
 * The parameters behind the "?" of a target, as `key=value&key=value`; "+" is a space, a key alone has the value "".
 * Where a key is repeated, the last one counts, and `all` has every one.
 */
export class Query {
  /** The value of a key, null where it is absent. */
  get(key: string): string | null {
    let value: string | null = null;
    const reader = new QueryReader();
    while (reader.next()) if (reader.key == key) value = reader.value;
    return value;
  }

  /** The values of a key, in the order they came. */
  all(key: string): string[] {
    const values: string[] = [];
    const reader = new QueryReader();
    while (reader.next()) if (reader.key == key) values.push(reader.value);
    return values;
  }

  has(key: string): bool {
    return this.get(key) !== null;
  }

  /** The keys, each once, in the order they first came. */
  keys(): string[] {
    const keys: string[] = [];
    const reader = new QueryReader();
    while (reader.next()) {
      const key = reader.key;
      if (!keys.includes(key)) keys.push(key);
    }
    return keys;
  }
}

/** Walks over the pairs of the current request's query. */
class QueryReader {
  private at: usize = current.base + head.query;
  private end: usize = this.at + head.queryLength;
  private from: usize = 0;
  private equals: usize = 0;
  private to: usize = 0;

  next(): bool {
    let p = this.at;
    const end = this.end;
    while (p < end && load<u8>(p) == 0x26) p++;
    if (p >= end) return false;
    this.from = p;
    this.equals = 0;
    for (; p < end && load<u8>(p) != 0x26; p++) if (load<u8>(p) == 0x3d && !this.equals) this.equals = p;
    this.to = p;
    this.at = p;
    return true;
  }

  get key(): string {
    return decodePiece(this.from, (this.equals ? this.equals : this.to) - this.from, true);
  }

  get value(): string {
    return this.equals ? decodePiece(this.equals + 1, this.to - this.equals - 1, true) : "";
  }
}
