/** What goes to flash of an app's `www/`. */

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { writeWebFiles } from "../../host/build/web-files.js";

const LONG = "body { margin: 0 }\n".repeat(50);

describe("web files", () => {
  let folder: string;
  const app = (path: string): string => join(folder, "app", path);
  const out = (path: string): string => join(folder, "out", path);
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(join(app(path), ".."), { recursive: true });
    writeFileSync(app(path), content);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "microserver-files-"));
    mkdirSync(app("."));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("have a compressed copy beside each text file", () => {
    write("www/css/app.css", LONG);
    const { files, bytes } = writeWebFiles(app("."), out("."));
    const packed = readFileSync(out("www/css/app.css.gz"));
    assert.equal(readFileSync(out("www/css/app.css"), "utf8"), LONG);
    assert.equal(gunzipSync(packed).toString(), LONG);
    assert.deepEqual([files, bytes], [1, LONG.length + packed.length]);
  });

  it("have none where it would not be smaller, or the file is no text", () => {
    write("www/tiny.txt", "hi");
    write("www/photo.jpg", LONG);
    writeWebFiles(app("."), out("."));
    assert.equal(existsSync(out("www/tiny.txt.gz")), false);
    assert.equal(existsSync(out("www/photo.jpg.gz")), false);
  });

  it("leave a compressed copy that the app brings as it is", () => {
    write("www/app.js", LONG);
    write("www/app.js.gz", "its own");
    assert.equal(writeWebFiles(app("."), out(".")).files, 2);
    assert.equal(readFileSync(out("www/app.js.gz"), "utf8"), "its own");
  });

  it("keep their time, and share it with their compressed copy: ETags change with what they tell of", () => {
    const time = new Date("2026-03-04T05:06:07Z");
    write("www/app.css", LONG);
    utimesSync(app("www/app.css"), time, time);
    writeWebFiles(app("."), out("."));
    for (const name of ["www/app.css", "www/app.css.gz"]) assert.deepEqual(statSync(out(name)).mtime, time, name);
  });

  it("leave out hidden files, and what is beside www", () => {
    write("www/.DS_Store", "x");
    write("app.ts", "x");
    writeWebFiles(app("."), out("."));
    assert.equal(existsSync(out("www/.DS_Store")), false);
    assert.equal(existsSync(out("app.ts")), false);
  });

  it("are those of this app only: the folder is emptied before", () => {
    write("www/new.html", LONG);
    mkdirSync(out("www"), { recursive: true });
    writeFileSync(out("www/old.html"), "old");
    writeWebFiles(app("."), out("."));
    assert.equal(existsSync(out("www/old.html")), false);
  });

  it("are an empty folder where the app has no www", () => {
    assert.deepEqual(writeWebFiles(app("."), out(".")), { files: 0, bytes: 0 });
    assert.ok(existsSync(out(".")));
  });
});
