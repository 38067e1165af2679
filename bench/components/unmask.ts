/** Unmasking of WebSocket content, against a loop over bytes and what `ws` uses. */

import { createRequire } from "node:module";
import type { Component } from "./comparison.js";
import { Job } from "./job.js";
import type { Runner } from "./timing.js";

const SIZES = [16, 1024, 32_768];
const KEY = Buffer.from([0xc7, 0x61, 0x3a, 0x8f]);

type Unmask = (bytes: Buffer, key: Buffer) => void;

const require = createRequire(import.meta.url);

/** The helper of `ws` that is compiled to machine code, and what it uses without. */
const native = (require("bufferutil") as { unmask: Unmask }).unmask;
const loop = (require("bufferutil/fallback.js") as { unmask: Unmask }).unmask;

const component: Component = {
  unit: "byte",
  comparisons: async () =>
    SIZES.map((size) => {
      const input = Buffer.alloc(size, "Grüße aus dem Gewächshaus. ");
      return {
        input: `${size.toLocaleString("en")} bytes`,
        units: size,
        contenders: [
          { name: "ours", task: { job: Job.UNMASK, input } },
          { name: "bytes, AssemblyScript", task: { job: Job.UNMASK_BYTES, input } },
          { name: "bytes, JavaScript (ws)", runner: running(loop, Buffer.from(input)) },
          { name: "bufferutil, native (ws)", runner: running(native, Buffer.from(input)) },
        ],
      };
    }),
  notes: [],
};

export default component;

function running(work: Unmask, bytes: Buffer): Runner {
  return (rounds) => {
    for (let n = 0; n < rounds; n++) work(bytes, KEY);
    return bytes[0];
  };
}
