import { JsonValue } from "microserver/json";
import { again, read, refusal } from "./support";

const DOCUMENT =
  '{"name": "Ada \\u2665", "age": 36, "pi": 3.14, "ok": true, "no": null, "tags": ["x", "y", [1]], "in": {"k": -7}}';

describe("JSON of unknown shape", () => {
  it("is read where it is asked", () => {
    const value = read<JsonValue>(DOCUMENT);
    expect(value.get("name").text).toBe("Ada ♥");
    expect(value.get("age").int).toBe(36);
    expect(value.get("age").number).toBe(36);
    expect(value.get("pi").number).toBe(3.14);
    expect(value.get("ok").bool).toBe(true);
    expect(value.get("tags").at(1).text).toBe("y");
    expect(value.get("tags").at(2).at(0).int).toBe(1);
    expect(value.get("in").get("k").int).toBe(-7);
  });

  it("knows its type", () => {
    const value = read<JsonValue>(DOCUMENT);
    expect(value.isObject).toBe(true);
    expect(value.get("name").isString).toBe(true);
    expect(value.get("age").isNumber).toBe(true);
    expect(value.get("in").get("k").isNumber).toBe(true);
    expect(value.get("ok").isBool).toBe(true);
    expect(value.get("no").isNull).toBe(true);
    expect(value.get("tags").isArray).toBe(true);
    expect(value.get("tags").isObject).toBe(false);
    expect(read<JsonValue>("false").isBool).toBe(true);
  });

  it("counts items and members", () => {
    const value = read<JsonValue>(DOCUMENT);
    expect(value.length).toBe(7);
    expect(value.get("tags").length).toBe(3);
    expect(read<JsonValue>("[ ]").length).toBe(0);
    expect(read<JsonValue>("{}").length).toBe(0);
    expect(read<JsonValue>('"text"').length).toBe(0);
    expect(value.keys.join(" ")).toBe("name age pi ok no tags in");
    expect(read<JsonValue>('{"\\u0061":1}').keys.join(" ")).toBe("a");
    expect(value.get("tags").keys.length).toBe(0);
  });

  it("answers for what is missing or of another type", () => {
    const value = read<JsonValue>(DOCUMENT);
    const missing = value.get("nothing");
    expect(missing.exists).toBe(false);
    expect(missing.isNull).toBe(false);
    expect(missing.text).toBe("");
    expect(missing.int).toBe(0);
    expect(missing.get("x").at(3).exists).toBe(false);
    expect(value.get("no").exists).toBe(true);
    expect(value.get("tags").at(3).exists).toBe(false);
    expect(value.get("tags").at(-1).exists).toBe(false);
    expect(value.get("name").int).toBe(0);
    expect(value.get("pi").int).toBe(0);
    expect(value.get("age").text).toBe("");
    expect(value.get("age").bool).toBe(false);
    expect(value.at(0).exists).toBe(false);
    expect(value.get("tags").get("x").exists).toBe(false);
  });

  it("takes the last of equal keys, and keys with escapes", () => {
    expect(read<JsonValue>('{"a":1,"b":2,"\\u0061":3}').get("a").int).toBe(3);
    expect(read<JsonValue>('{"ü":1}').get("ü").int).toBe(1);
    expect(read<JsonValue>('{"":1}').get("").int).toBe(1);
  });

  it("is read as a type, or as what is given for the case that it is none", () => {
    const value = read<JsonValue>(DOCUMENT);
    expect(value.get("age").as<u8>(1)).toBe(36);
    expect(value.get("age").as<string>("none")).toBe("none");
    expect(value.get("nothing").as<i64>(-1)).toBe(-1);
    expect(value.get("in").as<Map<string, i32>>(new Map()).get("k")).toBe(-7);
    expect(value.get("tags").as<string[] | null>(null)).toBeNull();
  });

  it("is written as it was read", () => {
    expect(again<JsonValue>(' {"a":[1,  2.50]} ')).toBe('{"a":[1,  2.50]}');
    expect(again<JsonValue[]>('[1,"x",null]')).toBe('[1, "x", null]');
    expect(read<JsonValue>(DOCUMENT).get("tags").toString()).toBe('["x", "y", [1]]');
    expect(new JsonValue().toString()).toBe("");
  });

  it("is checked as a whole before it is there", () => {
    expect(refusal<JsonValue>("")).toBe("expected a value at byte 0");
    expect(refusal<JsonValue>("{a:1}")).toBe("expected a key at byte 1");
    expect(refusal<JsonValue>('{"a":[1,{"b":nul}]}')).toBe("a[1].b: expected a value at byte 13");
    expect(refusal<JsonValue>("[1] x")).toBe("expected the end at byte 4");
    expect(refusal<JsonValue>("[undefined]")).toBe("[0]: expected a value at byte 1");
  });

  it("outlives the bytes that it was read from", () => {
    const value = read<JsonValue>('{"a":"kept"}').get("a");
    for (let i = 0; i < 100; i++) read<JsonValue>('{"a":"overwritten"}');
    __collect();
    expect(value.text).toBe("kept");
  });
});
