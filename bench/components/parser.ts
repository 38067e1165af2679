/** The parser of request heads, against llhttp. */

import type { Comparison, Component } from "./comparison.js";
import { Job } from "./job.js";
import { llhttpInWasm, llhttpWithJavaScript } from "./llhttp.js";
import { getJson, getSensor, postReadings } from "../requests.js";

const inputs = { "short GET": getJson, "browser's GET": getSensor, "head of a POST": headOf(postReadings) };

const component: Component = {
  unit: "byte",
  comparisons: async () => {
    const all: Comparison[] = [];
    for (const [input, head] of Object.entries(inputs))
      all.push({
        input: `${input}, ${head.length} bytes`,
        units: head.length,
        contenders: [
          { name: "ours", task: { job: Job.PARSE, input: head } },
          { name: "llhttp, callbacks in Wasm", runner: await llhttpInWasm(head) },
          { name: "llhttp, callbacks in JavaScript", runner: await llhttpWithJavaScript(head) },
        ],
      });
    return all;
  },
  notes: [
    "each head is parsed whole, and where each name and value stands is noted; ours as a head that was never seen before",
    "llhttp: WebAssembly with SIMD as in undici; ours also checks Host and keeps the head to compare the next one with",
  ],
};

export default component;

function headOf(request: Uint8Array): Uint8Array {
  return request.subarray(0, Buffer.from(request).indexOf("\r\n\r\n") + 4);
}
