/** A contract case: bytes that a client sends, and what must come back. The same at every level. */

/** What one response must be. Beyond it, each is held to the rules in check.ts. */
export interface Expected {
  readonly status: number;
  /** The method it answers; for HEAD it has no content. GET by default, which stands for all others. */
  readonly method?: "GET" | "HEAD";
  /** The content; a failure without it must be the server's own JSON form. */
  readonly body?: string | RegExp;
  /** Field values by name; null for a field that must be absent. */
  readonly fields?: Readonly<Record<string, string | RegExp | null>>;
}

/** Stands for the client's address in an expected content. */
export const CLIENT = "127.0.0.1";

export interface Case {
  readonly name: string;
  /** A character a byte. */
  readonly send: string;
  /** Whether the client then sends FIN. */
  readonly end?: boolean;
  /** The responses, in order. */
  readonly expect: readonly Expected[];
  /** Whether the server then closes the connection. */
  readonly closed: boolean;
}

export interface Group {
  readonly name: string;
  /** The app's folder. */
  readonly app: string;
  readonly cases: readonly Case[];
}

/** Messages that are answered, by name; the connection stays open. */
export function accepted(send: Readonly<Record<string, string>>, ...expect: Expected[]): Case[] {
  return Object.entries(send).map(([name, text]) => ({ name, send: text, expect, closed: false }));
}

/** Messages that are refused with `status`, by name; the connection is closed. */
export function refused(status: number, send: Readonly<Record<string, string>>): Case[] {
  return Object.entries(send).map(([name, text]) => ({ name, send: text, expect: [{ status }], closed: true }));
}

/** A request with a Host field; `lines` are further field lines, each with its line end. */
export function request(method: string, target: string, lines = "", content = ""): string {
  return `${method} ${target} HTTP/1.1\r\nHost: x\r\n${lines}\r\n${content}`;
}

/** A request with content and its Content-Length. */
export function withContent(method: string, target: string, content: string, lines = ""): string {
  return request(method, target, `Content-Length: ${content.length}\r\n${lines}`, content);
}

/** A chunked POST /echo; `body` is the chunked body as it goes over the wire. */
export function chunked(body: string, lines = ""): string {
  return request("POST", "/echo", `Transfer-Encoding: chunked\r\n${lines}`, body);
}
