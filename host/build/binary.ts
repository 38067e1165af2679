/** The binary format of WebAssembly (core specification, §5). */

export interface Section {
  readonly id: number;
  readonly body: ArrayLike<number>;
}

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

export function readSections(wasm: Uint8Array): readonly { readonly id: number; readonly body: Uint8Array }[] {
  const module = new Reader(wasm);
  module.take(HEADER.length);
  const sections: { id: number; body: Uint8Array }[] = [];
  while (!module.atEnd) sections.push({ id: module.byte(), body: module.take(module.unsigned()) });
  return sections;
}

export function writeSections(sections: readonly Section[]): Uint8Array {
  const parts = sections.flatMap(({ id, body }) => [[id, ...unsigned(body.length)], body]);
  return concat([HEADER, ...parts]);
}

export function concat(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get position(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    return this.#at >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.#at++];
    if (value === undefined) throw new Error("the module ends early");
    return value;
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.bytes.length) throw new Error("the module ends early");
    return this.bytes.subarray(this.#at, (this.#at += length));
  }

  unsigned(): number {
    return this.leb().value >>> 0;
  }

  signed(): number {
    const { value, bits, last } = this.leb();
    return bits < 32 && (last & 0x40) !== 0 ? value | (-1 << bits) : value;
  }

  private leb(): { value: number; bits: number; last: number } {
    let value = 0;
    let bits = 0;
    let last: number;
    do {
      last = this.byte();
      value |= (last & 0x7f) << bits;
      bits += 7;
    } while ((last & 0x80) !== 0);
    return { value, bits, last };
  }
}

/** Writes an unsigned integer in LEB128. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}

/** Writes a signed integer in LEB128. */
export function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isDone = rest === (low & 0x40 ? -1 : 0);
  return isDone ? [low] : [low | 0x80, ...signed(rest)];
}
