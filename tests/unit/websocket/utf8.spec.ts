import { encodeText } from "microserver/bytes/text";
import { checkUtf8, NOT_UTF8 } from "microserver/websocket/utf8";
import { writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const MARK: u64 = 0xffffffffffffffff;
const place: usize = heap.alloc(8192);
const pieces: usize = heap.alloc(8192);

/** Text that is UTF-8, however it is cut. */
function valid(name: string, text: string): void {
  testRow(name, new Valid(text));
}

/** Bytes that are not: `told` of them tell. */
function invalid(name: string, bytes: string, told: i32): void {
  testRow(name, new Invalid(bytes, told));
}

/** Bytes that may go on, but must not end. */
function open(name: string, bytes: string): void {
  testRow(name, new Open(bytes));
}

class Valid extends Row {
  constructor(private text: string) {
    super();
  }

  check(): void {
    forEachPadding(this.text, 0, 0);
  }
}

class Invalid extends Row {
  constructor(
    private bytes: string,
    private told: i32,
  ) {
    super();
  }

  check(): void {
    forEachPadding(this.bytes, NOT_UTF8, this.told);
  }
}

class Open extends Row {
  constructor(private bytes: string) {
    super();
  }

  check(): void {
    forEachPadding(this.bytes, 1, 0);
  }
}

/** Checks bytes with ASCII of several lengths before them, cut in two at every offset. `told` bytes are needed to refuse them. */
function forEachPadding(bytes: string, expected: i32, told: i32): void {
  for (let padding = 0; padding < 40; padding += padding < 9 ? 1 : 15) {
    const text = "a".repeat(padding) + bytes;
    writeLatin1(place, text);
    for (let cut = 0; cut <= text.length; cut++) {
      const state = inTwo(text.length, cut);
      expect(sign(state)).toBe(expected, `${padding} before it, cut at ${cut}`);
    }
    if (expected == NOT_UTF8) expect(failsAt(text.length)).toBe(padding + told, `${padding} before it`);
  }
}

function sign(state: i32): i32 {
  return state > 0 ? 1 : state;
}

/** The state behind `length` bytes of the place, which are cut at `cut`. */
function inTwo(length: i32, cut: i32): i32 {
  const state = piece(0, 0, cut);
  return state == NOT_UTF8 ? state : piece(state, cut, length);
}

/** Checks bytes of the place by themselves, with bytes behind them that begin no character. */
function piece(state: i32, from: i32, end: i32): i32 {
  const p = pieces + (from & 7);
  memory.copy(p, place + from, end - from);
  store<u64>(p + end - from, MARK);
  return checkUtf8(state, p, p + end - from);
}

/** How many of `length` bytes tell that they are no UTF-8, one by one; 0 where they may go on. */
function failsAt(length: i32): i32 {
  let state = 0;
  for (let i = 0; i < length; i++) {
    state = piece(state, i, i + 1);
    if (state == NOT_UTF8) return i + 1;
  }
  return 0;
}

describe("text that is UTF-8", () => {
  valid("nothing", "");
  valid("ASCII", "Hello, world! \0\x7f");
  valid("the first and last of two bytes", "\xc2\x80\xdf\xbf");
  valid("the first and last of three bytes", "\xe0\xa0\x80\xef\xbf\xbf");
  valid("the first and last of four bytes", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
  valid("before and behind the surrogates", "\xed\x9f\xbf\xee\x80\x80");
  valid("the replacement character", "\xef\xbf\xbd");
  valid("noncharacters", "\xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf");
  valid("a byte order mark", "\xef\xbb\xbfa");
  valid("Greek: kosme", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5");
  valid("all lengths, mixed", "a\xc3\xa9b\xe2\x82\xacc\xf0\x9f\x98\x80d\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80abcdefgh");
});

describe("text that is cut within a character", () => {
  open("one of two", "\xc3");
  open("one of three", "\xe2");
  open("two of three", "\xe2\x82");
  open("one of four", "\xf0");
  open("two of four", "\xf0\x9f");
  open("three of four", "\xf0\x9f\x98");
  open("the beginnings at the borders", "\xf4\x8f\xbf");
});

describe("bytes that begin no character", () => {
  invalid("a continuation byte", "\x80", 1);
  invalid("the last of them", "\xbf", 1);
  invalid("one too many", "\xc3\xa9\x80", 3);
  invalid("five bytes", "\xf8\x88\x80\x80\x80", 1);
  invalid("six bytes", "\xfc\x84\x80\x80\x80\x80", 1);
  invalid("f5", "\xf5\x80\x80\x80", 1);
  invalid("fe", "\xfe", 1);
  invalid("ff", "\xff", 1);
});

describe("characters that do not go on", () => {
  invalid("two bytes, ASCII behind", "\xc3 ", 2);
  invalid("two bytes, another beginning", "\xc3\xc3", 2);
  invalid("three bytes, ASCII second", "\xe2 ", 2);
  invalid("three bytes, ASCII third", "\xe2\x82 ", 3);
  invalid("four bytes, ASCII second", "\xf0 ", 2);
  invalid("four bytes, ASCII third", "\xf0\x9f ", 3);
  invalid("four bytes, ASCII fourth", "\xf0\x9f\x98 ", 4);
  invalid("four bytes, a beginning fourth", "\xf0\x9f\x98\xf0", 4);
});

describe("overlong forms", () => {
  invalid("NUL in two bytes", "\xc0\x80", 1);
  invalid("a slash in two", "\xc0\xaf", 1);
  invalid("the highest in two", "\xc1\xbf", 1);
  invalid("a slash in three", "\xe0\x80\xaf", 2);
  invalid("the highest in three", "\xe0\x9f\xbf", 2);
  invalid("a slash in four", "\xf0\x80\x80\xaf", 2);
  invalid("the highest in four", "\xf0\x8f\xbf\xbf", 2);
});

describe("values that are no characters", () => {
  invalid("the first surrogate", "\xed\xa0\x80", 2);
  invalid("the last", "\xed\xbf\xbf", 2);
  invalid("a pair", "\xed\xa0\xbd\xed\xb8\x80", 2);
  invalid("U+110000", "\xf4\x90\x80\x80", 2);
  invalid("U+13FFFF", "\xf4\xbf\xbf\xbf", 2);
});

/** The lowest and highest value of `length` bytes (RFC 3629 §3). */
function lowest(length: i32): i32 {
  return length == 1 ? 0 : length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
}

/**
 * What RFC 3629 says, in numbers: of [from, from + length) the state, -1, 0 or 1, by the range of values that the bytes of
 * the character leave open.
 */
function judge(from: usize, length: i32): i32 {
  let i = 0;
  while (i < length) {
    const lead = <i32>load<u8>(from + i);
    const size =
      lead < 0x80 ? 1 : (lead & 0xe0) == 0xc0 ? 2 : (lead & 0xf0) == 0xe0 ? 3 : (lead & 0xf8) == 0xf0 ? 4 : 0;
    if (!size) return -1;
    let low = size == 1 ? lead : lead & (0x7f >> size);
    let high = low;
    for (let k = 1; k < size; k++) {
      const isKnown = i + k < length;
      const byte = isKnown ? <i32>load<u8>(from + i + k) : 0x80;
      if (byte >> 6 != 2) return -1;
      low = (low << 6) | (byte & 0x3f);
      high = (high << 6) | (isKnown ? byte & 0x3f : 0x3f);
    }
    low = max(low, lowest(size));
    high = min(high, 0x10ffff);
    if (low >= 0xd800 && high <= 0xdfff) return -1;
    if (low > high) return -1;
    if (i + size > length) return 1;
    i += size;
  }
  return 0;
}

function sameAsJudge(length: i32): void {
  const found = sign(checkUtf8(0, place, place + length));
  const expected = judge(place, length);
  if (found != expected) expect(found).toBe(expected, `${length} bytes: ${load<u64>(place)}`);
}

describe("against a reading of RFC 3629 in numbers", () => {
  it("all of one, two and three bytes", () => {
    store<u64>(place, MARK);
    for (let a = 0; a < 256; a++) {
      store<u8>(place, a);
      sameAsJudge(1);
      for (let b = 0; b < 256; b++) {
        store<u8>(place + 1, b);
        sameAsJudge(2);
        for (let c = 0; c < 256; c++) {
          store<u8>(place + 2, c);
          sameAsJudge(3);
        }
      }
    }
  });
  it("all first two bytes of four with those around the borders behind", () => {
    const borders: u8[] = [0, 0x7f, 0x80, 0xbf, 0xc0, 0xff];
    for (let a = 0xc0; a < 256; a++) {
      store<u8>(place, a);
      for (let b = 0; b < 256; b++) {
        store<u8>(place + 1, b);
        for (let i = 0; i < 36; i++) {
          store<u8>(place + 2, borders[i % 6]);
          store<u8>(place + 3, borders[i / 6]);
          sameAsJudge(4);
        }
      }
    }
  });
  it("all characters", () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      store<u32>(pieces, code < 0x10000 ? code : 0xdc00d800 + ((code - 0x10000) >> 10) + ((code & 0x3ff) << 16));
      const end = encodeText(pieces, pieces + (code < 0x10000 ? 2 : 4), place);
      if (checkUtf8(0, place, end)) expect(code).toBe(-1);
    }
  });
  it("20,000 texts with a byte changed, cut in three", () => {
    const texts =
      "aZ \xc2\x80\xc3\xa9\xdf\xbf\xe0\xa0\x80\xe2\x82\xac\xed\x9f\xbf\xef\xbf\xbf\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf";
    const starts: i32[] = [0, 1, 2, 3, 5, 7, 9, 12, 15, 18, 21, 25, 29];
    let seed: u32 = 1;
    let broken = 0;
    for (let n = 0; n < 20000; n++) {
      let length = 0;
      const size = <i32>((seed >> 8) % 60);
      while (length < size) {
        seed = seed * 1664525 + 1013904223;
        // Runs of ASCII are as frequent as all else.
        const kind = seed >> 31 ? 0 : <i32>((seed >> 8) % 12);
        for (let i = starts[kind]; i < starts[kind + 1]; i++) store<u8>(place + length++, texts.charCodeAt(i));
      }
      seed = seed * 1664525 + 1013904223;
      if (n & 1 && length) store<u8>(place + ((seed >> 16) % length), seed >> 8);
      const first = <i32>((seed >> 4) % (length + 1));
      const second = first + <i32>((seed >> 12) % (length + 1 - first));
      let state = piece(0, 0, first);
      if (state != NOT_UTF8) state = piece(state, first, second);
      if (state != NOT_UTF8) state = piece(state, second, length);
      const expected = judge(place, length);
      if (sign(state) != expected) expect(sign(state)).toBe(expected, `text ${n}`);
      if (expected) broken++;
      let told = 0;
      for (let i = 1; i <= length && !told; i++) if (judge(place, i) < 0) told = i;
      const found = failsAt(length);
      if (found != told) expect(found).toBe(told, `text ${n}`);
    }
    expect(broken > 5000 && broken < 15000).toBe(true);
  });
});
