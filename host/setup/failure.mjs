/** Something that a person can mend: `message` is one line that says what and how, `details` what led to it. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {{ details?: string, exitCode?: number }} [more]
   */
  constructor(message, { details = "", exitCode = 1 } = {}) {
    super(message);
    this.name = "Failure";
    this.details = details;
    this.exitCode = exitCode;
  }
}

/**
 * Writes an error to stderr: a failure's details and its one line, anything else with its stack.
 *
 * @param {unknown} error
 * @returns {number} the exit code
 */
export function reportFailure(error) {
  if (!(error instanceof Error && error.name === "Failure")) {
    console.error(error);
    return 1;
  }
  const { details, message, exitCode } = /** @type {Failure} */ (error);
  if (details) process.stderr.write(`${details.trimEnd()}\n`);
  process.stderr.write(`error: ${message}\n`);
  return exitCode;
}
