/** What the bench compares does the same work. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Guest } from "../../bench/components/guest.js";
import { Job } from "../../bench/components/job.js";
import { compileComponents } from "../../bench/components/module.js";
import parser from "../../bench/components/parser.js";
import router from "../../bench/components/router.js";

const lookUps = await router.comparisons();
const heads = await parser.comparisons();
let guest: Guest;
before(async () => {
  guest = await Guest.load(await compileComponents());
});

const run = (job: number, input: Uint8Array, rounds = 1): number => guest.prepare({ job, input })(rounds);

describe("a part of the server by itself", () => {
  it("parses each head anew", () => {
    const head = Buffer.from("GET / HTTP/1.1\r\nHost: a\r\nX-Y: z\r\n\r\n");
    assert.deepEqual([run(Job.PARSE, head), run(Job.PARSE, head, 5)], [2, 10]);
  });

  it("says what is wrong with a head", () => assert.equal(run(Job.PARSE, Buffer.from("GET / HTTP/1.1\r\n\r\n")), -400));

  it("unmasks as a loop over bytes does", () => {
    for (const job of [Job.UNMASK, Job.UNMASK_BYTES])
      assert.equal(run(job, Buffer.from("hello, world")), "h".charCodeAt(0) ^ 0xc7);
  });

  const texts = {
    "a text": Buffer.from("Grüße 温室 😀"),
    "half a character": Buffer.from("Grüße 温室").subarray(0, -1),
  };
  for (const [name, text] of Object.entries(texts))
    it(`checks ${name} as a loop over bytes does`, () =>
      assert.equal(run(Job.UTF8, text, 3), run(Job.UTF8_BYTES, text, 3)));
});

describe("others' code", () => {
  for (const { input, contenders } of lookUps)
    it(`finds the same routes: ${input}`, () => {
      const found = contenders.map(({ runner, task }) => (task ? guest.prepare(task) : runner)?.(2));
      assert.equal(new Set(found).size, 1, found.join(", "));
    });

  for (const { input, contenders } of heads)
    it(`takes the same head: ${input}`, () => {
      for (const { runner, task } of contenders) assert.ok(Number((task ? guest.prepare(task) : runner)?.(2)) >= 0);
    });
});
