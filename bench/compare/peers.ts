/** Servers of others, from package registries: `bench/peers` has a folder for each. */

import { existsSync, readFileSync } from "node:fs";
import { projectPath } from "../../host/build/project.js";
import { run } from "../../host/setup/run.mjs";
import { hasTool } from "../../host/setup/tools.mjs";
import { FOLDER } from "./page.js";
import { cServer } from "./programs.js";
import type { Missing, Ready, Server } from "./server.js";

const ROUTES = projectPath("bench/peers/routes.txt");
const ECHOES = ["ws-16", "ws-1k", "ws-32k"];

/** A program that is called as `PORT FOLDER ROUTES`. */
function ready(version: string, program: string, args: readonly string[], env: Record<string, string> = {}): Ready {
  return { version, command: (_, port) => ({ program, args: [...args, String(port), FOLDER, ROUTES], env }) };
}

function text(path: string): string {
  return readFileSync(projectPath(path), "utf8");
}

function noWebSockets(reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(ECHOES.map((name) => [name, reason]));
}

/** A server in C, which CMake builds where its library is there. */
async function prepareC(name: string, packages: string): Promise<Ready | Missing> {
  const program = cServer(name);
  if (!existsSync(program)) return { missing: `apt-get install ${packages} libcjson-dev` };
  const { output } = await run(program, ["--version"]);
  return ready(output.trim(), program, []);
}

async function prepareHyper(report: (line: string) => void): Promise<Ready | Missing> {
  const target = projectPath("build/bench/hyper");
  const manifest = projectPath("bench/peers/hyper/Cargo.toml");
  const args = ["build", "--release", "--locked", "--manifest-path", manifest, "--target-dir", target];
  const { code, output } = await run("cargo", args, { onLine: (line) => report(line.trim()) });
  if (code !== 0) return { missing: `cargo build fails: ${lastLine(output)}` };
  const [, version = ""] = /^hyper = .*"=([\d.]+)"/m.exec(text("bench/peers/hyper/Cargo.toml")) ?? [];
  return ready(version, `${target}/release/bench-hyper`, []);
}

async function prepareMicrodot(report: (line: string) => void): Promise<Ready | Missing> {
  if (!hasTool("python3")) return { missing: "apt-get install python3 python3-pip" };
  const packages = projectPath("build/bench/microdot");
  const requirements = projectPath("bench/peers/microdot/requirements.txt");
  const [, version = ""] = /^microdot==([\d.]+)/.exec(text("bench/peers/microdot/requirements.txt")) ?? [];
  if (!existsSync(`${packages}/microdot-${version}.dist-info`)) {
    report("pip install");
    const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--upgrade"];
    const { code, output } = await run("python3", [...pip, "--target", packages, "-r", requirements]);
    if (code !== 0) return { missing: `pip fails (apt-get install python3-pip?): ${lastLine(output)}` };
  }
  // The interpreter itself, where python3 is a script that starts it: valgrind does not follow.
  const { output: python } = await run("python3", ["-c", "import sys; print(sys.executable)"]);
  return ready(version, python.trim(), [projectPath("bench/peers/microdot/server.py")], {
    PYTHONPATH: packages,
    // Two runs of one start alike, so that their difference is that of the requests.
    PYTHONHASHSEED: "0",
  });
}

function lastLine(output: string): string {
  return output.trim().split("\n").pop() ?? "";
}

export const peers: readonly Server[] = [
  {
    name: "microhttpd",
    title: "GNU libmicrohttpd",
    lacks: noWebSockets("libmicrohttpd as Debian builds it has no WebSockets"),
    prepare: () => prepareC("microhttpd", "libmicrohttpd-dev"),
  },
  {
    name: "evhttp",
    title: "libevent's evhttp",
    lacks: noWebSockets("evhttp has no WebSockets before libevent 2.2"),
    prepare: () => prepareC("evhttp", "libevent-dev"),
  },
  { name: "civetweb", title: "CivetWeb", prepare: () => prepareC("civetweb", "libcivetweb-dev") },
  { name: "hyper", title: "hyper on Tokio, Rust", prepare: (_, report) => prepareHyper(report) },
  {
    name: "node",
    title: "node:http, and ws",
    uncounted: "valgrind does not run the code that V8 makes",
    prepare: async () =>
      ready(process.versions.node, process.execPath, [projectPath("build/bench/peers/node/server.js")]),
  },
  {
    name: "microdot",
    title: "Microdot on CPython",
    slower: 10,
    prepare: (_, report) => prepareMicrodot(report),
  },
];
