/** The heap, its collector, and objects that the JSON reader makes in it, in a whole app. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { projectPath } from "../../host/build/project.js";
import { load, type App } from "../../host/sandbox/index.js";

async function start(): Promise<App> {
  return load((await buildApp(projectPath("tests/apps/heap"))).wasm);
}

async function textOf(app: App, target: string): Promise<string> {
  return (await app.fetch(target)).text;
}

/** Bytes that are free, garbage left out. */
async function free(app: App): Promise<number> {
  await app.fetch("/free");
  return Number(await textOf(app, "/free"));
}

describe("the collector", () => {
  it("keeps what is referred to, as it is, whatever else is made and dropped", async () => {
    const app = await start();
    for (let i = 0; i < 3000; i++) assert.equal(await textOf(app, `/churn/${1 + (i % 12)}`), "whole", `request ${i}`);
    assert.deepEqual(app.log, []);
  });

  it("frees all else", async () => {
    const app = await start();
    await app.fetch("/churn/1");
    await app.fetch("/clear");
    const before = await free(app);
    for (let i = 0; i < 300; i++) await app.fetch("/churn/12");
    assert.ok((await free(app)) < before);
    await app.fetch("/clear");
    assert.equal(await free(app), before);
  });
});

interface Item {
  name: string;
  on: boolean;
  price: number;
  share: number;
  id: number;
  count: number;
  total: number;
  aLongNameOfAField: number;
}

const item = (n: number): Item => ({
  name: "x".repeat(n),
  on: n % 2 === 0,
  price: n / 4 - 10,
  share: n / 8,
  id: (n - 30) * 1_234_567,
  count: n % 256,
  total: n * 1_000_000_007,
  aLongNameOfAField: n,
});

/** Orders with names of up to that many characters: texts on both sides of all lengths that are made in another way. */
const order = (items: number) => ({
  place: "a place with spaces, ! and ~",
  items: Array.from({ length: items }, (_, n) => item(n)),
  made: Array.from({ length: 10 }, (_, n) => ({ id: n, tags: n % 2 === 0 ? [] : [`tag ${n}`] })),
  last: item(3),
});

async function send(app: App, body: string): Promise<unknown> {
  const { status, text } = await app.fetch("/order", { method: "POST", body, headers: { Connection: "close" } });
  return status === 200 ? JSON.parse(text) : text;
}

describe("objects that are read from JSON", () => {
  it("are as they were written, by whom ever", async () => {
    const app = await start();
    for (const count of [0, 1, 7, 8, 9, 16, 17, 24]) {
      const value = order(count);
      const compact = JSON.stringify(value);
      assert.deepEqual(await send(app, compact), value);
      assert.deepEqual(await send(app, JSON.stringify(value, null, 2)), value);
      const spaced = compact.replaceAll('":', '": ').replaceAll(',"', ', "').replaceAll("},{", "}, {");
      assert.deepEqual(await send(app, spaced), value);
    }
  });

  it("have the defaults of their class each, where keys are missing", async () => {
    const app = await start();
    const { made, ...rest } = (await send(
      app,
      '{"items":[{"id":1},{},{"on":false},{"name":"b"}],"made":[{},{"tags":["t"]},{}]}',
    )) as {
      made: unknown;
      items: Item[];
    };
    assert.deepEqual(
      rest.items.map(({ name, on, price, id }) => [name, on, price, id]),
      [
        ["none", true, 1.5, 1],
        ["none", true, 1.5, -1],
        ["none", false, 1.5, -1],
        ["b", true, 1.5, -1],
      ],
    );
    assert.deepEqual(made, [
      { id: 0, tags: [] },
      { id: 0, tags: ["t"] },
      { id: 0, tags: [] },
    ]);
  });

  it("have texts and keys with escapes and of all characters, keys in any order and unknown ones", async () => {
    const app = await start();
    const names = [
      "",
      '\u0000\n"\\',
      "ü",
      "1234567ü",
      "12345678€",
      "😀",
      "a".repeat(199),
      "b".repeat(250),
      "c".repeat(700),
    ];
    const items = names.map((name) => ({ other: { name: [name] }, ...item(5), name }));
    const expected = items.map(({ other: _, ...rest }) => rest);
    const value = { ...order(0), items: expected };
    assert.deepEqual(await send(app, JSON.stringify({ ...order(0), items })), value);
    const reversed = items.map((one) => Object.fromEntries(Object.entries(one).reverse()));
    assert.deepEqual(await send(app, JSON.stringify({ ...order(0), items: reversed })), value);
    const escaped = JSON.stringify({ ...order(0), items }).replaceAll("name", "n\\u0061me");
    assert.deepEqual(await send(app, escaped), value);
  });

  it("are refused with the place of the fault, wherever the text ends or is wrong", async () => {
    const app = await start();
    const whole = JSON.stringify(order(3));
    for (let length = 0; length < whole.length; length++) {
      const text = await send(app, whole.slice(0, length));
      assert.match(String(text), /expected .* at byte/, `cut at ${length}`);
    }
    const faults = {
      '{"items":[{"id":1},{"id":01}]}': "items[1].id",
      '{"items":[{"id":1}{"id":1}]}': "items[0]: expected",
      '{"items":[{"id":1,{"id":1}]}': "items[0]: expected a key",
      '{"items":[{"id":1},{"id":}]}': "items[1].id: expected a number",
      '{"items":[{"id":1},{"id":1.5}]}': "items[1].id: expected a whole number",
      '{"items":[{"id":1},{"id":2147483648}]}': "items[1].id: 2147483648 does not fit i32",
      '{"items":[{"count":1},{"count":256}]}': "items[1].count: 256 does not fit u8",
      '{"items":[{"count":1},{"count":-1}]}': "items[1].count: -1 does not fit u8",
      '{"items":[{"price":1},{"price":1.}]}': "items[1].price: expected a digit",
      '{"items":[{"price":1},{"price":--1}]}': "items[1].price: expected a digit",
      '{"items":[{"on":true},{"on":truf}]}': "items[1].on: expected true or false",
      '{"items":[{"on":true}},{"on":true}]}': "items[0]: expected",
      '{"items":[{"name":"a"},{"name":"\u0001"}]}': "items[1].name: expected an escape",
      '{"items":[{"id":1},{"id":1},]}': "items[2]: expected an object",
      '{"items":[{"id":1},{"id":1}': "items[1]: expected",
    };
    for (const [text, expected] of Object.entries(faults)) {
      const error = String(await send(app, text));
      assert.ok(error.includes(expected), `${text}: ${error}`);
    }
  });

  it("take no more memory than a document may", async () => {
    const app = await start();
    const many = JSON.stringify({ items: Array.from({ length: 300 }, () => ({ id: 1 })) });
    assert.match(String(await send(app, many)), /less: the memory for it is spent/);
  });

  it("are garbage afterwards", async () => {
    const app = await start();
    const body = JSON.stringify(order(12));
    for (let i = 0; i < 20; i++) await send(app, body);
    const before = await free(app);
    for (let i = 0; i < 500; i++) assert.equal(typeof (await send(app, body)), "object");
    assert.equal(await free(app), before);
  });
});
