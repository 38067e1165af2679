/** The files of an app as they go to flash: its `www/`, with text compressed already. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** What shrinks. */
const TEXT = new Set([
  ".css",
  ".csv",
  ".htm",
  ".html",
  ".js",
  ".json",
  ".map",
  ".md",
  ".mjs",
  ".svg",
  ".txt",
  ".wasm",
  ".xml",
]);
const FOLDER = "www";

export interface WebFiles {
  /** Files of the app. */
  readonly files: number;
  /** Bytes of all that is written, compressed copies included. */
  readonly bytes: number;
}

/**
 * Copies the `www/` of the app in `dir` to `out`, which is emptied before. Beside each text file that becomes smaller
 * there is then the same as `.gz`, unless the app brings one. All keep the time of the file that they come from. Names that
 * begin with a dot are left out.
 */
export function writeWebFiles(dir: string, out: string): WebFiles {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const from = join(dir, FOLDER);
  return existsSync(from) ? copyFolder(from, join(out, FOLDER)) : { files: 0, bytes: 0 };
}

function copyFolder(from: string, to: string): WebFiles {
  mkdirSync(to);
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      const inner = copyFolder(source, target);
      files += inner.files;
      bytes += inner.bytes;
    } else if (entry.isFile()) {
      files++;
      bytes += copyFile(source, target);
    }
  }
  return { files, bytes };
}

/** @returns the bytes that were written */
function copyFile(source: string, target: string): number {
  const content = readFileSync(source);
  const { mtime } = statSync(source);
  write(target, content, mtime);
  if (!TEXT.has(extname(source).toLowerCase()) || existsSync(`${source}.gz`)) return content.length;
  const packed = gzipSync(content, { level: 9 });
  if (packed.length >= content.length) return content.length;
  write(`${target}.gz`, packed, mtime);
  return content.length + packed.length;
}

function write(target: string, content: Uint8Array, time: Date): void {
  writeFileSync(target, content);
  utimesSync(target, time, time);
}
