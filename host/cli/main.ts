/** The command line behind the npm scripts; `host/setup/main.mjs` starts it. */

import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { bench, type BenchOptions } from "../../bench/index.js";
import { benchAll } from "../../bench/all.js";
import { compare, type CompareOptions } from "../../bench/compare/index.js";
import { benchComponent, COMPONENTS, type ComponentOptions } from "../../bench/components/index.js";
import { benchGrowth, type GrowthOptions } from "../../bench/growth/index.js";
import { benchMemory, MEMORY_REQUESTS, type MemoryOptions } from "../../bench/memory/index.js";
import { benchOps } from "../../bench/ops/index.js";
import { TEST_PARTS } from "../setup/commands.mjs";
import { Failure } from "../setup/failure.mjs";
import type { Steps } from "../setup/steps.mjs";
import { generateAbi } from "./abi.js";
import { build, type BuildFlags } from "./build.js";
import { image, type ImageOptions } from "./image.js";
import { size, SIZE_APPS, type SizeOptions } from "./size.js";
import { start, type ModuleOptions, type StartOptions } from "./start.js";
import { format } from "./test/format.js";
import { lint, test } from "./test/index.js";

/** Exit code for a command that was called wrongly. */
const USAGE = 2;

/** How a command is called: npm wants `--` behind its own command. */
function usage(command: Command): string {
  const names: string[] = [];
  for (let c: Command | null = command; c?.parent; c = c.parent) names.unshift(c.name());
  const [script = "", ...rest] = names;
  return ["npm run", script, "--", ...rest, command.usage()].join(" ");
}

function program(steps: Steps, done: (code: number) => void): Command {
  const command = new Command("npm run");
  command.configureOutput({ writeErr: () => undefined }).exitOverride();
  command.configureHelp({ commandUsage: usage });

  command
    .command("start")
    .summary("serve an app on this computer")
    .usage("[app] [options]")
    .argument("[app]", "the app's folder", "examples/basic")
    .option("--port <number>", "TCP port, 0 for a free one (default: the app's, or 8080)")
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--root <folder>", "folder of the app's files (default: the app's own)")
    .option("--storage <file>", "file of what the app keeps (default: in memory until it ends)")
    .option("--board <text>", "the simulated board, as temperature=21.5,pin0=low")
    .option("--control <fifo>", "takes such texts while it runs, a line each")
    .option("--max-conns <number>", "connections served at a time")
    .option("--aot", "run its module compiled ahead of time")
    .addOption(wamrc())
    .action(async (app: string, options: StartOptions & ModuleOptions) => done(await start(app, options, steps)));

  command
    .command("build")
    .summary("build an app's module")
    .usage("<app> [options]")
    .argument("<app>", "the app's folder")
    .addOption(new Option("--debug", "keep function names, do not optimize").conflicts("aot"))
    .option("--aot", "compile it ahead of time, for this computer")
    .addOption(new Option("--target <name>", "compile it ahead of time for riscv32, xtensa, …").implies({ aot: true }))
    .addOption(wamrc())
    .action(async (app: string, options: BuildFlags) => done(await build(app, options, steps)));

  command
    .command("image")
    .summary("make what is flashed of an app")
    .usage("<app> [options]")
    .argument("<app>", "the app's folder")
    .option("--out <folder>", "where it goes", "build/image")
    .option("--room <bytes>", "size of the app's partition", positive)
    .addOption(
      new Option("--target <name>", "compile the app ahead of time for riscv32, xtensa, …").implies({ aot: true }),
    )
    .addOption(wamrc())
    .action(async (app: string, options: ImageOptions) => done(await image(app, options, steps)));

  command
    .command("test")
    .summary("run all tests")
    .usage("[part...]")
    .argument("[part...]", `which tests: ${TEST_PARTS.join(", ")}`)
    .action(async (names: string[]) => done(await test(names, steps)));

  command
    .command("lint")
    .summary("check the code without running it")
    .action(async () => done(await lint(steps)));

  command
    .command("format")
    .summary("format the code")
    .usage("[path...]")
    .argument("[path...]", "files or folders; everything where none is named")
    .action(format);
  command
    .command("size")
    .summary("measure what apps take on the chip")
    .usage("[app...] [options]")
    .argument("[app...]", `their folders; ${SIZE_APPS.join(", ")} where none is named`)
    .option("--aot", "compiled, and executed where it lies in flash")
    .option("--json", "write JSON")
    .action(async (apps: string[], options: SizeOptions) => done(await size(apps, options, steps)));
  const measure = command
    .command("bench")
    .summary("measure what requests cost")
    .usage("[case...] [options]")
    .argument("[case...]", "what to measure, or idioms: what a handler does; everything where none is named")
    .option("--json", "write JSON")
    .option("--quick", "measure rates for a shorter time")
    .option("--markdown", "write the comparison's summary in Markdown")
    .option("--save", "write the comparison to bench/results as well")
    .option("--requests <number>", "requests that instructions are counted over", positive, 900)
    .option("--seconds <number>", "time for each rate, 0 to leave rates out", notNegative, 2)
    .action(async (names: string[], options: BenchOptions & CompareOptions) =>
      done(await (names.length === 0 ? benchAll(options, steps) : bench(names, options, steps))),
    );
  measure
    .command("ops")
    .summary("count operations by function of the module")
    .usage("[case...] [--json]")
    .argument("[case...]", "what to count, or idioms")
    .option("--json", "write JSON")
    .action(async (names: string[], _options: unknown, self: Command) =>
      done(await benchOps(names, self.optsWithGlobals<{ json?: boolean }>(), steps)),
    );

  measure
    .command("peers")
    .summary("compare with other servers")
    .usage("[case...] [options]")
    .argument("[case...]", "what to compare by")
    .option("--json", "write JSON")
    .option("--markdown", "write the summary in Markdown")
    .option("--quick", "measure rates for a shorter time")
    .option("--save", "write the figures to bench/results as well")
    .option("--from <file>", "show figures that were saved, measure nothing")
    .option("--servers <names>", "compare these servers, separated by commas")
    .action(async (names: string[], _options: unknown, self: Command) =>
      done(await compare(names, self.optsWithGlobals<CompareOptions>(), steps)),
    );

  measure
    .command("growth")
    .summary("plot what a request costs as an app grows")
    .usage("[series...] [--save] [--json]")
    .argument("[series...]", "what grows: routes, fields, connections, content")
    .option("--json", "write JSON")
    .option("--save", "write the plots to docs/plots")
    .action(async (names: string[], _options: unknown, self: Command) =>
      done(await benchGrowth(names, self.optsWithGlobals<GrowthOptions>(), steps)),
    );

  measure
    .command("memory")
    .summary("read what is left of the memory after many requests")
    .usage("[--requests <number>] [--aot] [--json]")
    .option("--aot", "the app compiled ahead of time")
    .option("--json", "write JSON")
    .option("--requests <number>", "requests in all", positive)
    .action(async (_options: unknown, self: Command) => {
      const { json, aot, requests } = self.optsWithGlobals<Partial<MemoryOptions>>();
      const given = self.parent?.getOptionValueSource("requests") === "cli" ? requests : undefined;
      done(await benchMemory({ json, aot, requests: given ?? MEMORY_REQUESTS }, steps));
    });

  for (const [name, title] of Object.entries(COMPONENTS))
    measure
      .command(name)
      .summary(`compare our code for ${title} with others'`)
      .usage("[--json]")
      .option("--json", "write JSON")
      .action(async (_options: unknown, self: Command) =>
        done(await benchComponent(name, self.optsWithGlobals<ComponentOptions>(), steps)),
      );

  command.command("abi").summary("generate what follows from host/abi.ts").action(generateAbi);

  return command;
}

/**
 * Runs one command.
 *
 * @returns the exit code
 * @throws {Failure} where it fails for a reason that a person can mend
 */
export async function main(args: readonly string[], steps: Steps): Promise<number> {
  let code = 0;
  try {
    await program(steps, (result) => (code = result)).parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new Failure(oneLine(error.message), { exitCode: USAGE });
  }
  return code;
}

function wamrc(): Option {
  return new Option("--wamrc <path>", "compile ahead of time with this wamrc").implies({ aot: true });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError("It is a whole number from 1 on.");
  return value;
}

function notNegative(text: string): number {
  const value = Number(text);
  if (text === "" || !(value >= 0 && value < Infinity)) throw new InvalidArgumentError("It is a number from 0 on.");
  return value;
}

function oneLine(message: string): string {
  return message.replace(/^error: /, "").replace(/\s+/g, " ");
}
