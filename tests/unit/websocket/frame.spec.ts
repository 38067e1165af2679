import { frame, FrameEvent, FrameReader, readFrame } from "microserver/websocket/frame";
import { Opcode } from "microserver/websocket/opcode";
import { writeLatin1 } from "../latin1";
import { binary, close, filler, Form, frameOf, head, keyBytes, masked, more, ping, pong, text } from "./frames";
import { begin, drip, feed, reader, reads, reasonText, refused, roomsGiven, said, setLimits } from "./reading";

describe("messages", () => {
  reads("a text", text("Hello"), ["text Hello"]);
  reads("bytes of every kind", binary("\0\x7f\x80\xff"), ["binary \0\x7f\x80\xff"]);
  reads("an empty text", text(""), ["text "]);
  reads("empty bytes", binary(""), ["binary "]);
  reads("several in a row", text("a") + binary("b") + text("") + text("c"), ["text a", "binary b", "text ", "text c"]);
  reads("the example of RFC 6455, 5.7", "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", ["text Hello"]);
  reads("a key of zeros", frameOf(Opcode.TEXT, "Hello", true, 0), ["text Hello"]);
  reads("characters of two, three and four bytes", text("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), [
    "text \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
  ]);
  reads("bytes that are no text", binary("\xc3("), ["binary \xc3("]);
});

describe("lengths", () => {
  reads("125, the last of 7 bits", text(filler(125)), ["text " + filler(125)]);
  reads("126, the first of 16 bits", text(filler(126)), ["text " + filler(126)]);
  reads("127", binary(filler(127)), ["binary " + filler(127)]);
  reads("65,535, the last of 16 bits", text(filler(65535)), ["text " + filler(65535)]);
  reads("65,536, the first of 64 bits and the limit", binary(filler(65536)), ["binary " + filler(65536)]);
});

describe("fragmented messages (RFC 6455, 5.4)", () => {
  reads("in two", text("Hel", false) + more("lo", true), ["text Hello"]);
  reads("in three, of bytes", binary("\xff", false) + more("\0", false) + more("\x80", true), ["binary \xff\0\x80"]);
  reads("with empty frames", text("", false) + more("", false) + more("a", false) + more("", true), ["text a"]);
  reads("all empty", binary("", false) + more("", true), ["binary "]);
  reads("a character cut between frames", text("\xe2", false) + more("\x82", false) + more("\xac", true), [
    "text \xe2\x82\xac",
  ]);
  reads("a character cut around an empty frame", text("\xf0\x9f", false) + more("", false) + more("\x98\x80", true), [
    "text \xf0\x9f\x98\x80",
  ]);
  reads(
    "control frames in between",
    text("He", false) + ping("a") + more("l", false) + pong("") + ping("b") + more("lo", true),
    ["ping a", "pong ", "ping b", "text Hello"],
  );
  reads("a control frame within a character", text("\xc3", false) + ping("\xff") + more("\xa9", true), [
    "ping \xff",
    "text \xc3\xa9",
  ]);
  reads("a text behind bytes that end within a character", binary("\xc3", true) + text("a"), ["binary \xc3", "text a"]);
  reads("a message that is not whole", text("Hel", false) + ping(""), ["ping ", "text Hel…"]);
});

describe("control frames (RFC 6455, 5.5)", () => {
  reads("a ping", ping("abc"), ["ping abc"]);
  reads("an empty ping", ping(""), ["ping "]);
  reads("a pong", pong("abc"), ["pong abc"]);
  reads("a ping of 125 bytes", ping(filler(125)), ["ping " + filler(125)]);
  reads("a close without a code", close(""), ["close "]);
  reads("a close with code and reason", close("\x03\xe8bye"), ["close \x03\xe8bye"]);
  reads("one behind the other", ping("a") + ping("b") + pong("c") + close("\x03\xe8"), [
    "ping a",
    "ping b",
    "pong c",
    "close \x03\xe8",
  ]);
  reads("a ping between messages", text("a") + ping(filler(125)) + text("b"), [
    "text a",
    "ping " + filler(125),
    "text b",
  ]);

  it("need room only where a part of the payload comes alone", () => {
    const bytes = ping("abc");
    for (let cut = 0; cut < bytes.length; cut++) {
      begin();
      feed(bytes, 0, cut);
      feed(bytes, cut, bytes.length);
      expect(roomsGiven()).toBe(i32(cut > 6), `cut at ${cut}`);
    }
  });
});

describe("one message in two, cut at every two offsets", () => {
  it("reads the same", () => {
    const bytes = text("\xe2\x82\xac-", false) + ping("abc") + more(filler(30), true) + binary(filler(126)) + pong("");
    const expected = ["ping abc", "text \xe2\x82\xac-" + filler(30), "binary " + filler(126), "pong "].join("\n");
    for (let cut = 0; cut < bytes.length; cut++) {
      for (let next = cut; next < bytes.length; next++) {
        begin();
        feed(bytes, 0, cut);
        feed(bytes, cut, next);
        feed(bytes, next, bytes.length);
        if (said() != expected) expect(said()).toBe(expected, `cut at ${cut} and ${next}`);
      }
    }
  });
});

describe("where a payload is", () => {
  it("stays where it came: nothing is copied", () => {
    begin();
    const place = heap.alloc(64);
    const bytes = text("Hello") + ping("abc");
    const end = writeLatin1(place, bytes);
    expect(readFrame(reader, place, end)).toBe(FrameEvent.DATA);
    expect(frame.payload).toBe(place + 6);
    expect(frame.length).toBe(5);
    expect(frame.isLast).toBe(true);
    expect(frame.next).toBe(place + 11);
    expect(readFrame(reader, frame.next, end)).toBe(FrameEvent.CONTROL);
    expect(frame.payload).toBe(place + 17);
    expect(readFrame(reader, frame.next, end)).toBe(FrameEvent.NONE);
    expect(frame.next).toBe(end);
  });
  it("says with the first piece how long frame and message are", () => {
    begin();
    const place = heap.alloc(64);
    const bytes = binary("Hello", false) + more(" world", true);
    writeLatin1(place, bytes);
    expect(readFrame(reader, place, place + 8)).toBe(FrameEvent.DATA);
    expect(frame.length).toBe(2);
    expect(reader.left).toBe(3);
    expect(reader.length).toBe(5);
    expect(readFrame(reader, frame.next, place + bytes.length)).toBe(FrameEvent.DATA);
    expect(reader.left).toBe(0);
    expect(frame.isLast).toBe(false);
    expect(readFrame(reader, frame.next, place + bytes.length)).toBe(FrameEvent.DATA);
    expect(reader.length).toBe(11);
    expect(frame.isLast).toBe(true);
  });
  it("costs a connection few bytes", () => {
    expect(offsetof<FrameReader>()).toBe(28);
  });
});

describe("refused: headers, each with the first byte that tells", () => {
  refused("the first reserved bit", head(0xc1, true, 5), 1002, "reserved bit set", 1);
  refused("the second", head(0xa1, true, 5), 1002, "reserved bit set", 1);
  refused("the third", head(0x91, true, 5), 1002, "reserved bit set", 1);
  refused("opcode 3", head(0x83, true, 0), 1002, "unknown opcode", 1);
  refused("opcode 7", head(0x87, true, 0), 1002, "unknown opcode", 1);
  refused("opcode 11", head(0x8b, true, 0), 1002, "unknown opcode", 1);
  refused("opcode 15", head(0x8f, true, 0), 1002, "unknown opcode", 1);
  refused("a fragmented ping", head(0x09, true, 0), 1002, "fragmented control frame", 1);
  refused("a continuation at the beginning", more("a", true), 1002, "continuation of no message", 1);
  refused("a continuation behind a whole message", text("a") + more("b", true), 1002, "continuation of no message", 8);
  refused("a text within a text", text("a", false) + text("b"), 1002, "message within a message", 8);
  refused(
    "bytes within a text, behind a ping",
    text("a", false) + ping("") + binary("b"),
    1002,
    "message within a message",
    14,
  );
  refused("no mask", head(0x81, false, 5) + "Hello", 1002, "frame without a mask", 2);
  refused("no mask on a close", head(0x88, false, 0), 1002, "frame without a mask", 2);
  refused("a ping of 126 bytes", ping(filler(126)), 1002, "control frame too long", 2);
  refused("a close of 65,536 bytes", close(filler(65536)), 1002, "control frame too long", 2);
});

describe("refused: lengths, each with the last byte of the length", () => {
  const WIDE = "length not in its shortest form";
  refused("125 in 16 bits", head(0x82, true, 125, Form.BITS_16), 1002, WIDE, 4);
  refused("0 in 16 bits", head(0x82, true, 0, Form.BITS_16), 1002, WIDE, 4);
  refused("5 in 64 bits", head(0x82, true, 5, Form.BITS_64), 1002, WIDE, 10);
  refused("65,535 in 64 bits", head(0x82, true, 65535, Form.BITS_64), 1002, WIDE, 10);
  refused("the highest bit", head(0x82, true, 0x8000000000000000), 1002, "length above 63 bits", 10);
  refused("all bits", head(0x82, true, 0xffffffffffffffff), 1002, "length above 63 bits", 10);
  refused("a frame of 65,537", head(0x82, true, 65537), 1009, "frame too large", 10);
  refused("a frame of 2^32 + 5", head(0x82, true, 0x100000005), 1009, "frame too large", 10);
  refused("a frame of 2^63 - 1", head(0x82, true, 0x7fffffffffffffff), 1009, "frame too large", 10);
  refused(
    "a message of two frames",
    text(filler(40000), false) + more(filler(25537), true),
    1009,
    "message too large",
    40012,
  );
});

describe("refused: text that is no UTF-8, with the first byte that tells", () => {
  refused("a byte that begins no character", text("ab\xffc"), 1007, "text is no UTF-8", 9);
  refused("a character that does not go on", text("\xe2\x82("), 1007, "text is no UTF-8", 9);
  refused("a surrogate", text("\xed\xa0\x80"), 1007, "text is no UTF-8", 8);
  refused("a character cut by the end", text("\xe2\x82"), 1007, "text ends within a character", 8);
  refused(
    "a character cut by the end of the last frame",
    text("\xe2", false) + more("", true),
    1007,
    "text ends within a character",
    13,
  );
  refused(
    "a character that does not go on in the next frame",
    text("\xe2", false) + more("a", true),
    1007,
    "text is no UTF-8",
    14,
  );
});

describe("limits", () => {
  it("of a frame hold for each frame of a message", () => {
    setLimits(10, 20);
    expect(drip(binary(filler(10), false) + more(filler(10), true))).toBe(33);
    expect(drip(binary(filler(11)))).toBe(2);
    expect(reasonText()).toBe("frame too large");
    expect(drip(binary("a", false) + more(filler(11), true))).toBe(9);
    setLimits(65536, 65536);
  });
  it("of a message hold for its frames together, control frames not counted", () => {
    setLimits(10, 20);
    const two = binary(filler(10), false) + ping(filler(100)) + more(filler(9), false);
    expect(drip(two + more("a", true))).toBe(16 + 106 + 15 + 7 + 1);
    expect(drip(two + more("ab", true))).toBe(16 + 106 + 15 + 2);
    expect(reasonText()).toBe("message too large");
    setLimits(65536, 65536);
  });
  it("of a message begin anew with each", () => {
    setLimits(10, 10);
    expect(drip(binary(filler(10)) + binary(filler(10)))).toBe(33);
    setLimits(65536, 65536);
  });
  it("may be above the usual: 64 KB frames joined to 128 KB", () => {
    setLimits(65536, 131072);
    const half = filler(65536);
    begin();
    expect(feed(text(half, false) + more(half, true), 0, 131072 + 28)).toBe(0);
    expect(said() == "text " + half + half).toBe(true);
    setLimits(65536, 65536);
  });
});

/** What RFC 6455 says of a header, by the letter: the close code, or 0. */
function judge(first: u32, isMasked: bool, length: u64, form: Form, isOpen: bool): i32 {
  const opcode = first & 15;
  if (first & 0x70) return 1002;
  if ((opcode > 2 && opcode < 8) || opcode > 10) return 1002;
  if (opcode >= 8 && (first < 0x80 || form != Form.SHORTEST)) return 1002;
  if (opcode == 0 && !isOpen) return 1002;
  if ((opcode == 1 || opcode == 2) && isOpen) return 1002;
  if (!isMasked) return 1002;
  if (form == Form.BITS_16 && length < 126) return 1002;
  if (form == Form.BITS_64 && (length < 65536 || length >= 0x8000000000000000)) return 1002;
  return length > (isOpen ? 65535 : 65536) ? 1009 : 0;
}

/** Every first byte, with and without a mask, with lengths around every border, whole and byte by byte. */
function everyHeader(isOpen: bool): void {
  const lengths: u64[] = [
    0,
    1,
    124,
    125,
    126,
    127,
    255,
    256,
    65534,
    65535,
    65536,
    65537,
    0x100000000,
    1 << 63,
    u64.MAX_VALUE,
  ];
  const before = isOpen ? binary("a", false) : "";
  let count = 0;
  for (let first: u32 = 0; first < 256; first++) {
    for (let n = 0; n < lengths.length * 6; n++) {
      const isMasked = (n & 1) == 0;
      const form = <Form>((n >> 1) % 3);
      const length = lengths[n / 6];
      if (form == Form.SHORTEST && length > 125) continue;
      if (form == Form.BITS_16 && length > 65535) continue;
      const bytes = before + head(first, isMasked, length, form) + "\0\0\0\0";
      const expected = -judge(first, isMasked, length, form, isOpen);
      begin();
      const whole = feed(bytes, 0, bytes.length);
      if (whole != expected) expect(whole).toBe(expected, `first byte ${first}, length ${length} in form ${form}`);
      const needed = drip(bytes);
      if (needed <= bytes.length != expected < 0) expect(needed).toBe(0, `first byte ${first}, byte by byte`);
      count++;
    }
  }
  expect(count).toBe(256 * 2 * (4 + 10 + 15));
}

describe("every first byte with every class of length, masked or not", () => {
  it("between messages", () => everyHeader(false));
  it("within a message", () => everyHeader(true));
});

describe("keys", () => {
  it("are taken in the order of the wire", () => {
    begin();
    const bytes = head(0x82, true, 4) + keyBytes(0x04030201) + "\x01\x02\x03\x04";
    expect(feed(bytes, 0, bytes.length)).toBe(0);
    expect(said()).toBe("binary \0\0\0\0");
  });
  it("turn with the payload and not with the pieces", () => {
    const bytes = head(0x82, true, 9) + keyBytes(0x04030201) + masked("123456789", 0x04030201);
    for (let step = 1; step < 9; step++) {
      begin();
      for (let i = 0; i < bytes.length; i += step) feed(bytes, i, min(i + step, bytes.length));
      expect(said()).toBe("binary 123456789");
    }
  });
});
