/** What each command needs before it starts, and how many steps it shows. */

/** The parts of `npm test`, in the order they run. */
export const TEST_PARTS = ["lint", "unit", "sandbox", "e2e", "aot", "m32", "lwip", "rv32"];

/** Of every command: npm packages, TypeScript. */
const BASE_STEPS = 2;
/** Of commands that need the C host: WAMR's source, the C host. */
const HOST_STEPS = 2;

/** Steps of a comparison with other servers, and of measuring our own. */
const PEERS_STEPS = 4;
const OWN_STEPS = 4;
/** Of `npm run bench -- memory`; of `growth`, and of a part by itself. */
const MEMORY_STEPS = 2;
const GROWTH_STEPS = 3;

/** @param {string[]} args */
function benchSteps(args) {
  if (args.includes("peers")) return PEERS_STEPS;
  if (args.includes("memory")) return MEMORY_STEPS;
  if (["growth", "parser", "router", "unmask", "utf8"].some((name) => args.includes(name))) return GROWTH_STEPS;
  const isNamed = args.some((arg, n) => !arg.startsWith("-") && !/^--(requests|seconds)$/.test(args[n - 1] ?? ""));
  return isNamed ? OWN_STEPS : OWN_STEPS + PEERS_STEPS;
}

/**
 * @typedef {object} Needs
 * @property {boolean} host whether the C host is built
 * @property {number} steps how many steps are shown in all
 */

/**
 * @param {string[]} args the command and its arguments
 * @returns {Needs}
 */
export function needsOf([command, ...args]) {
  switch (command) {
    case "start":
      return { host: true, steps: BASE_STEPS + HOST_STEPS + 1 };
    case "build":
      return { host: false, steps: BASE_STEPS + 1 };
    case "image":
      return { host: false, steps: BASE_STEPS + 3 };
    case "bench":
      if (args.includes("ops")) return { host: false, steps: BASE_STEPS + 2 };
      return { host: true, steps: BASE_STEPS + HOST_STEPS + benchSteps(args) };
    case "size":
      return { host: true, steps: BASE_STEPS + HOST_STEPS + 1 };
    case "lint":
      return { host: true, steps: BASE_STEPS + HOST_STEPS + 1 };
    case "test": {
      const parts = TEST_PARTS.filter((part) => args.includes(part)).length;
      return { host: true, steps: BASE_STEPS + HOST_STEPS + 1 + (parts || TEST_PARTS.length) };
    }
    default:
      return { host: false, steps: BASE_STEPS };
  }
}
