/** Writes an HTTP/1 request, for `app.fetch`. */

export interface RequestOptions {
  /** GET by default. */
  readonly method?: string;
  /** "1.1" by default. */
  readonly version?: "1.1" | "1.0";
  /** Fields beside Host and Content-Length, which are set where they are not given. */
  readonly headers?: Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;
  /** The content; text goes as UTF-8. */
  readonly body?: string | Uint8Array;
}

/** The request's bytes. Nothing is checked: a test may send what a server must refuse. */
export function writeRequest(target: string, options: RequestOptions = {}): Uint8Array {
  const method = options.method ?? "GET";
  const headers = options.headers ?? {};
  const lines = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  const given = new Set(lines.map(([name]) => name.toLowerCase()));
  const body = Buffer.from(options.body ?? "");
  if (!given.has("host")) lines.unshift(["Host", "localhost"]);
  const announces = given.has("content-length") || given.has("transfer-encoding");
  if (!announces && (options.body !== undefined || method === "POST" || method === "PUT" || method === "PATCH")) {
    lines.push(["Content-Length", String(body.length)]);
  }
  const head = `${method} ${target} HTTP/${options.version ?? "1.1"}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), body]));
}
