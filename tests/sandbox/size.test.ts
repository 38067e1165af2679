import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, describe, it } from "node:test";
import { missingFor32Bits } from "../../host/build/bits32.js";
import { root } from "../../host/build/project.js";
import type { AppSize } from "../../host/size/measure.js";

const missing = await missingFor32Bits();
const skip = missing !== undefined && process.env["CI"] === undefined ? missing : false;

describe("npm run size -- examples/basic --json", { skip }, () => {
  let size: AppSize;

  before(() => {
    const args = ["host/setup/main.mjs", "size", "examples/basic", "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    size = JSON.parse(stdout) as AppSize;
  });

  it("takes no more than 96 KiB of RAM with 10 open connections", () => {
    assert.equal(size.connections, 10);
    assert.equal(size.totalBytes, size.poolBytes + size.linearMemoryBytes + size.hostStateBytes);
    assert.ok(size.totalBytes <= 98_304, `${size.totalBytes} bytes`);
  });

  it("holds no more than 200 bytes for an idle connection", () => {
    assert.ok(size.idleGuestBytes > 0 && size.idleHostBytes > 0);
    assert.ok(size.idleGuestBytes + size.idleHostBytes <= 200);
  });
});
