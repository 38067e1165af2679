/** Type-checks AssemblyScript with TypeScript, by the rules that the editor plugin applies. */
import { resolve } from "node:path";
import ts from "typescript";
import { isUnfounded } from "./decorators.cjs";

export interface Checked {
  /** How many errors there are. */
  readonly errors: number;
  /** The diagnostics as `tsc` prints them; empty where there are none. */
  readonly text: string;
}

/**
 * Checks the project of a `tsconfig.json`. Packages that it imports are not looked into: they have projects of their own.
 *
 * @param colors also shows the lines of code, as `tsc` does in a terminal.
 */
export function check(tsconfig: string, colors = false): Checked {
  const path = resolve(tsconfig);
  const unreadable: ts.Diagnostic[] = [];
  const project = ts.getParsedCommandLineOfConfigFile(
    path,
    { noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => void unreadable.push(diagnostic) },
  );
  const found = project ? [...project.errors, ...diagnosticsOf(project)] : unreadable;
  const host: ts.FormatDiagnosticsHost = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => process.cwd(),
    getNewLine: () => "\n",
  };
  const format = colors ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics;
  const errors = found.filter(({ category }) => category === ts.DiagnosticCategory.Error).length;
  return { errors, text: found.length > 0 ? format(found, host) : "" };
}

function diagnosticsOf({ fileNames, options }: ts.ParsedCommandLine): ts.Diagnostic[] {
  const program = ts.createProgram(fileNames, options);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => !file || !program.isSourceFileFromExternalLibrary(file))
    .filter((diagnostic) => !isUnfounded(ts, diagnostic));
}
