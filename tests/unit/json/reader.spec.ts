import { JsonReader, readJson } from "microserver/json";
import { again, bytesOf, read, refusal, refusalOfBytes } from "./support";

/** A document with every kind of value, and no white space at its end. */
const DOCUMENT =
  ' {"a": [1, -2.5e-3, true, false, null], "ü": {"b\\u0041": "x\\n\\ud83d\\ude00\u{1F600}"}, "": [[], {}]}';

/** Sequences of UTF-8 as they may stand in a string, in hexadecimal. */
const UTF8 = "c280 dfbf e0a080 ed9fbf ee8080 efbfbf f0908080 f48fbfbf 41c3bc42 61626364656667c3bc";

/** Bytes that are no UTF-8. */
const NO_UTF8 =
  "80 bf c0 c080 c1bf c2 c241 c2c0 dfc0 e0 e0a0 e08080 e09fbf e0a041 eda080 edbfbf ef efbf efbf41 f0 " +
  "f090 f09080 f0808080 f08fbfbf f0908041 f4908080 f5808080 f8888080 ff fe";

const WHITE_SPACE = " \t\r\n";

describe("reading JSON", () => {
  it("reads booleans", () => {
    expect(read<bool>("true")).toBe(true);
    expect(read<bool>(" false\n")).toBe(false);
    expect(refusal<bool>("tru")).toBe("expected true or false at byte 0");
    expect(refusal<bool>("True")).toBe("expected true or false at byte 0");
    expect(refusal<bool>("truefalse")).toBe("expected the end at byte 4");
    expect(refusal<bool>("1")).toBe("expected true or false at byte 0");
  });

  it("reads integers to the limits of their type", () => {
    expect(again<i8>("-128")).toBe("-128");
    expect(again<i8>("127")).toBe("127");
    expect(again<u8>("255")).toBe("255");
    expect(again<i16>("-32768")).toBe("-32768");
    expect(again<u16>("65535")).toBe("65535");
    expect(again<i32>("-2147483648")).toBe("-2147483648");
    expect(again<i32>("2147483647")).toBe("2147483647");
    expect(again<u32>("4294967295")).toBe("4294967295");
    expect(again<i64>("-9223372036854775808")).toBe("-9223372036854775808");
    expect(again<i64>("9223372036854775807")).toBe("9223372036854775807");
    expect(again<i64>("9007199254740993")).toBe("9007199254740993");
    expect(again<u64>("18446744073709551615")).toBe("18446744073709551615");
    expect(again<u8>("-0")).toBe("0");
  });

  it("refuses integers beyond the limits of their type", () => {
    expect(refusal<i8>("-129")).toBe("-129 does not fit i8 at byte 0");
    expect(refusal<i8>("128")).toBe("128 does not fit i8 at byte 0");
    expect(refusal<u8>("256")).toBe("256 does not fit u8 at byte 0");
    expect(refusal<u8>("-1")).toBe("-1 does not fit u8 at byte 0");
    expect(refusal<i16>("32768")).toBe("32768 does not fit i16 at byte 0");
    expect(refusal<u16>("65536")).toBe("65536 does not fit u16 at byte 0");
    expect(refusal<i32>("2147483648")).toBe("2147483648 does not fit i32 at byte 0");
    expect(refusal<i32>("-2147483649")).toBe("-2147483649 does not fit i32 at byte 0");
    expect(refusal<u32>("4294967296")).toBe("4294967296 does not fit u32 at byte 0");
    expect(refusal<i64>("9223372036854775808")).toBe("9223372036854775808 does not fit i64 at byte 0");
    expect(refusal<i64>("-9223372036854775809")).toBe("-9223372036854775809 does not fit i64 at byte 0");
    expect(refusal<u64>("18446744073709551616")).toBe("18446744073709551616 does not fit u64 at byte 0");
    expect(refusal<u64>("18446744073709551663")).toBe("18446744073709551663 does not fit u64 at byte 0");
    expect(refusal<i32>("1e400")).toBe("1e400 does not fit i32 at byte 0");
    expect(refusal<i32>("123456789012345678901234567890")).toBe("123456789012345678901234 does not fit i32 at byte 0");
  });

  it("reads integers from every way of writing a whole number", () => {
    expect(read<i32>("1.0")).toBe(1);
    expect(read<i32>("1e2")).toBe(100);
    expect(read<i32>("1.5e1")).toBe(15);
    expect(read<i32>("-1500e-2")).toBe(-15);
    expect(read<u8>("0e5")).toBe(0);
    expect(read<u8>("0.000e-99")).toBe(0);
    expect(read<u64>("1844674407370955161500e-2")).toBe(u64.MAX_VALUE);
  });

  it("refuses a fraction for an integer", () => {
    expect(refusal<i32>("1.5")).toBe("expected a whole number at byte 0");
    expect(refusal<i32>(" 1e-1")).toBe("expected a whole number at byte 1");
    expect(refusal<u8>("0.0000000000000000000000000001")).toBe("expected a whole number at byte 0");
    expect(refusal<u64>("18446744073709551615.5")).toBe("expected a whole number at byte 0");
  });

  it("refuses what is no number", () => {
    expect(refusal<i32>("")).toBe("expected a number at byte 0");
    expect(refusal<i32>("true")).toBe("expected a number at byte 0");
    expect(refusal<i32>('"1"')).toBe("expected a number at byte 0");
    expect(refusal<f64>("+1")).toBe("expected a number at byte 0");
    expect(refusal<f64>(".5")).toBe("expected a number at byte 0");
    expect(refusal<f64>("NaN")).toBe("expected a number at byte 0");
    expect(refusal<f64>("-")).toBe("expected a digit at byte 1");
    expect(refusal<f64>("-Infinity")).toBe("expected a digit at byte 1");
    expect(refusal<f64>("1.")).toBe("expected a digit at byte 2");
    expect(refusal<f64>("1.e5")).toBe("expected a digit at byte 2");
    expect(refusal<f64>("1e")).toBe("expected a digit at byte 2");
    expect(refusal<f64>("1e+")).toBe("expected a digit at byte 3");
    expect(refusal<f64>("01")).toBe("expected the end at byte 1");
    expect(refusal<f64>("-01")).toBe("expected the end at byte 2");
    expect(refusal<f64>("00.5")).toBe("expected the end at byte 1");
    expect(refusal<f64>("0x10")).toBe("expected the end at byte 1");
    expect(refusal<f64>("1.5.2")).toBe("expected the end at byte 3");
    expect(refusal<f64>("1 2")).toBe("expected the end at byte 2");
  });

  it("reads strings and their escapes", () => {
    expect(read<string>('""')).toBe("");
    expect(read<string>('"Hello, World!"')).toBe("Hello, World!");
    expect(read<string>('"\\"\\\\\\/\\b\\f\\n\\r\\t"')).toBe('"\\/\b\f\n\r\t');
    expect(read<string>('"\\u0041\\u00fc\\u4e16\\u0000\\uABCD\\uabcd"')).toBe("Aü世\0\uabcd\uabcd");
    expect(read<string>('"Grüße, 世界 \u{1F600}\x7f"')).toBe("Grüße, 世界 \u{1F600}\x7f");
    expect(read<string>('"ünï, escaped too: \\u00fc"')).toBe("ünï, escaped too: ü");
  });

  it("reads surrogate escapes: pairs as one character, others as U+FFFD", () => {
    expect(read<string>('"\\ud83d\\ude00"')).toBe("\u{1F600}");
    expect(read<string>('"\\ud83d"')).toBe("\ufffd");
    expect(read<string>('"\\ude00"')).toBe("\ufffd");
    expect(read<string>('"\\ude00\\ud83d"')).toBe("\ufffd\ufffd");
    expect(read<string>('"\\ud83dx"')).toBe("\ufffdx");
    expect(read<string>('"\\ud83d\\n"')).toBe("\ufffd\n");
    expect(read<string>('"\\ud83d\\ud83d\\ude00"')).toBe("\ufffd\u{1F600}");
  });

  it("refuses malformed strings", () => {
    expect(refusal<string>("x")).toBe("expected a string at byte 0");
    expect(refusal<string>("'x'")).toBe("expected a string at byte 0");
    expect(refusal<string>('"')).toBe("expected a closing quote at byte 1");
    expect(refusal<string>('"abcdefghijk')).toBe("expected a closing quote at byte 12");
    expect(refusal<string>('"abc\\"')).toBe("expected a closing quote at byte 6");
    expect(refusal<string>('"abc\\')).toBe("expected a valid escape at byte 4");
    expect(refusal<string>('"\\x41"')).toBe("expected a valid escape at byte 1");
    expect(refusal<string>('"\\N"')).toBe("expected a valid escape at byte 1");
    expect(refusal<string>('"\\\0"')).toBe("expected a valid escape at byte 1");
    expect(refusal<string>('"\\u12"')).toBe("expected a valid escape at byte 1");
    expect(refusal<string>('"\\u12g4"')).toBe("expected a valid escape at byte 1");
    expect(refusal<string>('"\\u123')).toBe("expected a valid escape at byte 1");
    expect(refusal<string>('"\\ud83d\\u"')).toBe("expected a valid escape at byte 7");
    expect(refusal<string>('"a\nb"')).toBe("expected an escape for a control character at byte 2");
    expect(refusal<string>('"a\0b"')).toBe("expected an escape for a control character at byte 2");
  });

  it("takes UTF-8 in strings, wherever they end", () => {
    const sequences = UTF8.split(" ");
    for (let i = 0; i < sequences.length; i++) {
      expect(refusalOfBytes<string>(bytesOf("22" + sequences[i] + "22"))).toBe("");
      expect(refusalOfBytes<string>(bytesOf("22" + sequences[i] + "2222"))).not.toBe("");
    }
  });

  it("refuses what is no UTF-8, and UTF-8 that is cut off", () => {
    const sequences = NO_UTF8.split(" ");
    for (let i = 0; i < sequences.length; i++) {
      const wrong = sequences[i];
      expect(refusalOfBytes<string>(bytesOf("22" + wrong + "22"))).toBe("expected UTF-8 at byte 1", wrong);
      expect(refusalOfBytes<string>(bytesOf("22" + wrong))).not.toBe("", wrong);
      expect(refusalOfBytes<string[]>(bytesOf("5b22616263" + wrong + "64656667686922"))).not.toBe("", wrong);
    }
    expect(refusalOfBytes<string>(bytesOf("efbbbf2222"))).toBe("expected a string at byte 0");
  });

  it("reads arrays", () => {
    expect(again<i32[]>("[]")).toBe("[]");
    expect(again<i32[]>("[ ]")).toBe("[]");
    expect(again<i32[]>("[1,2 , 3\n]")).toBe("[1, 2, 3]");
    expect(again<bool[][]>("[[true],[],[false]]")).toBe("[[true], [], [false]]");
    expect(again<StaticArray<u8>>("[1,2,255]")).toBe("[1, 2, 255]");
    expect(again<StaticArray<string>>('["a","b"]')).toBe('["a", "b"]');
    expect(again<(string | null)[]>('[null,"x"]')).toBe('[null, "x"]');
    expect(again<i32[] | null>("null")).toBe("null");
    expect(again<i32[] | null>("[1]")).toBe("[1]");
  });

  it("refuses malformed arrays", () => {
    expect(refusal<i32[]>("{}")).toBe("expected an array at byte 0");
    expect(refusal<i32[]>("[")).toBe("[0]: expected a number at byte 1");
    expect(refusal<i32[]>("[1")).toBe('[0]: expected "," or "]" at byte 2');
    expect(refusal<i32[]>("[1,")).toBe("[1]: expected a number at byte 3");
    expect(refusal<i32[]>("[1,]")).toBe("[1]: expected a number at byte 3");
    expect(refusal<i32[]>("[,1]")).toBe("[0]: expected a number at byte 1");
    expect(refusal<i32[]>("[1 2]")).toBe('[0]: expected "," or "]" at byte 3');
    expect(refusal<i32[]>("[1}")).toBe('[0]: expected "," or "]" at byte 2');
    expect(refusal<i32[]>("[1]]")).toBe("expected the end at byte 3");
    expect(refusal<i32[]>("[null]")).toBe("[0]: expected a number at byte 1");
  });

  it("reads maps, the last of equal keys", () => {
    expect(again<Map<string, i32>>("{}")).toBe("{}");
    expect(again<Map<string, i32>>('{"a":1,"b" : 2}')).toBe('{"a": 1, "b": 2}');
    expect(again<Map<string, i32>>('{"a":1,"b":2,"\\u0061":3}')).toBe('{"a": 3, "b": 2}');
    expect(again<Map<string, string[]>>('{"":["x"]}')).toBe('{"": ["x"]}');
  });

  it("refuses malformed objects", () => {
    expect(refusal<Map<string, i32>>("[]")).toBe("expected an object at byte 0");
    expect(refusal<Map<string, i32>>("{")).toBe("expected a key at byte 1");
    expect(refusal<Map<string, i32>>("{1:2}")).toBe("expected a key at byte 1");
    expect(refusal<Map<string, i32>>('{"a"')).toBe('a: expected ":" at byte 4');
    expect(refusal<Map<string, i32>>('{"a" 1}')).toBe('a: expected ":" at byte 5');
    expect(refusal<Map<string, i32>>('{"a":}')).toBe("a: expected a number at byte 5");
    expect(refusal<Map<string, i32>>('{"a":1')).toBe('a: expected "," or "}" at byte 6');
    expect(refusal<Map<string, i32>>('{"a":1,}')).toBe("expected a key at byte 7");
    expect(refusal<Map<string, i32>>('{"a":1]')).toBe('a: expected "," or "}" at byte 6');
    expect(refusal<Map<string, i32>>('{"a\\q":1}')).toBe("expected a valid escape at byte 3");
  });

  it("names the way to a fault", () => {
    expect(refusal<i32[][]>("[[1],[2,3,true]]")).toBe("[1][2]: expected a number at byte 10");
    expect(refusal<Map<string, Map<string, i32[]>>>('{"a":{"b":[1]},"c":{"x]\\"{":[0,null]}}')).toBe(
      'c.x]\\"{[1]: expected a number at byte 31',
    );
    expect(refusal<Map<string, i32>>('{"' + "k".repeat(100) + '":true}')).toBe(
      "k".repeat(32) + ": expected a number at byte 104",
    );
    expect(refusal<Map<string, i32>>('{"k' + "ü".repeat(50) + '":true}')).toBe(
      "k" + "ü".repeat(15) + ": expected a number at byte 105",
    );
  });

  it("skips white space of the four kinds everywhere, and no other", () => {
    const tokens: StaticArray<string> = ["", "{", '"a"', ":", "[", "1", ",", "2", "]", "}", ""];
    for (let gap = 0; gap < tokens.length - 1; gap++) {
      for (let kind = 0; kind < WHITE_SPACE.length; kind++) {
        let text = "";
        for (let i = 0; i < tokens.length; i++) text += tokens[i] + (i == gap ? WHITE_SPACE.charAt(kind) : "");
        expect(refusal<Map<string, i32[]>>(text)).toBe("");
      }
      let other = "";
      for (let i = 0; i < tokens.length; i++) other += tokens[i] + (i == gap ? "\x0b" : "");
      expect(refusal<Map<string, i32[]>>(other)).not.toBe("");
    }
  });

  it("passes over any value with the same strictness", () => {
    const whole = String.UTF8.encode(DOCUMENT);
    const reader = new JsonReader(changetype<usize>(whole), whole.byteLength);
    reader.skip();
    reader.finish();
    expect(reader.error).toBe("");
  });

  it("refuses a document that is cut off, wherever that is", () => {
    const whole = String.UTF8.encode(DOCUMENT);
    for (let length = 0; length < whole.byteLength; length++) {
      const part = whole.slice(0, length);
      const reader = new JsonReader(changetype<usize>(part), length);
      reader.skip();
      reader.finish();
      expect(reader.failed).toBe(true);
      expect(reader.error.includes("expected")).toBe(true);
    }
  });

  it("never traps, whichever byte is wrong", () => {
    const whole = String.UTF8.encode(DOCUMENT);
    const bytes = Uint8Array.wrap(whole);
    for (let i = 0; i < bytes.length; i++) {
      const right = bytes[i];
      for (let wrong = 0; wrong < 256; wrong += 3) {
        bytes[i] = <u8>wrong;
        const reader = new JsonReader(changetype<usize>(whole), whole.byteLength);
        reader.skip();
        reader.finish();
        expect(reader.failed).toBe(reader.error.length > 0);
      }
      bytes[i] = right;
    }
  });

  it("takes 16 levels of nesting, not more", () => {
    const deep = '[{"a":'.repeat(8);
    const end = "}]".repeat(8);
    const bytes = String.UTF8.encode(deep + "1" + end);
    const reader = new JsonReader(changetype<usize>(bytes), bytes.byteLength);
    reader.skip();
    reader.finish();
    expect(reader.error).toBe("");
    const deeper = String.UTF8.encode(deep + "[]" + end);
    const other = new JsonReader(changetype<usize>(deeper), deeper.byteLength);
    other.skip();
    expect(other.error).toBe("[0].a[0].a[0].a[0].a[0].a[0].a[0].a[0].a: expected at most 16 levels at byte 48");
  });

  it("does not let a document take more memory than its budget", () => {
    expect(refusal<string[]>("[" + '"",'.repeat(2000) + '""]').includes("less: the memory for it is spent")).toBe(true);
    expect(refusal<i64[]>("[" + "1,".repeat(2000) + "1]").includes("less: the memory for it is spent")).toBe(true);
    expect(
      refusal<Map<string, bool>>("{" + '"a":true,'.repeat(400) + '"a":true}').includes(
        "less: the memory for it is spent",
      ),
    ).toBe(true);
    const bytes = String.UTF8.encode("[" + "1,".repeat(2000) + "1]");
    const reader = new JsonReader(changetype<usize>(bytes), bytes.byteLength);
    reader.budget = 40000;
    expect(readJson<i64[]>(reader).length).toBe(2001);
    expect(reader.error).toBe("");
  });

  it("reads nothing more after a fault", () => {
    const bytes = String.UTF8.encode("[1,x,2]");
    const reader = new JsonReader(changetype<usize>(bytes), bytes.byteLength);
    const items = readJson<i32[]>(reader);
    expect(items.length).toBe(2);
    expect(readJson<string>(reader)).toBe("");
    expect(readJson<i32[]>(reader).length).toBe(0);
    expect(readJson<f64>(reader)).toBe(0);
    expect(reader.error).toBe("[1]: expected a number at byte 3");
  });
});
