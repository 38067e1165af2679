/** `npm start`, and the files that an app finds then. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { projectPath, root } from "../../host/build/project.js";

const folder = mkdtempSync(join(tmpdir(), "microserver-start-"));
const name = `files-start-${process.pid}`;
after(() => {
  rmSync(folder, { recursive: true });
  for (const end of ["", ".inputs.json"]) rmSync(projectPath(`build/apps/${name}.wasm${end}`), { force: true });
});

/** An app that tells the size of /www/page.html. */
const APP = `
import { MicroServer, Request, Response } from "microserver";
import { file_open, FileInfo } from "microserver/abi";

export const app = new MicroServer();

@app.get("/")
export function size(req: Request): Response {
  const path = String.UTF8.encode("/www/page.html");
  const info = new StaticArray<u32>(3);
  const file = file_open(changetype<usize>(path), path.byteLength, 0, changetype<usize>(info), offsetof<FileInfo>());
  return Response.plain(file < 0 ? "error " + file.toString() : "size " + info[0].toString());
}
`;

async function answer(...flags: string[]): Promise<string> {
  const main = projectPath("host/setup/main.mjs");
  const child = spawn(process.execPath, [main, "start", join(folder, name), "--port", "0", ...flags], { cwd: root });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let [output, errors] = ["", ""];
      child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const found = /listening on (\S+)\n/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("close", () => reject(new Error(`no address: ${errors}`)));
    });
    return await (await fetch(url)).text();
  } finally {
    child.kill("SIGINT");
  }
}

it("npm start gives an app the files of its folder, or of another one", async () => {
  for (const [inner, page] of [
    [name, "1"],
    ["other", "22"],
  ] as const) {
    mkdirSync(join(folder, inner, "www"), { recursive: true });
    writeFileSync(join(folder, inner, "www/page.html"), page);
  }
  writeFileSync(join(folder, name, "app.ts"), APP);
  assert.equal(await answer(), "size 1");
  assert.equal(await answer("--root", join(folder, "other")), "size 2");
  assert.equal(await answer("--root", join(folder, name, "www")), "error -1");
});
