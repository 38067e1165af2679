import { Output } from "microserver/bytes/output";
import { decodeText } from "microserver/bytes/text";
import { writeJson } from "microserver/json";
import { again, read, written } from "./support";

enum Color {
  Red,
  Green,
}

describe("writing JSON", () => {
  it("writes booleans and null", () => {
    expect(written<bool>(true)).toBe("true");
    expect(written<bool>(false)).toBe("false");
    expect(written<string | null>(null)).toBe("null");
    expect(written<string | null>("there")).toBe('"there"');
    expect(written<i32[] | null>(null)).toBe("null");
  });

  it("writes integers to the limits of their type", () => {
    expect(written<i32>(0)).toBe("0");
    expect(written<i8>(i8.MIN_VALUE)).toBe("-128");
    expect(written<u8>(u8.MAX_VALUE)).toBe("255");
    expect(written<i16>(i16.MIN_VALUE)).toBe("-32768");
    expect(written<u16>(u16.MAX_VALUE)).toBe("65535");
    expect(written<i32>(i32.MIN_VALUE)).toBe("-2147483648");
    expect(written<u32>(u32.MAX_VALUE)).toBe("4294967295");
    expect(written<i64>(i64.MIN_VALUE)).toBe("-9223372036854775808");
    expect(written<i64>(i64.MAX_VALUE)).toBe("9223372036854775807");
    expect(written<u64>(u64.MAX_VALUE)).toBe("18446744073709551615");
    expect(written<u64>(9223372036854775808)).toBe("9223372036854775808");
    expect(written<Color>(Color.Green)).toBe("1");
  });

  it("writes strings as they are where they need no escape", () => {
    expect(written("")).toBe('""');
    expect(written("a")).toBe('"a"');
    expect(written("abcd")).toBe('"abcd"');
    expect(written("Hello, World!")).toBe('"Hello, World!"');
    expect(written("a/b \x7f")).toBe('"a/b \x7f"');
    expect(written("Grüße, 世界 \u{1F600}.")).toBe('"Grüße, 世界 \u{1F600}."');
  });

  it("escapes quotes, backslashes and controls", () => {
    expect(written('"')).toBe('"\\""');
    expect(written("\\")).toBe('"\\\\"');
    expect(written("\b\t\n\f\r")).toBe('"\\b\\t\\n\\f\\r"');
    expect(written("\0")).toBe('"\\u0000"');
    expect(written("\x07\x0b\x0e\x1f")).toBe('"\\u0007\\u000b\\u000e\\u001f"');
  });

  it("escapes at every place of a longer text", () => {
    const plain = "0123456789abcdef";
    for (let i = 0; i <= plain.length; i++) {
      const before = plain.substring(0, i);
      const after = plain.substring(i);
      expect(written(before + '"' + after)).toBe('"' + before + '\\"' + after + '"');
      expect(written(before + "\n\x01" + after)).toBe('"' + before + "\\n\\u0001" + after + '"');
      expect(written(before + "ü\u{1F600}" + after)).toBe('"' + before + "ü\u{1F600}" + after + '"');
    }
  });

  it("leaves no control or quote of ASCII unescaped", () => {
    for (let code = 0; code < 0x80; code++) {
      const text = "abc" + String.fromCharCode(code) + "defgh";
      expect(read<string>(written(text))).toBe(text);
      const json = written(text);
      for (let i = 0; i < json.length; i++) expect(json.charCodeAt(i)).toBeGreaterThan(0x1f);
    }
  });

  it("writes U+FFFD for unpaired surrogates", () => {
    expect(written("\ud800")).toBe('"\ufffd"');
    expect(written("a\udc00b")).toBe('"a\ufffdb"');
    expect(written("\udc00\ud800")).toBe('"\ufffd\ufffd"');
  });

  it("writes arrays with a comma and a space", () => {
    expect(written<i32[]>([])).toBe("[]");
    expect(written<i32[]>([1])).toBe("[1]");
    expect(written<i32[]>([1, -2, 3])).toBe("[1, -2, 3]");
    expect(written<string[]>(["a", 'b"'])).toBe('["a", "b\\""]');
    expect(written<bool[][]>([[true], [], [false, true]])).toBe("[[true], [], [false, true]]");
    expect(written<StaticArray<u8>>([1, 255])).toBe("[1, 255]");
    expect(written<(string | null)[]>([null, "x"])).toBe('[null, "x"]');
  });

  it("writes maps in the order of their keys' arrival", () => {
    const map = new Map<string, i32>();
    expect(written(map)).toBe("{}");
    map.set("b", 1);
    map.set('a"', -2);
    expect(written(map)).toBe('{"b": 1, "a\\"": -2}');
    const nested = new Map<string, string[]>();
    nested.set("list", ["x"]);
    expect(written(nested)).toBe('{"list": ["x"]}');
  });

  it("moves to the heap when it outgrows its region, at every size of that", () => {
    const text = 'plain text, "quotes", ünï \u{1F600} \x01\x02 and an end';
    for (let size = 0; size < 80; size++) {
      const region = new ArrayBuffer(size);
      const out = new Output(changetype<usize>(region), size);
      writeJson<string[]>(out, [text, "x"]);
      expect(decodeText(out.start, out.length)).toBe(written<string[]>([text, "x"]));
    }
    expect(again<string>(written(text))).toBe(written(text));
  });
});
