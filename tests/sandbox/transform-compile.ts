/** Compiles virtual AssemblyScript files with the transform, for the tests of the transform. */
import asc from "assemblyscript/asc";
import MicroServerTransform from "../../host/transform/index.js";

export interface Compiled {
  /** The module; empty where compiling failed. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** The module's text. */
  readonly wat: string;
  /** All errors and warnings, one line each: `app.ts:3:5 ERROR AS109: …`. */
  readonly messages: readonly string[];
}

/** Compiles `app.ts` of `files` (paths as in a project, `node_modules/…` for packages). */
export async function compile(files: Record<string, string>, options: readonly string[] = []): Promise<Compiled> {
  const output = new Map<string, string | Uint8Array>();
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    ["app.ts", "--outFile", "app.wasm", "--textFile", "app.wat", "--runtime", "minimal", "--noColors", ...options],
    {
      stderr,
      stdout: asc.createMemoryStream(),
      readFile: (name: string) => files[name.replace(/\\/g, "/")] ?? null,
      writeFile: (name: string, content: string | Uint8Array) => void output.set(name, content),
      listFiles: () => [],
      transforms: [MicroServerTransform] as never,
    },
  );
  const messages = messagesIn(stderr.toString());
  if (error && messages.length === 0) throw error;
  const failed = error !== null;
  return {
    wasm: failed ? new Uint8Array() : (output.get("app.wasm") as Uint8Array<ArrayBuffer>),
    wat: failed ? "" : String(output.get("app.wat")),
    messages,
  };
}

/** The compiler's report as one line each: `app.ts:3:5 ERROR TS2322: text`, or without a place where it has none. */
function messagesIn(report: string): string[] {
  return report.split(/^(?=(?:ERROR|WARNING) [A-Z]+\d+: )/m).flatMap((part) => {
    const [, text] = /^((?:ERROR|WARNING) .*)/.exec(part) ?? [];
    if (text === undefined) return [];
    const [, file, line, column] = /└─ in (.*)\((\d+),(\d+)\)/.exec(part) ?? [];
    return [file === undefined ? text : `${file}:${line}:${column} ${text}`];
  });
}
