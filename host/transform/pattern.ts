/**
 * Route patterns: `/users/<id>`, `/users/<int:id>`, `/files/<path:rest>`. A parameter is a whole segment; `<path:…>` takes
 * the rest of the path, so nothing follows it.
 */

export type Pattern =
  /** `shape`: the pattern without its parameters' names: two patterns of one shape match the same paths. */
  { readonly shape: string; readonly mistake?: never } | { readonly mistake: string; readonly shape?: never };

/** Parameters that the router takes. */
const MAX_PARAMS = 8;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads a pattern as the router will; `mistake` says what is wrong with it. */
export function parsePattern(pattern: string): Pattern {
  if (!pattern.startsWith("/")) return { mistake: `the path "${pattern}" does not start with "/"` };
  const stray = /[?#]|[^\x21-\u{10ffff}]|\x7f/u.exec(pattern);
  if (stray) return { mistake: `"${pattern}" has ${JSON.stringify(stray[0])} in it, which no request path has` };
  const names = new Set<string>();
  const segments = pattern.slice(1).split("/");
  const shape: string[] = [];
  for (const [i, segment] of segments.entries()) {
    if (!/[<>]/.test(segment)) {
      shape.push(segment);
      continue;
    }
    const [, type, name] = /^<(?:([^<>:]*):)?([^<>]*)>$/.exec(segment) ?? [];
    if (name === undefined) return { mistake: `"${segment}" is no parameter: write <name>, filling the whole segment` };
    if (type !== undefined && type !== "int" && type !== "path") {
      return { mistake: `"${segment}" has an unknown type: write <name>, <int:name> or <path:name>` };
    }
    if (!NAME.test(name)) return { mistake: `"${segment}" needs a name of letters, digits and "_"` };
    if (names.has(name)) return { mistake: `"${pattern}" has two parameters named "${name}"` };
    if (type === "path" && i < segments.length - 1) return { mistake: `"${segment}" takes the rest: put it last` };
    names.add(name);
    shape.push(`<${type ?? ""}>`);
  }
  if (names.size > MAX_PARAMS) return { mistake: `"${pattern}" has more than ${MAX_PARAMS} parameters` };
  return { shape: `/${shape.join("/")}` };
}
