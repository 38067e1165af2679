/** Every example in the documents compiles. */

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { after, describe, it } from "node:test";
import { projectPath } from "../../host/build/project.js";
import { findFiles } from "../../host/build/files.js";
import { Failure } from "../../host/setup/failure.mjs";
import { appOf, blocksOf, compileBlock } from "./blocks.js";

const documents = ["README.md", ...findFiles(["docs", "examples"], /\.md$/)];
const blocks = documents.flatMap((path) => blocksOf(path, readFileSync(projectPath(path), "utf8")));

describe("the example compiles in", { concurrency: availableParallelism() }, () => {
  for (const block of blocks) {
    it(block.name, async () => {
      try {
        await compileBlock(block);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        assert.fail(`${block.name}, line ${block.line}: ${error.message}\n${error.details}`);
      }
    });
  }

  it("the README, for one", () => assert.ok(blocks.some(({ name }) => name.startsWith("README.md: "))));
});

describe("a block", () => {
  const fenced = (info: string, code: string): string => `\`\`\`${info}\n${code}\n\`\`\`\n`;

  it("is named by document and heading", () => {
    const markdown = `# Title\n${fenced("ts", "a")}## Two\n${fenced("ts", "b\n\n# c")}\n${fenced("ts", "d")}`;
    assert.deepEqual(blocksOf("x.md", markdown), [
      { name: "x.md: Title", line: 3, code: "a" },
      { name: "x.md: Two", line: 7, code: "b\n\n# c" },
      { name: "x.md: Two, 2", line: 13, code: "d" },
    ]);
  });

  it("is passed over where it is a fragment, a test or in another language", () => {
    assert.deepEqual(
      blocksOf("x.md", fenced("ts fragment", "a") + fenced("ts test", "b") + fenced("sh", "ts") + fenced("", "ts")),
      [],
    );
  });

  it("is nothing else", () =>
    assert.throws(() => blocksOf("x.md", fenced("ts frag", "a")), /x\.md:1: "ts frag" is none of/));

  it("must be closed", () =>
    assert.throws(() => blocksOf("x.md", "# T\n```ts\na\n"), /x\.md:2: this block is not closed/));

  it("gets the imports and the app that it leaves out, and keeps its lines", () => {
    assert.equal(
      appOf({ name: "", line: 3, code: `app.get("/", (req) => Response.plain("Query")); // Params` }),
      `import { MicroServer, Response } from "microserver"; export const app = new MicroServer();\n\n` +
        `app.get("/", (req) => Response.plain("Query")); // Params\n`,
    );
    const whole = `import { MicroServer } from "microserver";\nclass Query {}\nconst app = new MicroServer();`;
    assert.equal(appOf({ name: "", line: 2, code: whole }), `\n${whole}\n`);
  });

  it("that is broken fails, with the document's line", async () => {
    const name = `broken ${process.pid}`;
    after(() => rmSync(projectPath(`build/docs/broken-${process.pid}`), { recursive: true, force: true }));
    await assert.rejects(
      compileBlock({ name, line: 40, code: `app.get("/", (req) => 5);\nlet x: i32 = "no";` }),
      (error) => {
        assert.ok(error instanceof Failure);
        assert.match(String(error.details), /app\.ts\(40,[^]*app\.ts\(41,/);
        return true;
      },
    );
  });
});
