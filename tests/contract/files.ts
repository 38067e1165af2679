/** What the file calls of a host do, as data: exchanges with the guest of `tests/apps/files`, on the files of `makeTree`. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** When the files of the tree were written last, in s since 1970-01-01. */
export const MODIFIED = 1_700_000_000;

export const BIG = 300_000;

/** Bytes that show a piece that is lost, doubled or in the wrong place. */
export function pattern(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 7 + (i >> 8) * 3 + (i >> 16)) % 251;
  return bytes;
}

const tree: Readonly<Record<string, string | Buffer>> = {
  "hello.txt": "Hello, files!",
  "a..b.txt": "dots",
  ".hidden": "hidden",
  "...": "three",
  "%2e%2e": "per cent",
  "ü €.txt": "name",
  empty: "",
  "big.bin": pattern(BIG),
  "www/index.html": "<h1>",
  "www/app.js": "plain",
  "www/app.js.gz": "zipped!",
  "www/only.css.gz": "zipped only",
  "www/deep/er/x.txt": "x",
  "folder.txt": "no variant",
  "folder.txt.gz/inner": "x",
  "linked.txt": "no link",
  "logs/old": "1",
};

const links: Readonly<Record<string, string>> = {
  "link.txt": "hello.txt",
  "linked.txt.gz": "hello.txt",
  linked: "www",
  outside: "/etc",
  "passwd.txt": "/etc/passwd",
  "up.txt": "../../etc/passwd",
  dangling: "nowhere",
};

/** Makes a folder with files, links and a FIFO. `remove` takes it away again. */
export function makeTree(files = tree, symlinks = links): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "microserver-files-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    utimesSync(join(root, path), MODIFIED, MODIFIED);
  }
  for (const [path, target] of Object.entries(symlinks)) symlinkSync(target, join(root, path));
  execFileSync("mkfifo", [join(root, "fifo")]);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

/** A command to the guest, and its answer. */
export type Step = readonly [command: readonly string[], answer: string];
export interface FileCase {
  readonly name: string;
  readonly steps: readonly Step[];
}

const [ABSENT, FORBIDDEN, DIRECTORY, BUSY, FAILED] = ["-1", "-2", "-3", "-5", "-6"] as const;
const [READ, READ_ENCODED, WRITE, APPEND] = ["0", "1", "2", "3"] as const;
/** Handles as they are given out: one of 16 slots, and another number each time. */
const [FIRST, SECOND, FIRST_AGAIN] = ["16", "17", "32"] as const;

const forbidden = [
  "..",
  ".",
  "/..",
  "../hello.txt",
  "/../hello.txt",
  "www/..",
  "www/../hello.txt",
  "www/../../etc/passwd",
  "./hello.txt",
  "www/./index.html",
  "//hello.txt",
  "///etc/passwd",
  "www//index.html",
  "www/",
  "hello.txt/",
  "www\\index.html",
  "..\\hello.txt",
  "www/..\\..\\x",
  "\0",
  "hello.txt\0",
  "hello.txt\0.png",
  "www/\0/x",
  "link.txt",
  "linked",
  "linked/index.html",
  "outside/passwd",
  "passwd.txt",
  "up.txt",
  "dangling",
  "fifo",
];
const folders = ["", "/", "www", "/www", "www/deep"];
const absent = [
  "nope",
  "www/nope",
  "nope/x",
  "hello.txt/x",
  "HELLO.TXT",
  "....",
  "a".repeat(255),
  "a/".repeat(127) + "b",
];
/** Absent, and no file can be made there. */
const impossible = ["nope/x", "hello.txt/x", "a".repeat(256), "www/" + "a".repeat(252), `www/${"a/".repeat(400)}b`];

/** A path in the name of a case. */
function shown(path: string): string {
  return JSON.stringify(path.length > 40 ? `${path.slice(0, 20)}… (${path.length})` : path);
}

function refused(paths: readonly string[], error: string, modes: readonly string[]): FileCase[] {
  return paths.map((path) => ({
    name: `${shown(path)} is ${error}, whatever is asked of it`,
    steps: [
      ...modes.map((mode): Step => [["open", mode, path], error]),
      [["remove", path], error],
      [["rename", path, "logs/new"], error],
    ],
  }));
}

function refusedTargets(paths: readonly string[], error: string): FileCase[] {
  return paths.map((path) => ({
    name: `renaming to ${shown(path)} is ${error}`,
    steps: [
      [["rename", "hello.txt", path], error],
      [["size", "hello.txt"], "13"],
    ],
  }));
}

function opened(path: string, mode: string, size: number, encoded = 0): FileCase {
  return {
    name: `opens ${shown(path)} in mode ${mode}`,
    steps: [[["open", mode, path], `${FIRST} ${size} ${MODIFIED} ${encoded}`]],
  };
}

const sixteen = Array<string>(16).fill("hello.txt");

/** What every host refuses; nothing changes by it. */
export const refusals: readonly FileCase[] = [
  ...refused(forbidden, FORBIDDEN, [READ, READ_ENCODED, WRITE, APPEND]),
  ...refused(folders, DIRECTORY, [READ, READ_ENCODED, WRITE, APPEND]),
  ...refused(absent, ABSENT, [READ, READ_ENCODED]),
  ...refused(impossible, ABSENT, [READ, READ_ENCODED, WRITE, APPEND]),
  ...refusedTargets(forbidden, FORBIDDEN),
  ...refusedTargets(folders, DIRECTORY),
  ...refusedTargets(impossible, ABSENT),
];

/** What it does; each starts with the tree as it was made. */
export const fileCases: readonly FileCase[] = [
  opened("hello.txt", READ, 13),
  opened("/hello.txt", READ, 13),
  opened("www/deep/er/x.txt", READ, 1),
  opened("a..b.txt", READ, 4),
  opened(".hidden", READ, 6),
  opened("...", READ, 5),
  opened("%2e%2e", READ, 8),
  opened("ü €.txt", READ, 4),
  opened("empty", READ, 0),
  opened("www/app.js", READ, 5),
  opened("www/app.js", READ_ENCODED, 7, 1),
  opened("www/only.css", READ_ENCODED, 11, 1),
  opened("hello.txt", READ_ENCODED, 13),
  opened("folder.txt", READ_ENCODED, 10),
  opened("linked.txt", READ_ENCODED, 7),
  {
    name: "knows no other mode",
    steps: [
      [["open", "4", "hello.txt"], FAILED],
      [["open", "-1", "hello.txt"], FAILED],
    ],
  },
  { name: "writes no FileInfo where it does not fit", steps: [[["tiny", "hello.txt"], "true true"]] },

  {
    name: "reads from any offset",
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [["read", FIRST, "0", "100"], "13 Hello, files!"],
      [["read", FIRST, "7", "3"], "3 fil"],
      [["read", FIRST, "7", "0"], "0 "],
      [["read", FIRST, "12", "9"], "1 !"],
      [["read", FIRST, "13", "9"], "0 "],
      [["read", FIRST, "4294967295", "9"], "0 "],
    ],
  },
  {
    name: "reads the compressed variant",
    steps: [
      [["open", READ_ENCODED, "www/app.js"], `${FIRST} 7 ${MODIFIED} 1`],
      [["read", FIRST, "0", "100"], "7 zipped!"],
    ],
  },
  {
    name: "writes from the start and at the end",
    steps: [
      [["write", "16", "x"], FAILED],
      [["open", APPEND, "logs/new"], `${FIRST} 0 * 0`],
      [["write", FIRST, "one,"], "4"],
      [["write", FIRST, ""], "0"],
      [["write", FIRST, "two"], "3"],
      [["close", FIRST], "closed"],
      [["open", APPEND, "logs/new"], `${FIRST_AGAIN} 7 * 0`],
      [["write", FIRST_AGAIN, ",three"], "6"],
      [["open", READ, "logs/new"], `${SECOND} 13 * 0`],
      [["read", SECOND, "0", "100"], "13 one,two,three"],
      [["write", FIRST_AGAIN, "!"], "1"],
      [["read", SECOND, "12", "100"], "2 e!"],
      [["open", WRITE, "logs/new"], "18 0 * 0"],
      [["read", SECOND, "0", "100"], "0 "],
      [["write", "18", "new"], "3"],
      [["read", SECOND, "0", "100"], "3 new"],
    ],
  },
  {
    name: "writes and reads only as was asked for",
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [["write", FIRST, "x"], FAILED],
      [["open", WRITE, "w"], `${SECOND} 0 * 0`],
      [["read", SECOND, "0", "1"], FAILED],
      [["open", APPEND, "a"], "18 0 * 0"],
      [["read", "18", "0", "1"], FAILED],
      [["size", "hello.txt"], "13"],
    ],
  },
  {
    name: "a handle that is closed names no other file",
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [["close", FIRST], "closed"],
      [["close", FIRST], "closed"],
      [["read", FIRST, "0", "9"], FAILED],
      [["open", READ, "empty"], `${FIRST_AGAIN} 0 ${MODIFIED} 0`],
      [["read", FIRST, "0", "9"], FAILED],
      [["close", FIRST], "closed"],
      [["read", FIRST_AGAIN, "0", "9"], "0 "],
    ],
  },
  ...["-1", "0", "15", "17", "1000000", "2147483647", "-2147483648"].map((handle): FileCase => ({
    name: `${handle} is no handle`,
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [["close", handle], "closed"],
      [["read", handle, "0", "9"], FAILED],
      [["write", handle, "x"], FAILED],
      [["send", handle, "0", "13"], FAILED],
      [["read", FIRST, "0", "4"], "4 Hell"],
    ],
  })),
  {
    name: "opens 16 files and no more",
    steps: [
      [["all", ...sixteen], "0"],
      [["open", READ, "hello.txt"], BUSY],
      [["open", WRITE, "new"], BUSY],
      [["open", READ, "nope"], BUSY],
      [["close", "20"], "closed"],
      [["open", READ, "empty"], `36 0 ${MODIFIED} 0`],
      [["open", READ, "empty"], BUSY],
    ],
  },
  {
    name: "renames, and replaces what is there",
    steps: [
      [["rename", "hello.txt", "www/index.html"], "0"],
      [["open", READ, "hello.txt"], ABSENT],
      [["open", READ, "www/index.html"], `${FIRST} 13 ${MODIFIED} 0`],
      [["rename", "www/index.html", "/www/index.html"], "0"],
      [["size", "www/index.html"], "13"],
    ],
  },
  {
    name: "a file that is open goes on when it is renamed, replaced or removed",
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [["open", READ, "www/index.html"], `${SECOND} 4 ${MODIFIED} 0`],
      [["rename", "hello.txt", "www/index.html"], "0"],
      [["remove", "www/index.html"], "0"],
      [["remove", "www/index.html"], ABSENT],
      [["read", FIRST, "0", "5"], "5 Hello"],
      [["read", SECOND, "0", "5"], "4 <h1>"],
    ],
  },
  {
    name: "an abort closes what its call has opened, and nothing else",
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [["abort", ...sixteen.slice(1)], "fault"],
      [["abort", ...sixteen.slice(1)], "fault"],
      [["read", FIRST, "0", "5"], "5 Hello"],
      [["all", ...sixteen.slice(1)], "0"],
      [["open", READ, "hello.txt"], BUSY],
    ],
  },
  {
    name: "a new instance has no file open",
    steps: [
      [["all", ...sixteen], "0"],
      [["trap"], "fault"],
      [["read", FIRST, "0", "5"], FAILED],
      [["all", ...sixteen], "0"],
      [["open", READ, "hello.txt"], BUSY],
    ],
  },
  ...(
    [
      ["a FileInfo", ["outside"]],
      ["a path", ["outside-path"]],
      ["room to read into", ["outside-read", "16"]],
      ["bytes to write", ["outside-write", "16"]],
    ] as const
  ).map(([what, command]): FileCase => ({
    name: `${what} outside of the guest's memory traps`,
    steps: [
      [["open", READ, "hello.txt"], `${FIRST} 13 ${MODIFIED} 0`],
      [command, "fault"],
      [["read", FIRST, "0", "5"], FAILED],
    ],
  })),
];

/** What a host without a root answers. */
export const noFiles: readonly Step[] = [
  ...[READ, READ_ENCODED, WRITE, APPEND].map((mode): Step => [["open", mode, "hello.txt"], ABSENT]),
  [["remove", "hello.txt"], ABSENT],
  [["rename", "hello.txt", "b"], ABSENT],
  [["open", READ, "../x"], FORBIDDEN],
];

/** Whether an answer is the one that is expected, where "*" stands for a time. */
export function isAnswer(answer: string, expected: string): boolean {
  const [words, wanted] = [answer.split(" "), expected.split(" ")];
  return words.length === wanted.length && wanted.every((word, i) => word === "*" || word === words[i]);
}
