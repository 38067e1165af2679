import { Failure } from "../../setup/failure.mjs";

/** What came of a suite of tests: a file of tests, or one check of `npm run lint`. */
export interface Suite {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Empty where nothing failed. */
  readonly details: string;
  /** Tests that were not run, with the reasons. */
  readonly skipped?: readonly string[];
}

export interface Sum {
  readonly passed: number;
  readonly failed: number;
}

export function sum(suites: readonly Sum[]): Sum {
  return {
    passed: suites.reduce((total, { passed }) => total + passed, 0),
    failed: suites.reduce((total, { failed }) => total + failed, 0),
  };
}

/** `3 passed, 1 failed` */
export function inWords({ passed, failed }: Sum): string {
  return `${passed} passed, ${failed} failed`;
}

/** A suite that failed as a whole. */
export function failure(name: string, details: string): Suite {
  return { name, passed: 0, failed: 1, details };
}

/**
 * A suite that failed since something that it needs could not be made.
 *
 * @throws what was thrown where that is no {@link Failure}
 */
export function unmade(name: string, error: unknown): Suite {
  if (!(error instanceof Failure)) throw error;
  return failure(name, `${error.details}\n${error.message}`);
}

/** A suite that this machine cannot run, and what to do about it: a failure where all must run (`CI=true`). */
export function unavailable(name: string, reason: string): Suite {
  if (process.env.CI === "true") return failure(name, reason);
  return { name, passed: 0, failed: 0, details: "", skipped: [reason] };
}

/** The suites, or one that failed where there are none: a part that tests nothing has not passed. */
export function notEmpty(suites: readonly Suite[], what: string): readonly Suite[] {
  return suites.length > 0 ? suites : [failure(what, `there are no ${what}`)];
}

/** The failed suites with their details, indented. */
export function failuresOf(suites: readonly Suite[]): string {
  return suites
    .filter(({ failed }) => failed > 0)
    .map(
      ({ name, details, ...counts }) =>
        `✖ ${name}: ${inWords(counts)}\n${details.trimEnd().replace(/^(?=.)/gm, "    ")}\n`,
    )
    .join("\n");
}

/** What was not run and why, a line each. */
export function skippedOf(suites: readonly Suite[]): string {
  return suites.flatMap(({ name, skipped = [] }) => skipped.map((test) => `skipped: ${name} › ${test}\n`)).join("");
}
