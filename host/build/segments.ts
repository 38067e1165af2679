/** Joins the data segments of a module: the engine keeps a record for each, in memory that a chip has little of. */

/** Zeros that two segments may be apart to become one. */
const GAP = 12;
const DATA = 11;
const DATA_COUNT = 12;

interface Segment {
  readonly address: number;
  bytes: number[];
}

/** A module with its active data segments joined where few zeros part them. Code and names stay as they are. */
export function joinSegments(wasm: Uint8Array): Uint8Array {
  const module = new Reader(wasm);
  const header = module.take(8);
  const sections: { id: number; body: Uint8Array }[] = [];
  while (!module.atEnd) sections.push({ id: module.byte(), body: module.take(module.unsigned()) });
  const data = sections.find(({ id }) => id === DATA);
  if (!data) return wasm;
  const segments = joined(readSegments(new Reader(data.body)));
  const parts = sections.map(({ id, body }) => {
    const content = id === DATA ? writeSegments(segments) : id === DATA_COUNT ? unsigned(segments.length) : [...body];
    return [id, ...unsigned(content.length), ...content];
  });
  return Uint8Array.from([...header, ...parts.flat()]);
}

function readSegments(section: Reader): Segment[] {
  return Array.from({ length: section.unsigned() }, () => {
    const kind = section.unsigned();
    const instruction = section.byte();
    if (kind !== 0 || instruction !== 0x41) throw new Error("a data segment is not at a constant address of memory 0");
    const address = section.signed();
    section.byte();
    return { address, bytes: [...section.take(section.unsigned())] };
  });
}

function joined(segments: Segment[]): Segment[] {
  const result: Segment[] = [];
  for (const { address, bytes } of segments.sort((a, b) => a.address - b.address)) {
    const last = result.at(-1);
    const gap = last ? address - last.address - last.bytes.length : Infinity;
    if (last && gap <= GAP) last.bytes.push(...new Array<number>(gap).fill(0), ...bytes);
    else result.push({ address, bytes });
  }
  return result;
}

function writeSegments(segments: Segment[]): number[] {
  const bodies = segments.map(({ address, bytes }) => [
    0,
    0x41,
    ...signed(address),
    0x0b,
    ...unsigned(bytes.length),
    ...bytes,
  ]);
  return [...unsigned(segments.length), ...bodies.flat()];
}

/** Reads the binary format (WebAssembly core specification, §5). */
class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

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

function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isDone = rest === (low & 0x40 ? -1 : 0);
  return isDone ? [low] : [low | 0x80, ...signed(rest)];
}
