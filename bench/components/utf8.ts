/** Validation of UTF-8, against a loop over bytes, Node's own function and what `ws` uses. */

import { isUtf8 } from "node:buffer";
import { createRequire } from "node:module";
import type { Component } from "./comparison.js";
import { Job } from "./job.js";
import type { Runner } from "./timing.js";

const TEXTS = {
  ASCII: '{"sensor":"roof","celsius":21.5} ',
  German: "Grüße aus dem Gewächshaus: 21,5 °C. ",
  Japanese: "温室からこんにちは、気温は二十一度。",
};
const SIZE = 4096;

type Validate = (bytes: Buffer) => boolean;

const require = createRequire(import.meta.url);
/** The helper of `ws` that is compiled to machine code, and what it uses without. */
const native = require("utf-8-validate") as Validate;
const loop = require("utf-8-validate/fallback.js") as Validate;

const component: Component = {
  unit: "byte",
  comparisons: async () =>
    Object.entries(TEXTS).map(([name, text]) => {
      const input = Buffer.from(text.repeat(Math.floor(SIZE / Buffer.byteLength(text))));
      return {
        input: `${name}, ${input.length.toLocaleString("en")} bytes`,
        units: input.length,
        contenders: [
          { name: "ours", task: { job: Job.UTF8, input } },
          { name: "bytes, AssemblyScript", task: { job: Job.UTF8_BYTES, input } },
          { name: "bytes, JavaScript (ws)", runner: running(loop, input) },
          { name: "utf-8-validate, native (ws)", runner: running(native, input) },
          { name: "buffer.isUtf8, Node", runner: running(isUtf8, input) },
        ],
      };
    }),
  notes: [],
};

export default component;

function running(validate: Validate, bytes: Buffer): Runner {
  return (rounds) => {
    let valid = 0;
    for (let n = 0; n < rounds; n++) valid += Number(validate(bytes));
    return valid;
  };
}
