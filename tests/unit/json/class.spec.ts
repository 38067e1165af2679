import { JsonReader, JsonValue, readJson } from "microserver/json";
import { again, read, refusal, written } from "./support";


@json
class Inner {
  name: string = "default";
}


@json
class Reading {
  temperature: f64 = 0;
  name: string = "";
  tags: string[] = [];
  inner: Inner = new Inner();
  maybe: Inner | null = null;
  n: i32 = 0;
  ok: bool = false;
  u: u64 = 0;
}

/** Keys of every length that is compared in another way. */
@json
class Keys {
  a: i32 = 0;
  ab: i32 = 0;
  abc: i32 = 0;
  abcd: i32 = 0;
  abcde: i32 = 0;
  abcdefg: i32 = 0;
  abcdefgh: i32 = 0;
  abcdefghi: i32 = 0;
  abcdefghijklmnopqrstuvwxyz: i32 = 0;
  grüße: i32 = 0;
}


@json
class Guarded {
  static count: i32 = 1;
  readonly id: i32 = 7;
  open: i32 = 1;
  private secret: i32 = 2;
  protected inherited: i32 = 3;

  sum(): i32 {
    return this.open + this.secret + this.inherited;
  }
}


@json
class Empty {}


@json
class Base {
  first: i32 = 1;
}


@json
class Middle extends Base {}


@json
class Derived extends Middle {
  second: string = "two";
}


@json
class Bare extends Empty {
  only: bool = true;
}


@json
class Page<T> {
  items: T[] = [];
  next: Page<T> | null = null;
}


@json
class Point {
  constructor(
    public x: f64 = 0,
    public y: f64 = 0,
  ) {}
}


@json
class Mixed {
  any: JsonValue = new JsonValue();
  map: Map<string, Point> = new Map();
  fixed: StaticArray<u8> = [];
  single: f32 = 0;
}

namespace Inside {

  @json
  export class Spaced {
    value: i32 = 3;
  }
}

const READING =
  '{"temperature": 21.5, "name": "Ada", "tags": ["x", "y"], "inner": {"name": "i"}, "maybe": null, "n": -1, "ok": true, "u": 18446744073709551615}';

describe("a @json class", () => {
  it("is written with its fields in order", () => {
    expect(written(new Reading())).toBe(
      '{"temperature": 0.0, "name": "", "tags": [], "inner": {"name": "default"}, "maybe": null, "n": 0, "ok": false, "u": 0}',
    );
    expect(written<Reading | null>(null)).toBe("null");
    expect(written(new Empty())).toBe("{}");
    expect(written([new Inner(), new Inner()])).toBe('[{"name": "default"}, {"name": "default"}]');
  });

  it("is read from all its fields", () => {
    expect(again<Reading>(READING)).toBe(READING);
    expect(again<Reading[]>(`[${READING},${READING}]`)).toBe(`[${READING}, ${READING}]`);
  });

  it("keeps the defaults of missing keys, skips unknown ones, takes the last of equal ones", () => {
    expect(read<Inner>("{}").name).toBe("default");
    expect(read<Inner>('{"x":[{"name":"no"}],"name":"yes","Name":1,"names":2,"nam":3}').name).toBe("yes");
    expect(read<Inner>('{"name":"a","name":"b"}').name).toBe("b");
    expect(again<Empty>('{"a":1}')).toBe("{}");
    const reading = read<Reading>('{"inner":{"name":"a"},"inner":{}}');
    expect(reading.inner.name).toBe("default");
  });

  it("finds keys of every length, with escapes too", () => {
    const all =
      '{"a": 1, "ab": 2, "abc": 3, "abcd": 4, "abcde": 5, "abcdefg": 6, "abcdefgh": 7, "abcdefghi": 8, "abcdefghijklmnopqrstuvwxyz": 9, "grüße": 10}';
    expect(again<Keys>(all)).toBe(all);
    expect(again<Keys>(all.replaceAll("b", "\\u0062").replaceAll("ü", "\\u00fc"))).toBe(all);
    expect(again<Keys>('{"b":1,"aB":1,"abC":1,"abcD":1,"abXde":1,"abcdXfg":1,"xbcdefgh":1,"abcdefghI":1,"":1}')).toBe(
      written(new Keys()),
    );
  });

  it("tells where a value is wrong", () => {
    expect(refusal<Reading>('{"temperature": "warm"}')).toBe("temperature: expected a number at byte 16");
    expect(refusal<Reading>('{"n":1.5}')).toBe("n: expected a whole number at byte 5");
    expect(refusal<Reading>('{"n":2147483648}')).toBe("n: 2147483648 does not fit i32 at byte 5");
    expect(refusal<Reading>('{"u":-1}')).toBe("u: -1 does not fit u64 at byte 5");
    expect(refusal<Reading>('{"tags":["a",1]}')).toBe("tags[1]: expected a string at byte 13");
    expect(refusal<Reading>('{"inner":null}')).toBe("inner: expected an object at byte 9");
    expect(refusal<Reading>('{"maybe":{"name":null}}')).toBe("maybe.name: expected a string at byte 17");
    expect(refusal<Page<Inner>>('{"next":{"items":[{},{"name":0}]}}')).toBe(
      "next.items[1].name: expected a string at byte 29",
    );
    expect(refusal<Inner>('{"unknown":[1,2,{"a":tru}]}')).toBe("unknown[2].a: expected true or false at byte 21");
    expect(refusal<Inner>("")).toBe("expected an object at byte 0");
    expect(refusal<Inner>("[]")).toBe("expected an object at byte 0");
  });

  it("refuses a document that is cut off, wherever that is", () => {
    const whole = String.UTF8.encode(READING);
    for (let length = 0; length < whole.byteLength; length++) {
      const part = whole.slice(0, length);
      const reader = new JsonReader(changetype<usize>(part), length);
      readJson<Reading>(reader);
      expect(reader.failed).toBe(true);
    }
  });

  it("never traps, whichever byte is wrong", () => {
    const whole = String.UTF8.encode(READING);
    const bytes = Uint8Array.wrap(whole);
    for (let i = 0; i < bytes.length; i++) {
      const right = bytes[i];
      for (let wrong = 1; wrong < 256; wrong += 6) {
        bytes[i] = <u8>wrong;
        const reader = new JsonReader(changetype<usize>(whole), whole.byteLength);
        readJson<Reading>(reader);
        expect(reader.failed).toBe(reader.error.length > 0);
      }
      bytes[i] = right;
    }
  });

  it("leaves static, private and protected fields out, and does not set readonly ones", () => {
    expect(written(new Guarded())).toBe('{"id": 7, "open": 1}');
    expect(again<Guarded>('{"id":9,"open":5,"secret":6,"inherited":7,"count":8}')).toBe('{"id": 7, "open": 5}');
    expect(read<Guarded>('{"secret":6}').sum()).toBe(6);
    expect(Guarded.count).toBe(1);
  });

  it("has the fields of its base class first", () => {
    expect(written(new Middle())).toBe('{"first": 1}');
    expect(written(new Derived())).toBe('{"first": 1, "second": "two"}');
    expect(again<Derived>('{"second":"b","first":5}')).toBe('{"first": 5, "second": "b"}');
    expect(written(new Bare())).toBe('{"only": true}');
    expect(written<Base[]>([new Base(), new Derived()])).toBe('[{"first": 1}, {"first": 1, "second": "two"}]');
  });

  it("may be generic, have constructor properties, stand in a namespace", () => {
    expect(again<Page<i32>>('{"items":[1],"next":{"items":[2]}}')).toBe(
      '{"items": [1], "next": {"items": [2], "next": null}}',
    );
    expect(again<Point>('{"y":2}')).toBe('{"x": 0.0, "y": 2.0}');
    expect(again<Inside.Spaced>('{"value":4}')).toBe('{"value": 4}');
  });

  it("may hold maps, fixed arrays and values of unknown shape", () => {
    const text = '{"any": {"a":[1,null]}, "map": {"p": {"x": 1.5, "y": 0.0}}, "fixed": [1, 255], "single": 0.1}';
    expect(again<Mixed>(text)).toBe(text);
    expect(again<Mixed>("{}")).toBe('{"any": null, "map": {}, "fixed": [], "single": 0.0}');
    expect(refusal<Mixed>('{"fixed":[256]}')).toBe("fixed[0]: 256 does not fit u8 at byte 10");
  });

  it("does not let a document make more objects than its budget allows", () => {
    expect(refusal<Inner[]>("[" + "{},".repeat(1000) + "{}]").includes("less: the memory for it is spent")).toBe(true);
  });
});
