/** Reads files of ahead-of-time compiled code, as far as the build checks them. The layout is WAMR's, version 6. */

const MAGIC = 0x746f6100; // "\0aot"
const INIT_DATA = 1;
const RELOCATIONS = 5;
const CUSTOM = 100;
/** Groups of relocations that change code. */
const TEXT = /^\.rela?\.(l?text|literal)$/;
/** A relocation of 32-bit code: offset, addend, type, symbol, of four bytes each. */
const RELOCATION_BYTES = 16;
const SYMBOL_AT = 12;

/**
 * The symbols that relocations in code refer to, each once; code that has any cannot be executed where it lies in flash.
 *
 * @param bytes a file for a 32-bit processor
 * @throws where the bytes are no such file
 */
export function textRelocations(bytes: Uint8Array): string[] {
  const section = sectionsOf(bytes).find(({ type }) => type === RELOCATIONS);
  if (!section) throw new Error("the file has no section of relocations");
  const reader = new Reader(bytes, section.start, section.end);
  const symbols = readSymbols(reader);
  const found = new Set<string>();
  for (let groups = reader.u32(); groups > 0; groups--) {
    const isText = TEXT.test(symbols(reader.u32()));
    for (let count = reader.u32(); count > 0; count--) {
      const start = reader.at;
      reader.at = start + SYMBOL_AT;
      const symbol = symbols(reader.u32());
      reader.at = start + RELOCATION_BYTES;
      if (isText) found.add(symbol);
    }
  }
  return [...found];
}

/** The table of how much stack each function takes: the only data that code without text relocations comes with. */
const STACK_SIZES = Buffer.from(".aot_stack_sizes\0\0");

/**
 * Bytes of data that the runtime copies to memory when it loads code which is executed in place.
 *
 * @param bytes a file without text relocations
 * @throws where the bytes are no such file, or have other data than what code of that kind comes with
 */
export function dataBytes(bytes: Uint8Array): number {
  const section = sectionsOf(bytes).find(({ type }) => type === INIT_DATA);
  if (!section) throw new Error("the file has no section of data");
  const name = Buffer.from(bytes.buffer, bytes.byteOffset, section.end).indexOf(STACK_SIZES, section.start);
  const count = new Reader(bytes, name - 6, section.end).u32();
  const size = new Reader(bytes, name + STACK_SIZES.length, section.end);
  const length = size.u32();
  if (count !== 1 || size.at + length !== section.end) throw new Error("the file has data that is not known");
  return length;
}

interface Section {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

function sectionsOf(bytes: Uint8Array): Section[] {
  const reader = new Reader(bytes, 0, bytes.length);
  if (reader.u32() !== MAGIC) throw new Error("the file is no ahead-of-time compiled code");
  reader.u32(); // version
  const sections: Section[] = [];
  while (reader.at < bytes.length) {
    const type = reader.u32();
    const size = reader.u32();
    if (type > RELOCATIONS && type !== CUSTOM) throw new Error(`the file has a section of unknown type ${type}`);
    sections.push({ type, start: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return sections;
}

/** Reads the table of strings; what is returned gives one by its index. */
function readSymbols(reader: Reader): (index: number) => string {
  const offsets = Array.from({ length: reader.u32() }, () => reader.u32());
  const size = reader.u32();
  const start = reader.at;
  reader.at += size;
  return (index) => {
    const offset = offsets[index];
    if (offset === undefined) throw new Error(`the file has no string ${index}`);
    return reader.string(start + offset);
  };
}

/** Numbers are little-endian, and aligned to four bytes. */
class Reader {
  readonly #view: DataView;

  constructor(
    bytes: Uint8Array,
    public at: number,
    readonly end: number,
  ) {
    if (end > bytes.length) throw new Error("the file ends early");
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u32(): number {
    const at = (this.at + 3) & ~3;
    if (at + 4 > this.end) throw new Error("the file ends early");
    this.at = at + 4;
    return this.#view.getUint32(at, true);
  }

  /** A length of two bytes, then that many characters, of which the last may be NUL. */
  string(at: number): string {
    const length = this.#view.getUint16(at, true);
    const bytes = Buffer.from(this.#view.buffer, this.#view.byteOffset + at + 2, length);
    return bytes.toString("latin1").replace(/\0+$/, "");
  }
}
