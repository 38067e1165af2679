/** Joins the data segments of a module: the engine keeps a record for each, in memory that a chip has little of. */

import { Reader, readSections, signed, unsigned, writeSections } from "./binary.js";

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
  const sections = readSections(wasm);
  const data = sections.find(({ id }) => id === DATA);
  if (!data) return wasm;
  const segments = joined(readSegments(new Reader(data.body)));
  return writeSections(
    sections.map(({ id, body }) => {
      if (id === DATA) return { id, body: writeSegments(segments) };
      return { id, body: id === DATA_COUNT ? unsigned(segments.length) : body };
    }),
  );
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
