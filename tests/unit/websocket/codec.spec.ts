import { Output } from "microserver/bytes/output";
import { isKey, writeAccept } from "microserver/websocket/accept";
import { readClose, writeClose } from "microserver/websocket/close";
import { CloseCode, isCloseCode } from "microserver/websocket/close_code";
import { rotateKey, unmask } from "microserver/websocket/mask";
import { Opcode } from "microserver/websocket/opcode";
import { MAX_HEADER, writeHeader } from "microserver/websocket/write";
import { readLatin1, writeLatin1 } from "../latin1";
import { reasonText } from "./reading";

const place: usize = heap.alloc(1024);
const copy: usize = heap.alloc(1024);

describe("unmask, against a loop over bytes", () => {
  it("at every alignment and length, with every rotation; nothing around changes", () => {
    const key: u32 = 0x5a0d37fa;
    for (let at = 0; at < 8; at++) {
      for (let length = 0; length < 100; length++) {
        for (let turned = 0; turned < 4; turned++) {
          for (let i = 0; i < 128; i++) {
            const byte = (i * 37 + length) & 0xff;
            store<u8>(place + i, byte);
            const k = i - at;
            const isIn = k >= 0 && k < length;
            store<u8>(copy + i, isIn ? byte ^ ((key >> (((k + turned) & 3) << 3)) & 0xff) : byte);
          }
          unmask(place + at, length, rotateKey(key, turned));
          if (memory.compare(place, copy, 128)) expect(length).toBe(-1, `at ${at}, key turned by ${turned}`);
        }
      }
    }
  });
  it("in pieces, cut at every two offsets", () => {
    const key: u32 = 0x04030281;
    for (let cut = 0; cut <= 50; cut++) {
      for (let next = cut; next <= 50; next++) {
        for (let i = 0; i < 50; i++) {
          store<u8>(place + i, i);
          store<u8>(copy + i, i ^ ((key >> ((i & 3) << 3)) & 0xff));
        }
        unmask(place, cut, key);
        const second = rotateKey(key, cut);
        unmask(place + cut, next - cut, second);
        unmask(place + next, 50 - next, rotateKey(second, next - cut));
        if (memory.compare(place, copy, 50)) expect(cut).toBe(-1, `cut at ${cut} and ${next}`);
      }
    }
  });
});

function key(text: string): bool {
  return isKey(writeLatin1(place, text) - text.length, text.length);
}

function accept(text: string): string {
  writeLatin1(place, text);
  return readLatin1(copy, writeAccept(copy, place));
}

describe("Sec-WebSocket-Key (RFC 6455, 4.2.1)", () => {
  it("is the base64 of 16 bytes", () => {
    expect(key("dGhlIHNhbXBsZSBub25jZQ==")).toBe(true);
    expect(key("AAAAAAAAAAAAAAAAAAAAAA==")).toBe(true);
    expect(key("+/+/+/+/+/+/+/+/+/+/+w==")).toBe(true);
  });
  it("is refused with fewer or more bytes", () => {
    expect(key("")).toBe(false);
    expect(key("AAAAAAAAAAAAAAAAAAAA")).toBe(false);
    expect(key("AAAAAAAAAAAAAAAAAAAAAAA=")).toBe(false);
    expect(key("AAAAAAAAAAAAAAAAAAAAAAAA")).toBe(false);
    expect(key("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")).toBe(false);
  });
  it("is refused without its padding", () => {
    expect(key("dGhlIHNhbXBsZSBub25jZQ")).toBe(false);
    expect(key("dGhlIHNhbXBsZSBub25jZQ=")).toBe(false);
  });
  it("is refused with other characters", () => {
    expect(key("dGhlIHNhbXBsZSBub25jZ!==")).toBe(false);
    expect(key("dGhlIHNhbXBsZSBub25jZ===")).toBe(false);
    expect(key("dGhl-HNhbXBsZSBub25jZQ==")).toBe(false);
    expect(key(" dGhlIHNhbXBsZSBub25jZQ=")).toBe(false);
  });
  it("is refused with unused bits set", () => {
    expect(key("dGhlIHNhbXBsZSBub25jZR==")).toBe(false);
  });
});

describe("Sec-WebSocket-Accept (RFC 6455, 4.2.2)", () => {
  it("answers the key of RFC 6455, 1.3", () => {
    expect(accept("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  });
  it("answers another", () => {
    expect(accept("x3JJHMbDL1EzLkh9GBhXDw==")).toBe("HSmrc0sMlYUkAGmm5OPpG2HaGWk=");
  });
});

describe("close codes (RFC 6455, 7.4)", () => {
  it("that may be sent", () => {
    for (let code = 0; code < 65536; code++) {
      const isRegistered = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
      const expected = isRegistered || (code >= 3000 && code <= 4999);
      if (isCloseCode(code) != expected) expect(isCloseCode(code)).toBe(expected, `code ${code}`);
    }
  });
});

/** Reads a close frame's payload; returns its code or the negated close code. */
function closed(payload: string): i32 {
  store<u64>(writeLatin1(place, payload), u64.MAX_VALUE);
  return readClose(place, payload.length);
}

describe("reading a close (RFC 6455, 5.5.1)", () => {
  it("without a code", () => {
    expect(closed("")).toBe(1005);
  });
  it("with a code", () => {
    expect(closed("\x03\xe8")).toBe(1000);
    expect(closed("\x0f\xa0")).toBe(4000);
  });
  it("with a reason", () => {
    expect(closed("\x03\xe9bye")).toBe(1001);
    expect(closed("\x03\xe9\xe2\x82\xac")).toBe(1001);
    expect(closed("\x03\xe9" + "a".repeat(123))).toBe(1001);
  });
  it("refuses half a code", () => {
    expect(closed("\x03")).toBe(-1002);
    expect(reasonText()).toBe("close frame with half a code");
  });
  it("refuses every code that must not be sent", () => {
    for (let code = 0; code < 65536; code++) {
      const found = closed(String.fromCharCode(code >> 8) + String.fromCharCode(code & 0xff));
      const expected = isCloseCode(code) ? code : -1002;
      if (found != expected) expect(found).toBe(expected, `code ${code}`);
    }
    closed("\x03\xed");
    expect(reasonText()).toBe("close code that must not be sent");
  });
  it("refuses a reason that is no UTF-8", () => {
    expect(closed("\x03\xe8\xff")).toBe(-1007);
    expect(reasonText()).toBe("close reason is no UTF-8");
    expect(closed("\x03\xe8a\xed\xa0\x80")).toBe(-1007);
  });
  it("refuses a reason that ends within a character", () => {
    expect(closed("\x03\xe8\xe2\x82")).toBe(-1007);
  });
});

/** The frame that is appended behind a mark. */
function closeFrame(code: i32, reason: string): string {
  const out = new Output();
  out.byte(0x21);
  writeClose(out, code, reason);
  const bytes = readLatin1(out.start, out.end);
  expect(bytes.charCodeAt(0)).toBe(0x21);
  return bytes.substring(1);
}

describe("writing a close", () => {
  it("with code and reason", () => {
    expect(closeFrame(CloseCode.NORMAL, "bye")).toBe("\x88\x05\x03\xe8bye");
    expect(closeFrame(4999, "€")).toBe("\x88\x05\x13\x87\xe2\x82\xac");
  });
  it("with a code alone", () => {
    expect(closeFrame(CloseCode.GOING_AWAY, "")).toBe("\x88\x02\x03\xe9");
  });
  it("with NO_STATUS: nothing, no reason either", () => {
    expect(closeFrame(CloseCode.NO_STATUS, "bye")).toBe("\x88\0");
  });
  it("with a reason of 123 bytes", () => {
    expect(closeFrame(CloseCode.NORMAL, "a".repeat(123))).toBe("\x88\x7d\x03\xe8" + "a".repeat(123));
  });
  it("cuts a longer reason", () => {
    expect(closeFrame(CloseCode.NORMAL, "a".repeat(1000))).toBe("\x88\x7d\x03\xe8" + "a".repeat(123));
  });
  it("cuts it between characters, whatever their length", () => {
    for (let before = 0; before < 8; before++) {
      for (let kind = 0; kind < 3; kind++) {
        const character = kind == 0 ? "é" : kind == 1 ? "€" : "😀";
        const size = kind + 2;
        const frame = closeFrame(CloseCode.NORMAL, "a".repeat(before) + character.repeat(130));
        const expected = 2 + before + <i32>((123 - before) / size) * size;
        expect(frame.length).toBe(2 + expected, `${before} before ${character}`);
        expect(frame.charCodeAt(1)).toBe(expected, `${before} before ${character}`);
        expect(closed(frame.substring(2))).toBe(1000, `${before} before ${character}`);
      }
    }
  });
  it("replaces a surrogate without its other half, unless it is cut off", () => {
    const half = String.fromCharCode(0xd83d);
    expect(closeFrame(CloseCode.NORMAL, half)).toBe("\x88\x05\x03\xe8\xef\xbf\xbd");
    expect(closeFrame(CloseCode.NORMAL, "a".repeat(122) + "😀")).toBe("\x88\x7c\x03\xe8" + "a".repeat(122));
  });
});

/** The header that is written before a payload. */
function header(length: u32, opcode: Opcode, isLast: bool): string {
  memory.fill(place, 0x78, 64);
  const payload = place + MAX_HEADER + 1;
  const size = writeHeader(payload, length, opcode, isLast);
  expect(readLatin1(place, payload - size)).toBe("x".repeat(MAX_HEADER + 1 - size), "before it");
  expect(load<u8>(payload)).toBe(0x78, "the payload");
  return readLatin1(payload - size, payload);
}

describe("the header of a server's frame (RFC 6455, 5.2)", () => {
  it("has two bytes up to 125", () => {
    expect(header(0, Opcode.TEXT, true)).toBe("\x81\0");
    expect(header(5, Opcode.BINARY, true)).toBe("\x82\x05");
    expect(header(125, Opcode.PING, true)).toBe("\x89\x7d");
  });
  it("has four up to 65,535", () => {
    expect(header(126, Opcode.TEXT, true)).toBe("\x81\x7e\0\x7e");
    expect(header(0xfffe, Opcode.TEXT, true)).toBe("\x81\x7e\xff\xfe");
    expect(header(65535, Opcode.BINARY, true)).toBe("\x82\x7e\xff\xff");
  });
  it("has ten above", () => {
    expect(header(65536, Opcode.TEXT, true)).toBe("\x81\x7f\0\0\0\0\0\x01\0\0");
    expect(header(0xfffefdfc, Opcode.TEXT, true)).toBe("\x81\x7f\0\0\0\0\xff\xfe\xfd\xfc");
  });
  it("says whether more is to come", () => {
    expect(header(5, Opcode.TEXT, false)).toBe("\x01\x05");
    expect(header(5, Opcode.CONTINUATION, false)).toBe("\0\x05");
    expect(header(5, Opcode.CONTINUATION, true)).toBe("\x80\x05");
  });
  it("is the last of a message where nothing else is said", () => {
    expect(writeHeader(place + MAX_HEADER, 0, Opcode.PONG)).toBe(2);
    expect(load<u8>(place + MAX_HEADER - 2)).toBe(0x8a);
  });
});
