/** Runs compiled TypeScript tests with Node's own runner, a process a file. */

import { availableParallelism } from "node:os";
import { run } from "node:test";
import { inspect } from "node:util";
import { findFiles } from "../../build/files.js";
import { pool } from "../../build/pool.js";
import { projectPath, root } from "../../build/project.js";
import { notEmpty, type Suite } from "./outcome.js";

/** Files of tests that are about pages, which know nothing of the host: only `e2e` runs them. */
export const ABOUT_PAGES = /\/browser[^/]*$/;

/** The compiled files of tests below folders. */
export function findTests(folders: readonly string[]): readonly string[] {
  return findFiles(folders, /\.test\.js$/);
}

/** A file of tests may take this long, in ms: that of the documents compiles dozens of apps. */
const FILE_TIMEOUT_MS = 600_000;

/** Failures of a file that are shown in full. */
const MAX_SHOWN = 10;

/** What made a test fail: the thrown error is its `cause`; a file that crashed has an exit code. */
interface TestError extends Error {
  readonly failureType?: string;
  readonly exitCode?: number;
}

/** What the runner says of one test; its own types leave out what reports of files carry. */
interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  /** Why it was not run. */
  readonly skip?: string | boolean;
  readonly details: { readonly type?: string; readonly error?: TestError };
}

interface Tally {
  passed: number;
  failed: number;
  /** Names of the tests around the one that runs, outermost first. */
  readonly path: string[];
  readonly failures: string[];
  readonly skipped: string[];
  output: string;
}

/**
 * Runs files, given as paths of the project. A file without a test, or one that crashes, has failed.
 *
 * @param forceExit ends a file after its last test, whatever is still open
 */
export async function runNodeTests(
  what: string,
  files: readonly string[],
  report: (text: string) => void,
  forceExit = false,
): Promise<readonly Suite[]> {
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --enable-source-maps`;
  let done = 0;
  const onTest = (): void => report(`${++done} tests`);
  const suites = await pool(files, availableParallelism(), (file) => runFile(file, onTest, forceExit));
  return notEmpty(suites, what);
}

/** Runs one file by itself: an event names the file that a test was written in, which may be a helper's. */
async function runFile(file: string, onTest: () => void, forceExit: boolean): Promise<Suite> {
  const tally: Tally = { passed: 0, failed: 0, path: [], failures: [], skipped: [], output: "" };
  const events = run({ files: [projectPath(file)], timeout: FILE_TIMEOUT_MS, forceExit });
  events.on("test:start", ({ name, nesting }) => tally.path.splice(nesting, Infinity, name));
  events.on("test:stdout", ({ message }) => (tally.output += message));
  events.on("test:stderr", ({ message }) => (tally.output += message));
  events.on("test:pass", (event: TestEvent) => {
    if (typeof event.skip === "string") return void tally.skipped.push(`${event.name}: ${event.skip}`);
    if (isFile(event) || event.details.type === "suite") return;
    tally.passed++;
    onTest();
  });
  events.on("test:fail", (event: TestEvent) => {
    const { error } = event.details;
    // A suite, or a file, that failed only because a test in it did, has been counted with that test.
    if (error?.failureType === "subtestsFailed") return;
    tally.failed++;
    const path = isFile(event)
      ? ["the file as a whole", ...lastOf(tally)]
      : [...tally.path.slice(0, event.nesting), event.name];
    tally.failures.push(`${path.join(" › ")}\n${describe(error)}`);
  });
  for await (const _ of events);
  return suiteOf(file.replace(/^build\//, "").replace(/\.js$/, ".ts"), tally);
}

/** Whether the event is about a file as a whole: the runner reports a file that has no tests, or crashed, as one test. */
function isFile({ name, nesting }: TestEvent): boolean {
  return nesting === 0 && name.startsWith(root);
}

/** The test that was last heard of: where a file hangs or crashes, it is that one or the next. */
function lastOf({ path }: Tally): string[] {
  return path.length > 0 ? [`in or after "${path.join(" › ")}"`] : [];
}

function suiteOf(name: string, { passed, failed, failures, skipped, output }: Tally): Suite {
  if (passed + failed + skipped.length === 0)
    return { name, passed, failed: 1, details: `there is no test in it\n${output}` };
  if (failed === 0) return { name, passed, failed, details: "", skipped };
  const shown = failures.slice(0, MAX_SHOWN);
  if (failures.length > MAX_SHOWN) shown.push(`… and ${failures.length - MAX_SHOWN} more`);
  return { name, passed, failed, details: [...shown, output].filter(Boolean).join("\n\n"), skipped };
}

/** The thrown error with the frames of the test's own code. */
function describe(error: TestError | undefined): string {
  if (typeof error?.exitCode === "number") return `ended with exit code ${error.exitCode}`;
  const cause = error?.cause ?? error;
  if (typeof cause === "string") return cause;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  return text.replace(/^ +at .*(node:|node_modules).*\n?/gm, "").trimEnd();
}
