/** Which handler answers: patterns, methods, decoding. The routes are those of tests/apps/kitchen. */

import { accepted, refused, request, withContent, type Case } from "../case.js";

/** GET requests of paths that are answered with a text. */
function answers(texts: Readonly<Record<string, string>>): Case[] {
  return Object.entries(texts).flatMap(([path, body]) =>
    accepted({ [`GET ${path}`]: request("GET", path) }, { status: 200, body }),
  );
}

/** GET requests of paths that no route matches. */
function unmatched(...paths: string[]): Case[] {
  return paths.flatMap((path) => accepted({ [`GET ${path}`]: request("GET", path) }, { status: 404 }));
}

/** A GET whose target the router refuses; its framing is sound, so the connection goes on. */
function malformed(...paths: string[]): Case[] {
  return paths.flatMap((path) => accepted({ [`GET ${path}`]: request("GET", path) }, { status: 400 }));
}

/** A request whose method has no route, where others have. */
function notAllowed(method: string, path: string, allow: string): Case[] {
  return accepted({ [`${method} ${path}`]: request(method, path) }, { status: 405, fields: { Allow: allow } });
}

export const routing: readonly Case[] = [
  // Literals come before <int:…>, that before <…>.
  ...answers({
    "/users/me": "me",
    "/users/7": "id 7",
    "/users/0": "id 0",
    "/users/007": "id 7",
    "/users/2147483647": "id 2147483647",
    "/users/2147483648": "name 2147483648",
    "/users/-7": "name -7",
    "/users/7a": "name 7a",
    "/users/mel": "name mel",
    "/users/m": "name m",
    "/users/me/posts/3": "post 3 of me",
    "/users/7/posts/3": "post 3 of 7",
    "/users/bob/posts/3": "post 3 of bob",
  }),
  // A literal that leads nowhere is taken back.
  ...answers({ "/tree/oak/root": "root", "/tree/oak/leaf": "leaf of oak", "/tree/elm/leaf": "leaf of elm" }),
  // <path:…> takes the rest, slashes included.
  ...answers({
    "/files/readme": "readme",
    "/files/readme.txt": "rest readme.txt",
    "/files/a/b/c": "rest a/b/c",
    "/files/a//b/": "rest a//b/",
    "/files/../etc": "rest ../etc",
  }),
  // Decoding comes after splitting.
  ...answers({
    "/users/%6de": "me",
    "/%75sers/me": "me",
    "/users/a%20b": "name a b",
    "/users/a+b": "name a+b",
    "/users/Zo%C3%AB": "name Zo\xc3\xab",
    "/users/a%2Fb": "name a/b",
    "/users/a%2fb": "name a/b",
    "/users/%252F": "name %2F",
    "/users/%25": "name %",
    "/users/a%3Fb": "name a?b",
    "/users/%3Cname%3E": "name <name>",
    "/files/a%2Fb/c": "rest a/b/c",
  }),
  ...unmatched(
    "/nowhere",
    "/users",
    "/users/",
    "/users/7/",
    "/users//posts/3",
    "/users/bob/posts/",
    "/users/bob/posts/x",
    "/Users/me",
    "/users/me%2Fposts%2F3/x",
    "/hello/",
    "/hell",
    "/hello2",
    "/tree/oak",
    "/tree/oak/root/",
    "/files",
    "/files/",
    "/",
  ),
  ...malformed("/users/%", "/users/%4", "/users/%zz", "/users/%4g", "/users/%00", "/users/a%00b", "/%"),

  ...accepted({ "another method of the same path": request("DELETE", "/users/7") }, { status: 204 }),
  ...accepted({ "PUT beside POST": withContent("PUT", "/thing", "x") }, { status: 200, body: "put" }),
  ...accepted({ "POST beside PUT": withContent("POST", "/thing", "x") }, { status: 200, body: "posted" }),
  ...accepted({ "one of several methods": request("PATCH", "/several") }, { status: 200, body: "PATCH" }),
  ...accepted({ "OPTIONS with a route": request("OPTIONS", "/described") }, { status: 200, body: "options" }),
  ...notAllowed("OPTIONS", "/users/me", "GET, HEAD"),
  ...notAllowed("POST", "/users/me", "GET, HEAD"),
  ...notAllowed("PUT", "/users/7", "GET, HEAD, DELETE"),
  ...notAllowed("GET", "/thing", "POST, PUT"),
  ...notAllowed("HEAD", "/thing", "POST, PUT").map((test) => ({
    ...test,
    expect: test.expect.map((expected) => ({ ...expected, method: "HEAD" as const })),
  })),
  ...notAllowed("DELETE", "/several", "GET, HEAD, PATCH"),

  ...accepted(
    { "HEAD by the route of GET": request("HEAD", "/users/7") },
    { status: 200, method: "HEAD", fields: { "Content-Length": "4", "Content-Type": "text/plain; charset=utf-8" } },
  ),
  ...accepted(
    { "HEAD by its own route": request("HEAD", "/own-head") },
    { status: 200, method: "HEAD", fields: { "X-Own": "head" } },
  ),
  ...accepted({ "GET beside it": request("GET", "/own-head") }, { status: 200, fields: { "X-Own": "get" } }),
  ...accepted({ "HEAD of what is not there": request("HEAD", "/nowhere") }, { status: 404, method: "HEAD" }),

  ...refused(400, { "a raw space in a path": request("GET", "/users/a b") }),
];
