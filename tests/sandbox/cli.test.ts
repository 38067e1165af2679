/** The commands behind the npm scripts, as a person meets them. */

import assert from "node:assert/strict";
import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { buildApp, type BuiltApp } from "../../host/build/app.js";
import { projectPath, root } from "../../host/build/project.js";
import { TEST_PARTS } from "../../host/setup/commands.mjs";

const MAIN = projectPath("host/setup/main.mjs");
const APP = `import { MicroServer, Request, Response } from "microserver";
export const app = new MicroServer();
app.get("/", (req: Request): Response => Response.plain("here"));
`;

const scratch = mkdtempSync(join(tmpdir(), "microserver-cli-"));
const modules: string[] = [];
after(() => [scratch, ...modules].forEach((path) => rmSync(path, { recursive: true, force: true })));

/** Makes an app's folder outside the project; its module goes when the tests end. */
function makeApp(name: string, files: Readonly<Record<string, string>>): string {
  const unique = `cli-${name}-${process.pid}`;
  const dir = join(scratch, unique);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  for (const module of [moduleOf(dir), moduleOf(dir, ".debug")]) modules.push(module, `${module}.inputs.json`);
  return dir;
}

function moduleOf(dir: string, kind = ""): string {
  return projectPath(`build/apps/${basename(dir)}${kind}.wasm`);
}

/** The limits, in pages, of the one memory that a module defines. */
function memoryOf(module: Uint8Array): { initial?: number; maximum?: number } {
  const MEMORY_SECTION = 5;
  let at = 8;
  const leb = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < module.length) {
    const section = module[at++];
    const end = leb() + at;
    if (section === MEMORY_SECTION) {
      leb();
      const hasMaximum = leb() & 1;
      const initial = leb();
      return hasMaximum ? { initial, maximum: leb() } : { initial };
    }
    at = end;
  }
  return {};
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  return watch(spawn(process.execPath, [MAIN, ...args], { cwd: root, env: { ...process.env, ...env } }));
}

function watch(child: ChildProcessWithoutNullStreams): Running {
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ended };
}

const run = (...args: string[]): Promise<Ended> => launch(args).ended;

/** Checks a failure: its code, its last line, and that no stack trace is shown. */
function assertFails({ code, stderr }: Ended, expectedCode: number, line: string | RegExp): void {
  assert.equal(code, expectedCode, stderr);
  const last = stderr.trimEnd().split("\n").pop() ?? "";
  if (typeof line === "string") assert.equal(last, line);
  else assert.match(last, line);
  assert.doesNotMatch(stderr, /^\s+at /m);
}

describe("help", () => {
  it("says how a command is called, as npm wants it", async () => {
    const usage = async (...args: string[]): Promise<string | undefined> =>
      /^Usage: (.*)$/m.exec((await run(...args, "--help")).stdout)?.[1];
    assert.equal(await usage("build"), "npm run build -- <app> [options]");
    assert.equal(await usage("bench", "peers"), "npm run bench -- peers [case...] [options]");
    assert.equal(await usage("bench", "parser"), "npm run bench -- parser [--json]");
  });
});

describe("build", () => {
  it("builds an app that lies anywhere, and does nothing twice", async () => {
    const dir = makeApp("anywhere", { "app.ts": APP });
    const first = await run("build", dir);
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(memoryOf(readFileSync(moduleOf(dir))), { initial: 1, maximum: 1 }, "the project's own options");
    assert.match(first.stdout, /^build\/apps\/cli-anywhere-\d+\.wasm: \d+ bytes\n$/);
    const made = statSync(moduleOf(dir)).mtimeMs;
    const second = await run("build", dir);
    assert.match(second.stderr, /^\[3\/3\] app .*: up to date/m);
    assert.equal(statSync(moduleOf(dir)).mtimeMs, made);
  });

  it("builds again where a source changed, or an asconfig.json came", async () => {
    const dir = makeApp("changed", { "app.ts": `import "./part";\n${APP}`, "part.ts": "export const a = 1;\n" });
    const build = async (): Promise<BuiltApp> => buildApp(dir, { debug: true });
    assert.equal((await build()).fresh, false);
    assert.equal((await build()).fresh, true);
    writeFileSync(join(dir, "part.ts"), "export const a = 22;\n");
    assert.equal((await build()).fresh, false);
    writeFileSync(join(dir, "asconfig.json"), '{ "options": { "initialMemory": 3 } }');
    const { fresh, wasm } = await build();
    assert.equal(fresh, false);
    assert.deepEqual(memoryOf(readFileSync(wasm)), { initial: 3, maximum: 3 });
  });

  it("takes a module of any size from the compiler: that of examples/full unoptimized", async () => {
    const out = join(scratch, "full.debug.wasm");
    const { bytes } = await buildApp("examples/full", { debug: true, out });
    assert.equal(statSync(out).size, bytes);
  });

  it("shows the compiler's diagnostics where an app does not compile, then one line", async () => {
    const dir = makeApp("broken", { "app.ts": "const n: i32 = 'text';\nn;\n" });
    const result = await run("build", dir);
    assert.match(result.stderr, /ERROR TS2322: .*[^]*in app\.ts\(1,16\)/);
    assertFails(result, 1, `error: ${dir}: does not compile: 1 compile error(s)`);
  });

  it("says what is wrong with a folder or a configuration", async () => {
    assertFails(await run("build", "no/such"), 1, "error: no/such: no such folder");
    assertFails(await run("build", "docs"), 1, "error: docs: there is no app.ts in it");
    const dir = makeApp("config", { "app.ts": APP, "asconfig.json": "{" });
    assertFails(await run("build", dir), 1, /^error: .*asconfig\.json is not JSON: /);
  });

  it("refuses a wrong call with exit code 2", async () => {
    assertFails(await run("build"), 2, "error: missing required argument 'app'");
    assertFails(await run("build", "docs", "--unknown"), 2, "error: unknown option '--unknown'");
    assertFails(await run("test", "units"), 2, `error: no such part: units; there are ${TEST_PARTS.join(", ")}`);
  });
});

describe("start", () => {
  it("serves an app until it is interrupted, then exits with 0", async () => {
    const { child, ended } = launch(["start", "--port", "0"]);
    try {
      const url = await addressOf(child);
      assert.equal((await fetch(url)).status, 200);
    } finally {
      child.kill("SIGINT");
    }
    const { code, stderr } = await ended;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /GET +\//);
  });

  it("ends well where npm is asked to end", async () => {
    const npm = watch(spawn("npm", ["start", "--", "--port", "0"], { cwd: root }));
    const url = await addressOf(npm.child);
    npm.child.kill("SIGTERM");
    assert.equal((await npm.ended).code, 0);
    await assert.rejects(fetch(url));
  });

  it("refuses an unknown flag, and names the one that may have been meant", async () => {
    assertFails(await run("start", "--prot", "80"), 2, "error: unknown option '--prot' (Did you mean --port?)");
  });

  it("passes on what the host says of a busy port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    try {
      assertFails(await run("start", "--port", String(port)), 1, new RegExp(`port ${port} is in use`));
    } finally {
      other.close();
    }
  });

  it("names each missing tool and its package", async () => {
    const bin = join(scratch, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "cmake"));
    const result = await launch(["start"], { PATH: bin }).ended;
    assert.equal(
      result.stderr,
      "error: cc or gcc or clang is missing: apt-get install build-essential\n" +
        "error: ninja or make is missing: apt-get install ninja-build\n" +
        "error: cargo is missing: apt-get install cargo\n",
    );
    assert.equal(result.code, 1);
  });
});

/** Waits for the line in which the C host says where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((succeed, fail) => {
    let text = "";
    child.stdout?.on("data", (chunk: string) => {
      const [, url] = /listening on (http:\S+)/.exec((text += chunk)) ?? [];
      if (url) succeed(url);
    });
    child.on("close", (code) => fail(new Error(`it ended with exit code ${code} before it listened: ${text}`)));
  });
}

describe("test", () => {
  /** Runs Node's test runner on files as `npm test` does, outside of the runner that runs this. */
  async function suitesOf(files: Readonly<Record<string, string>>): Promise<readonly Record<string, unknown>[]> {
    const folder = `build/cli-fixtures-${process.pid}`;
    mkdirSync(projectPath(folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(projectPath(`${folder}/${name}`), text);
    const runner = projectPath("build/host/cli/test/node-tests.js");
    const paths = Object.keys(files).map((name) => `${folder}/${name}`);
    const script = projectPath(`${folder}/run.mjs`);
    writeFileSync(
      script,
      `import { runNodeTests } from ${JSON.stringify(runner)};
      console.log(JSON.stringify(await runNodeTests("tests", ${JSON.stringify(paths)}, () => {})));`,
    );
    const child = spawn(process.execPath, [script], {
      cwd: root,
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    await once(child, "close");
    rmSync(projectPath(folder), { recursive: true });
    return JSON.parse(output) as Record<string, unknown>[];
  }

  it("counts tests, not suites, and names a failed one in full", async () => {
    const [suite] = await suitesOf({
      "a.test.js": `import { describe, it } from "node:test";
        describe("outer", () => { it("good", () => {}); describe("inner", () => { it("bad", () => { throw new Error("no"); }); }); });`,
    });
    assert.deepEqual([suite?.passed, suite?.failed], [1, 1]);
    assert.match(String(suite?.details), /^outer › inner › bad\nError: no\n/);
  });

  it("fails a file that has no test, and one that crashes", async () => {
    const suites = await suitesOf({
      "empty.test.js": "",
      "crash.test.js": `import { test } from "node:test"; test("good", () => {}); setTimeout(() => process.exit(3), 50);
        await new Promise((done) => setTimeout(done, 5000));`,
    });
    assert.deepEqual(
      suites.map(({ failed }) => failed),
      [1, 1],
    );
    assert.match(String(suites[0]?.details), /there is no test in it/);
    assert.match(String(suites[1]?.details), /ended with exit code 3/);
  });

  it("names what was skipped, and why, and counts it nowhere", async () => {
    const [suite] = await suitesOf({
      "a.test.js": `import { describe, it } from "node:test";
        it("good", () => {}); it("one", { skip: "no tool" }, () => {}); describe("many", { skip: "no file" }, () => { it("x", () => {}); });`,
    });
    assert.deepEqual([suite?.passed, suite?.failed, suite?.skipped], [1, 0, ["one: no tool", "many: no file"]]);
  });

  it("fails a part without files", async () => {
    const [suite] = await suitesOf({});
    assert.deepEqual(suite, { name: "tests", passed: 0, failed: 1, details: "there are no tests" });
  });
});
