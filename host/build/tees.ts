/**
 * Writes `local.tee` as `local.set` and `local.get`. WAMR's fast interpreter lets the operation before a `local.set` write
 * into the local itself, and a `local.get` is nothing but an operand to it; a `local.tee` it executes.
 */

import { concat, Reader, readSections, unsigned, writeSections } from "./binary.js";

const CODE = 10;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;

export function splitTees(wasm: Uint8Array): Uint8Array {
  return writeSections(readSections(wasm).map(({ id, body }) => ({ id, body: id === CODE ? splitAll(body) : body })));
}

function splitAll(section: Uint8Array): Uint8Array {
  const reader = new Reader(section);
  const count = reader.unsigned();
  const functions = Array.from({ length: count }, () => split(reader.take(reader.unsigned())));
  return concat([unsigned(count), ...functions.flatMap((body) => [unsigned(body.length), body])]);
}

function split(body: Uint8Array): Uint8Array {
  const reader = new Reader(body);
  for (let groups = reader.unsigned(); groups > 0; groups--) {
    reader.unsigned();
    reader.byte();
  }
  const parts: ArrayLike<number>[] = [];
  let copied = 0;
  while (!reader.atEnd) {
    const start = reader.position;
    const opcode = reader.byte();
    if (opcode !== LOCAL_TEE) {
      skipImmediates(reader, opcode);
      continue;
    }
    const local = unsigned(reader.unsigned());
    parts.push(body.subarray(copied, start), [LOCAL_SET, ...local, LOCAL_GET, ...local]);
    copied = reader.position;
  }
  return concat([...parts, body.subarray(copied)]);
}

/** Skips what follows an opcode (core specification, §5.4). */
function skipImmediates(reader: Reader, opcode: number): void {
  if (opcode === 0x0e) {
    for (let labels = reader.unsigned() + 1; labels > 0; labels--) reader.unsigned();
  } else if (opcode === 0x1c) {
    for (let types = reader.unsigned(); types > 0; types--) reader.byte();
  } else if (opcode === 0x11 || (opcode >= 0x28 && opcode <= 0x3e)) {
    reader.unsigned();
    reader.unsigned();
  } else if (opcode === 0x42) {
    while ((reader.byte() & 0x80) !== 0) continue;
  } else if (opcode === 0x43 || opcode === 0x44) {
    reader.take(opcode === 0x43 ? 4 : 8);
  } else if (opcode === 0xfc) {
    skipExtended(reader, reader.unsigned());
  } else if (opcode === 0xfd || opcode === 0xfe) {
    throw new Error("the module has vector or atomic operations, which the host does not run");
  } else if (hasOneImmediate(opcode)) {
    reader.unsigned();
  }
}

/** block, loop, if; br, br_if; call; locals, globals, tables; memory.size, memory.grow, i32.const; references. */
function hasOneImmediate(opcode: number): boolean {
  return (
    (opcode >= 0x02 && opcode <= 0x04) ||
    (opcode >= 0x0c && opcode <= 0x0d) ||
    opcode === 0x10 ||
    (opcode >= 0x20 && opcode <= 0x26) ||
    (opcode >= 0x3f && opcode <= 0x41) ||
    opcode === 0xd0 ||
    opcode === 0xd2
  );
}

/** Saturating conversions have no immediates, operations on memories and tables one or two. */
function skipExtended(reader: Reader, operation: number): void {
  if (operation < 8) return;
  reader.unsigned();
  if ([8, 10, 12, 14].includes(operation)) reader.unsigned();
}
