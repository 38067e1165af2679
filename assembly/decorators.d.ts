/** What MicroServer adds to AssemblyScript's global names, for editors and type checks. */

/** Derives a reader and a writer of JSON from a class's fields: see docs/json.md. */
declare function json(target: Constructor): void;
