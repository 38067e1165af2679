/**
 * The examples in the documents: each block of code that is fenced as `ts` is an app, or a part of one, and compiles.
 * What cannot is fenced as `ts fragment` where it lacks what is around it, such as a few lines of a handler, and as
 * `ts test` where it is a test.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { buildApp, type BuiltApp } from "../../host/build/app.js";
import { projectPath } from "../../host/build/project.js";

export interface Block {
  /** Document, heading, and the number of the block below that where it has several. */
  readonly name: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

/** The public names of the package. */
const NAMES: readonly string[] = [
  ...readFileSync(projectPath("assembly/index.ts"), "utf8").matchAll(/^export \{([^}]*)\} from/gm),
].flatMap(([, list = ""]) => list.split(",").map((name) => name.replace(/^.* as /, "").trim()));

const KINDS = ["ts", "ts fragment", "ts test"];

/** Finds the blocks that are to compile in a document's text. Throws where a fence is not closed, or says else. */
export function blocksOf(document: string, markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let fence: { info: string; line: number; code: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    const [, mark, info = ""] = /^(```+|#+)\s*(.*)$/.exec(text) ?? [];
    if (fence === undefined) {
      if (mark?.startsWith("`")) {
        if (/^ts\b/.test(info) && !KINDS.includes(info))
          throw new Error(`${document}:${index + 1}: "${info}" is none of ${KINDS.join(", ")}`);
        fence = { info, line: index + 2, code: [] };
      } else if (mark !== undefined) {
        heading = info;
      }
    } else if (mark?.startsWith("`") && info === "") {
      if (fence.info === "ts") {
        const title = `${document}: ${heading}`;
        const before = blocks.filter(({ name }) => name === title || name.startsWith(`${title}, `)).length;
        const name = before === 0 ? title : `${title}, ${before + 1}`;
        blocks.push({ name, line: fence.line, code: fence.code.join("\n") });
      }
      fence = undefined;
    } else {
      fence.code.push(text);
    }
  }
  if (fence !== undefined) throw new Error(`${document}:${fence.line - 1}: this block is not closed`);
  return blocks;
}

/**
 * The block as an app: what it uses of the package is imported, and `app` is there, unless it does so itself. Its lines
 * have the numbers that they have in the document.
 */
export function appOf({ line, code }: Block): string {
  const known = new Set<string>();
  for (const [, list = ""] of code.matchAll(/^import \{([^}]*)\} from/gm))
    for (const name of list.split(",")) known.add(name.replace(/^.* as /, "").trim());
  for (const [, name = ""] of code.matchAll(/^(?:export )?(?:abstract )?(?:class|function) (\w+)/gm)) known.add(name);

  const app = /\bnew MicroServer\(/.test(code) ? "" : "export const app = new MicroServer();";
  const bare = `${app}${code}`.replace(/\/\/.*$|\/\*[^]*?\*\//gm, "").replace(/"(?:[^"\\]|\\.)*"/g, "");
  const used = NAMES.filter((name) => !known.has(name) && new RegExp(`\\b${name}\\b`).test(bare));
  const imports = used.length > 0 ? `import { ${used.join(", ")} } from "microserver"; ` : "";
  return `${imports}${app}${"\n".repeat(line - 1)}${code}\n`;
}

/** Compiles a block, without the optimizer, which has nothing to say. Rejects with Failure: its details have the compiler's words and the document's lines. */
export function compileBlock(block: Block): Promise<BuiltApp> {
  const folder = projectPath(`build/docs/${block.name.replace(/[^A-Za-z0-9]+/g, "-")}`);
  const source = `${folder}/app.ts`;
  const text = appOf(block);
  mkdirSync(folder, { recursive: true });
  if (readIfThere(source) !== text) writeFileSync(source, text);
  return buildApp(folder, { debug: true, out: `${folder}/app.wasm` });
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
