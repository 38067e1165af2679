import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { check } from "../../host/editor/check.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const app = `${root}examples/basic/app.ts`;
const correct = readFileSync(app, "utf8");

/** Code that AssemblyScript and the build accept, and that TypeScript alone would underline. */
const FORMS = `
@inline function one(): i32 { return 1; }
@lazy let two: i32 = 2;
@external("env", "three") declare function three(): i32;
@app.get("/forms") @app.post("/forms") function forms(req: Request): Response { return Response.plain((one() + two + three()).toString()); }
@app.route("/more", ["GET"]) export function more(req: Request): Response { return forms(req); }
class Zero { n: i32; }
new Zero().n++;
`;

interface Diagnostic {
  readonly start: { readonly line: number };
  readonly code: number;
}

/** A session with the server that editors talk to. */
class TsServer {
  readonly #process = spawn(process.execPath, [
    createRequire(import.meta.url).resolve("typescript/lib/tsserver.js"),
    "--disableAutomaticTypingAcquisition",
  ]);
  readonly #waiting = new Map<number, (body: unknown) => void>();
  #received = "";
  #sequence = 0;

  constructor() {
    this.#process.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (this.#received + text).split("\n");
      this.#received = lines.pop()!;
      for (const line of lines.filter((part) => part.startsWith("{"))) {
        const message = JSON.parse(line) as { type: string; request_seq: number; success: boolean; body: unknown };
        if (message.type === "response") this.#waiting.get(message.request_seq)?.(message.body);
      }
    });
  }

  #send(command: string, args: object): number {
    this.#process.stdin.write(
      `${JSON.stringify({ seq: ++this.#sequence, type: "request", command, arguments: args })}\n`,
    );
    return this.#sequence;
  }

  #ask(command: string, file: string): Promise<Diagnostic[]> {
    const sequence = this.#send(command, { file });
    return new Promise((resolve) => this.#waiting.set(sequence, (body) => resolve(body as Diagnostic[])));
  }

  /** What an editor underlines in a file with this text: `TS2322 in line 3`. */
  async underlined(file: string, text: string): Promise<string[]> {
    this.#send("open", { file, fileContent: text });
    const found = [
      ...(await this.#ask("syntacticDiagnosticsSync", file)),
      ...(await this.#ask("semanticDiagnosticsSync", file)),
    ];
    this.#send("close", { file });
    return found.map(({ code, start }) => `TS${code} in line ${start.line}`);
  }

  end(): void {
    this.#process.kill();
  }
}

let server: TsServer;
before(() => void (server = new TsServer()));
after(() => server.end());

const lines = correct.split("\n").length;

test("an editor underlines nothing in a correct app", async () => {
  assert.deepEqual(await server.underlined(app, correct), []);
  assert.deepEqual(await server.underlined(app, correct + FORMS), []);
});

test("an editor underlines an error, and that only", async () => {
  const wrong = `${correct}@app.get("/wrong")\nexport function wrong(req: Request): Response {\n  return "text";\n}\n`;
  assert.deepEqual(await server.underlined(app, wrong), [`TS2322 in line ${lines + 2}`]);
});

test("an editor underlines decorators that the build refuses", async () => {
  const refused = [
    '@app.gett("/") function a(): void {}',
    "@app.get function b(): void {}",
    "@get function c(): void {}",
    '@app.get("/") let d = 1;',
  ];
  for (const line of refused) {
    const found = await server.underlined(app, `${correct}${line}\n`);
    assert.ok(found.includes(`TS1206 in line ${lines}`), line);
  }
});

test("the check finds the examples correct", () => {
  for (const project of ["examples/basic", "examples/conformance"]) {
    assert.equal(check(`${root}${project}/tsconfig.json`).text, "");
  }
});

test("the check of a missing project is an error", () => {
  const { errors, text } = check(`${root}examples/none/tsconfig.json`);
  assert.equal(errors, 1);
  assert.match(text, /TS5083: Cannot read file/);
});
