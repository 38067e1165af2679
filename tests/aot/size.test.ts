import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, describe, it } from "node:test";
import { missingFor32Bits } from "../../host/build/bits32.js";
import { root } from "../../host/build/project.js";
import type { AppSize } from "../../host/size/measure.js";

const missing = await missingFor32Bits();
const skip = missing !== undefined && process.env["CI"] === undefined ? missing : false;

describe("npm run size -- examples/basic --aot --json", { skip }, () => {
  let size: AppSize;

  before(() => {
    const args = ["host/setup/main.mjs", "size", "examples/basic", "--aot", "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    size = JSON.parse(stdout) as AppSize;
  });

  it("takes no more than 56 KiB of RAM with 10 open connections, executed in place", () => {
    const { poolBytes, dataBytes, linearMemoryBytes, hostStateBytes } = size;
    assert.equal(size.connections, 10);
    assert.equal(size.totalBytes, poolBytes + dataBytes + linearMemoryBytes + hostStateBytes);
    assert.ok(size.totalBytes <= 57_344, `${size.totalBytes} bytes`);
  });

  it("tells how large the app is for each target", () => {
    assert.deepEqual(Object.keys(size.aotBytes), ["x86_64", "aarch64", "riscv32"]);
    for (const bytes of Object.values(size.aotBytes)) assert.ok(bytes > size.wasmBytes);
  });
});
