import { componentText } from "./url";

// @ts-ignore: decorator
@inline const AMPERSAND: u32 = 0x26;
// @ts-ignore: decorator
@inline const EQUALS: u32 = 0x3d;

/**
 * Walks over the pairs `key=value&key=value` of a query or of application/x-www-form-urlencoded content: "+" is a space,
 * what is no percent-encoding stays as it is, and a key alone has the value "".
 */
export class PairReader {
  private from: usize = 0;
  private keyEnd: usize = 0;
  private valueEnd: usize = 0;

  /** Of the bytes [at, end), which must stay where they are while it reads. */
  constructor(
    private at: usize,
    private end: usize,
  ) {}

  /** Turns to the next pair; false behind the last. */
  next(): bool {
    let p = this.at;
    const end = this.end;
    while (p < end && load<u8>(p) == AMPERSAND) p++;
    if (p >= end) return false;
    this.from = p;
    let equals: usize = 0;
    for (; p < end && load<u8>(p) != AMPERSAND; p++) if (load<u8>(p) == EQUALS && !equals) equals = p;
    this.keyEnd = equals ? equals : p;
    this.valueEnd = p;
    this.at = p;
    return true;
  }

  get key(): string {
    return componentText(this.from, this.keyEnd, true);
  }

  get value(): string {
    return componentText(min(this.keyEnd + 1, this.valueEnd), this.valueEnd, true);
  }
}

/** The last value of a key, null where it is absent. */
export function lastValue(pairs: PairReader, key: string): string | null {
  let value: string | null = null;
  while (pairs.next()) if (pairs.key == key) value = pairs.value;
  return value;
}

/** The values of a key, in the order they come. */
export function allValues(pairs: PairReader, key: string): string[] {
  const values: string[] = [];
  while (pairs.next()) if (pairs.key == key) values.push(pairs.value);
  return values;
}

/** The keys, each once, in the order they first come. */
export function allKeys(pairs: PairReader): string[] {
  const keys: string[] = [];
  while (pairs.next()) {
    const key = pairs.key;
    if (!keys.includes(key)) keys.push(key);
  }
  return keys;
}
