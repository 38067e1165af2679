import { imports } from "./build/host/abi.js";

/** Host calls that do nothing: a unit under test may name them, but has no host. */
const host = Object.fromEntries(imports.map((call) => [call.name, () => 0]));

export default {
  entries: [],
  include: ["tests/unit/**/*.include.ts"],
  disclude: [/node_modules/],
  outputBinary: false,
  async instantiate(memory, createImports, instantiate, binary) {
    return instantiate(binary, createImports({ env: { memory }, microserver: host }));
  },
};
