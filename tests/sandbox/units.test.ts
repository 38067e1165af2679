/** The runner of the AssemblyScript unit tests: several specs share a process, and none may hide another's failure. */

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import { projectPath } from "../../host/build/project.js";
import { runSpecs, type WorkerOptions } from "../../host/cli/test/units.js";

const folder = `build/unit-fixtures-${process.pid}`;
mkdirSync(projectPath(folder), { recursive: true });
after(() => rmSync(projectPath(folder), { recursive: true }));

/** Runs specs of these texts; what came of each: passed, failed and details. */
async function outcomes(specs: Readonly<Record<string, string>>, options?: WorkerOptions) {
  for (const [name, text] of Object.entries(specs)) writeFileSync(projectPath(`${folder}/${name}`), text);
  const paths = Object.keys(specs).map((name) => `${folder}/${name}`);
  const suites = await runSpecs(paths, () => {}, options);
  return suites.map(({ name, passed, failed, details }, i) => {
    assert.equal(name, paths[i]);
    return { count: [passed, failed], details };
  });
}

const spec = (...tests: string[]): string => `describe("group", () => { ${tests.join("\n")} });`;
const good = (name: string): string => `it("${name}", () => { expect(1).toBe(1); });`;
const bad = `it("bad", () => { expect(1).toBe(2); });`;

describe("specs", () => {
  it("are counted by tests, and a failed one is shown with its values", async () => {
    const [all, some] = await outcomes({
      "all.spec.ts": spec(good("a"), good("b")),
      "some.spec.ts": spec(good("a"), bad),
    });
    assert.deepEqual([all, some?.count], [{ count: [2, 0], details: "" }, [1, 1]]);
    assert.match(some?.details ?? "", /bad.*\n.*\[Actual\].* 1.*\n.*\[Expected\].* 2/);
  });

  it("fail without a test, where they do not compile, and where they trap outside of a test", async () => {
    const [none, broken, trap, next] = await outcomes({
      "none.spec.ts": `describe("group", () => {});`,
      "broken.spec.ts": `const x: i32 = "text";`,
      "trap.spec.ts": `throw new Error("at the start");`,
      "next.spec.ts": spec(good("a")),
    });
    assert.deepEqual(
      [none?.count, broken?.count, trap?.count, next?.count],
      [
        [0, 1],
        [0, 1],
        [0, 1],
        [1, 0],
      ],
    );
    assert.match(none?.details ?? "", /there is no test in it/);
    assert.match(broken?.details ?? "", /TS2322[^]*broken\.spec\.ts/);
    assert.match(trap?.details ?? "", /did not run[^]*at start:.*trap\.spec/);
    assert.doesNotMatch(trap?.details ?? "", /there is no test/);
  });

  it("keep no state from one to the next", async () => {
    const count = `let n = 0; ${spec('it("once", () => { expect(++n).toBe(1); });')}`;
    const found = await outcomes({ "a.spec.ts": count, "b.spec.ts": count, "c.spec.ts": count });
    assert.deepEqual(
      found.map((each) => each.count),
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    );
  });

  it("that end or hold up their process fail by name, and the others still run", async () => {
    const program = `${projectPath(folder)}/worker.mjs`;
    writeFileSync(
      program,
      `process.on("message", (spec) => {
        if (spec.includes("crash")) { console.error("core dumped"); process.exit(7); }
        if (!spec.includes("hang")) process.send({ tests: { passed: 1, failed: 0, whole: true }, output: "" });
      });`,
    );
    const names = ["a", "crash1", "b", "hang", "crash2", "c"].map((name): [string, string] => [`${name}.spec.ts`, ""]);
    const found = await outcomes(Object.fromEntries(names), { program, timeout: 5000 });
    assert.deepEqual(
      found.map((each) => each.count),
      [
        [1, 0],
        [0, 1],
        [1, 0],
        [0, 1],
        [0, 1],
        [1, 0],
      ],
    );
    assert.match(found[1]?.details ?? "", /ended its process with 7\ncore dumped/);
    assert.match(found[3]?.details ?? "", /did not end in 5 s/);
  });
});
