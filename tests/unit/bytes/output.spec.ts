import { ascii } from "microserver/bytes/ascii";
import { Output } from "microserver/bytes/output";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const REGION_SIZE = 16;
const region: usize = heap.alloc(64);

function bytesOf(out: Output): string {
  return readLatin1(out.start, out.end);
}

/** An empty output in its region, with a mark behind that. */
function inRegion(): Output {
  memory.fill(region, 0x78, 64);
  return new Output(region, REGION_SIZE);
}

function isInRegion(out: Output): bool {
  expect(readLatin1(region + REGION_SIZE, region + 64)).toBe(
    "x".repeat(64 - REGION_SIZE),
    "what lies behind the region",
  );
  return out.start == region;
}

describe("Output: where its bytes are", () => {
  it("begins empty, without memory of its own", () => {
    const out = new Output();
    expect(out.length).toBe(0);
    expect(out.owner).toBeNull();
  });
  it("stays in its region as long as it fits", () => {
    const out = inRegion();
    out.text("0123456789abcdef");
    expect(isInRegion(out)).toBe(true);
    expect(out.length).toBe(16);
    expect(bytesOf(out)).toBe("0123456789abcdef");
  });
  it("moves to the heap with the first byte that does not fit", () => {
    const out = inRegion();
    out.text("0123456789abcdef");
    out.byte(0x21);
    expect(isInRegion(out)).toBe(false);
    expect(bytesOf(out)).toBe("0123456789abcdef!");
  });
  it("moves to the heap as a whole", () => {
    const out = inRegion();
    out.text("0123456789");
    out.text("0123456789");
    expect(isInRegion(out)).toBe(false);
    expect(bytesOf(out)).toBe("01234567890123456789");
  });
  it("is in its region again once it is reset", () => {
    const out = inRegion();
    out.text("a".repeat(100));
    out.reset();
    expect(out.length).toBe(0);
    expect(out.owner).toBeNull();
    out.text("0123456789abcdef");
    expect(isInRegion(out)).toBe(true);
    expect(bytesOf(out)).toBe("0123456789abcdef");
  });
  it("is empty once it is reset within its region", () => {
    const out = inRegion();
    out.text("abc");
    out.reset();
    out.byte(0x64);
    expect(bytesOf(out)).toBe("d");
    expect(isInRegion(out)).toBe(true);
  });
  it("grows byte by byte to any size", () => {
    const out = new Output();
    for (let i = 0; i < 10000; i++) out.byte(i * 7);
    expect(out.length).toBe(10000);
    for (let i = 0; i < 10000; i++) if (load<u8>(out.start + i) != <u8>(i * 7)) expect(i).toBe(-1, "byte that differs");
  });
  it("grows by much at once", () => {
    const out = new Output();
    out.text("abc");
    out.text("d".repeat(5000));
    expect(bytesOf(out)).toBe("abc" + "d".repeat(5000));
    expect(out.limit).toBeGreaterThanOrEqual(out.end);
  });
  it("grows by doubling, so that each byte is copied a bounded number of times", () => {
    const out = new Output();
    let moves = 0;
    let start = out.start;
    for (let i = 0; i < 100000; i++) {
      out.byte(0x61);
      if (out.start != start) moves++;
      start = out.start;
    }
    expect(moves).toBeLessThan(12);
  });
});

describe("Output: room", () => {
  it("is made where it lacks, and is not used up by that", () => {
    const out = inRegion();
    out.text("abc");
    const to = out.reserve(13);
    expect(to).toBe(region + 3);
    expect(out.length).toBe(3);
    expect(out.reserve(14)).not.toBe(region + 3);
    expect(bytesOf(out)).toBe("abc");
    expect(<i32>(out.limit - out.end)).toBeGreaterThanOrEqual(14);
  });
  it("is made for nothing", () => {
    const out = inRegion();
    out.text("0123456789abcdef");
    out.reserve(0);
    out.bytes(region, 0);
    out.text("");
    expect(isInRegion(out)).toBe(true);
  });
});

describe("Output: bytes of another owner", () => {
  it("are taken without a copy", () => {
    const owner = new ArrayBuffer(32);
    const from = changetype<usize>(owner) + 4;
    writeLatin1(from, "adopted");
    const out = new Output();
    out.text("gone");
    out.adopt(owner, from, 7);
    expect(out.start).toBe(from);
    expect(bytesOf(out)).toBe("adopted");
  });
  it("are copied before more is added", () => {
    const owner = new ArrayBuffer(32);
    const from = changetype<usize>(owner);
    writeLatin1(from, "adopted, not changed");
    const out = new Output();
    out.adopt(owner, from, 7);
    out.byte(0x21);
    expect(bytesOf(out)).toBe("adopted!");
    expect(readLatin1(from, from + 20)).toBe("adopted, not changed");
  });
  it("are left behind once it is reset", () => {
    const owner = new ArrayBuffer(32);
    const out = inRegion();
    out.adopt(owner, changetype<usize>(owner), 32);
    out.reset();
    out.text("own");
    expect(isInRegion(out)).toBe(true);
    expect(bytesOf(out)).toBe("own");
  });
});

describe("Output: what is added", () => {
  it("a byte, of which the lowest eight bits count", () => {
    const out = inRegion();
    out.byte(0x41);
    out.byte(0x1ff);
    out.byteNow(0x42);
    expect(bytesOf(out)).toBe("A\xffB");
  });
  it("bytes", () => {
    const out = new Output();
    writeLatin1(region, "abc\0\xff");
    out.bytes(region, 5);
    out.bytes(region, 1);
    expect(bytesOf(out)).toBe("abc\0\xffa");
  });
  it("constant text", () => {
    const out = new Output();
    out.ascii(ascii("constant, "));
    out.asciiNow(ascii("5 €"));
    out.ascii(ascii(""));
    expect(bytesOf(out)).toBe("constant, 5 \xe2\x82\xac");
  });
  it("text as UTF-8, wherever its first character beyond ASCII is", () => {
    for (let before = 0; before < 20; before++) {
      for (let behind = 0; behind < 10; behind++) {
        const out = inRegion();
        out.text("a".repeat(before) + "é€\ud83d\ude00\ud800" + "z".repeat(behind));
        const expected = "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd";
        expect(bytesOf(out)).toBe("a".repeat(before) + expected + "z".repeat(behind));
        isInRegion(out);
      }
    }
  });
  it("itself as text", () => {
    const out = new Output();
    out.text("Zoë");
    out.byte(0xff);
    expect(out.toString()).toBe("Zoë\ufffd");
    expect(new Output().toString()).toBe("");
  });
});

class IntRow extends Row {
  constructor(
    private value: i64,
    private text: string,
  ) {
    super();
  }

  check(): void {
    const out = new Output();
    out.byte(0x5b);
    out.int(this.value);
    out.byte(0x5d);
    expect(bytesOf(out)).toBe("[" + this.text + "]");
  }
}

function int(value: i64, text: string): void {
  testRow(text, new IntRow(value, text));
}

describe("Output: numbers", () => {
  int(0, "0");
  int(7, "7");
  int(10, "10");
  int(-1, "-1");
  int(-10, "-10");
  int(i32.MAX_VALUE, "2147483647");
  int(i32.MIN_VALUE, "-2147483648");
  int(<i64>u32.MAX_VALUE + 1, "4294967296");
  int(i64.MAX_VALUE, "9223372036854775807");
  int(i64.MIN_VALUE, "-9223372036854775808");

  it("around every power of ten", () => {
    let power: i64 = 1;
    for (let digits = 1; digits < 19; digits++) {
      for (let i = -1; i <= 1; i++) {
        const out = inRegion();
        out.int(power + i);
        out.byte(0x20);
        out.int(-power - i);
        expect(bytesOf(out)).toBe(`${power + i} ${-power - i}`);
      }
      power *= 10;
    }
  });
});
