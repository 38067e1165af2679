import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePattern } from "../../host/transform/pattern.js";
import { compile } from "./transform-compile.js";

/** A stand-in for the package: it hands each registration to the host. */
const MICROSERVER = `
  @external("env", "register") declare function register(verb: string, path: string, handler: i32): void;
  export class Request {}
  export class Response {}
  export class WebSocket {}
  export class Group {
    constructor(private prefix: string = "") {}
    get(path: string, handler: (req: Request) => Response): this { register("get", this.prefix + path, handler.index); return this; }
    all(path: string, handler: (req: Request) => Response): this { register("all", this.prefix + path, handler.index); return this; }
    post(path: string, handler: (req: Request) => Response): this { register("post", this.prefix + path, handler.index); return this; }
    route(path: string, methods: string, handler: (req: Request) => Response): this {
      register(methods, this.prefix + path, handler.index);
      return this;
    }
    websocket(path: string, handler: (ws: WebSocket) => void): this { register("websocket", this.prefix + path, handler.index); return this; }
    websocketHandler(path: string, create: () => i32): this { register("events", this.prefix + path, create.index); return this; }
    mountStatic(prefix: string, folder: string): this { return this; }
    upload(path: string, handler: (req: Request) => Response): this { register("upload", this.prefix + path, handler.index); return this; }
    onBody(path: string, create: () => i32): this { register("body", this.prefix + path, create.index); return this; }
    group(prefix: string): Group { return new Group(this.prefix + prefix); }
  }
  export class MicroServer extends Group {}
`;
const HEAD = `import { MicroServer, Request, Response, WebSocket } from "microserver"; export const app = new MicroServer();`;

function project(app: string, others: Record<string, string> = {}): Record<string, string> {
  return { "app.ts": `${HEAD}\n${app}`, "node_modules/microserver/index.ts": MICROSERVER, ...others };
}

/** The errors of an app; its first line is 2, as the head is line 1. */
async function errorsOf(app: string, others: Record<string, string> = {}): Promise<string[]> {
  const { messages } = await compile(project(app, others));
  return messages.map((message) => message.replace("ERROR AS109: Transform 'microserver': ", ""));
}

/** What an app registers, in order. */
async function registered(app: string, others: Record<string, string> = {}): Promise<string[]> {
  const { wasm, messages } = await compile(project(app, others), ["--exportStart", "start"]);
  assert.deepEqual(messages, []);
  const routes: string[] = [];
  const text = (at: number): string => {
    const bytes = Buffer.from((instance.exports["memory"] as WebAssembly.Memory).buffer);
    return bytes.toString("utf16le", at, at + bytes.readUInt32LE(at - 4));
  };
  const register = (verb: number, path: number): void => void routes.push(`${text(verb)} ${text(path)}`);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { abort: assert.fail, register } });
  (instance.exports["start"] as () => void)();
  return routes;
}

const EVENTS = "app.websocketHandler";
const handler = (name: string): string => `function ${name}(req: Request): Response { return new Response(); }`;

test("decorated functions register in the order they are written in", async () => {
  const app = `
    @app.get("/a") ${handler("a")}
    app.post("/b", (req) => new Response());
    const api = app.group("/api");
    @api.get("/c/<int:id>") @api.post("/c") export ${handler("c")}
    @app.route("/d", "PUT, PATCH") ${handler("d")}
    @app.websocket("/ws") export function chat(ws: WebSocket): void {}
    @app.upload("/up") export ${handler("up")}
    app.get("/e", a).post("/e", a);`;
  assert.deepEqual(await registered(app), [
    ...[
      "get /a",
      "post /b",
      "get /api/c/<int:id>",
      "post /api/c",
      "PUT, PATCH /d",
      "websocket /ws",
      "upload /up",
      "get /e",
      "post /e",
    ],
  ]);
});

test("a path may be a constant or a template", async () => {
  const app = `const V = "/v1"; @app.get(V + "/a") ${handler("a")} @app.get(\`/b\`) ${handler("b")} @app.get(\`\${V}/c\`) ${handler("c")}`;
  assert.deepEqual(await registered(app), ["get /v1/a", "get /b", "get /v1/c"]);
});

test("handlers may live in files of their own, and be the default export", async () => {
  const users = `import { MicroServer, Request, Response } from "microserver"; export const users = new MicroServer(); @users.get("/users") export ${handler("all")}`;
  const app = `
    import * as people from "./users";
    @people.users.get("/<id>") ${handler("one")}
    @app.get("/") export default ${handler("index")}`;
  assert.deepEqual(await registered(app, { "users.ts": users }), ["get /users", "get /<id>", "get /"]);
});

test("AssemblyScript's own decorators stay what they are", async () => {
  const app = `
    class V { constructor(public n: i32) {} @operator.binary("+") plus(o: V): V { return new V(this.n + o.n); } }
    @inline function one(): V { return new V(1); }
    @app.get("/") @inline ${handler("index")}
    if ((one() + one()).n == 2) app.get("/two", index);`;
  assert.deepEqual(await registered(app), ["get /", "get /two"]);
});

test("mistakes in decorators are reported where they stand", async () => {
  const cases: [code: string, at: string, text: string][] = [
    [
      `@app.gett("/") ${handler("f")}`,
      "2:1",
      "@app.gett is no route decorator: use get, post, put, delete, patch, head, options, all, route, websocket, upload",
    ],
    [`@get("/") ${handler("f")}`, "2:1", "@get needs the app or group it belongs to: @app.get(…)"],
    [`@app.get ${handler("f")}`, "2:1", `@app.get needs a path: @app.get("/…")`],
    [`@app.get() ${handler("f")}`, "2:1", `@app.get needs a path: @app.get("/…")`],
    [`@app.get(7) ${handler("f")}`, "2:10", "the path must be a string"],
    [`@app.get(["/"]) ${handler("f")}`, "2:10", "the path must be a string"],
    [`class C {\n  @app.get("/") f(): void {}\n}`, "3:3", "@app.get belongs in front of a top-level function"],
    [`@app.get("/") class C {}`, "2:1", "@app.get belongs in front of a top-level function"],
    [`@app.get("/") const a = 1;`, "2:1", "@app.get belongs in front of a top-level function"],
    [
      `namespace N { @app.get("/") export ${handler("f")} }`,
      "2:15",
      "@app.get belongs in front of a top-level function",
    ],
    [`@app.get("x") ${handler("f")}`, "2:10", `the path "x" does not start with "/"`],
    [
      `app.get("/<a", (req) => new Response());`,
      "2:9",
      `"<a" is no parameter: write <name>, filling the whole segment`,
    ],
  ];
  for (const [code, at, text] of cases) assert.deepEqual(await errorsOf(code), [`app.ts:${at} ${text}`], code);
});

test("a handler's wrong signature is the compiler's own error, at the handler", async () => {
  const errors = await errorsOf(`\n@app.get("/")\nfunction wrong(id: i32): string { return ""; }`);
  assert.equal(errors.length, 1);
  assert.match(errors[0], /^app\.ts:4:10 ERROR TS2322: Type '.*' is not assignable to type '.*'\.$/);
});

test("two routes that match the same requests name both places", async () => {
  const lambda = "(req) => new Response()";
  assert.deepEqual(await errorsOf(`@app.get("/a") ${handler("f")}\napp.get("/a", ${lambda});`), [
    "app.ts:3:9 GET /a is registered twice: app.ts:2 and app.ts:3",
  ]);
  assert.deepEqual(await errorsOf(`app.get("/<int:a>/x", ${lambda})\n  .get("/<int:b>/x", ${lambda});`), [
    "app.ts:3:8 GET /<int:a>/x and GET /<int:b>/x are the same route: app.ts:2 and app.ts:3",
  ]);
  assert.deepEqual(await errorsOf(`@app.route("/a", "PUT,GET") ${handler("f")}\n@app.get("/a") ${handler("g")}`), [
    "app.ts:3:10 GET /a is registered twice: app.ts:2 and app.ts:3",
  ]);
  assert.deepEqual(await errorsOf(`app.all("/a", ${lambda}).post("/a", ${lambda});`), [
    "app.ts:2:45 POST /a is registered twice: app.ts:2 and app.ts:2",
  ]);
  assert.deepEqual(
    await errorsOf(`@app.websocket("/a") function f(ws: WebSocket): void {}\n${EVENTS}("/a", () => 1);`),
    ["app.ts:3:22 WEBSOCKET /a is registered twice: app.ts:2 and app.ts:3"],
  );
  assert.deepEqual(await errorsOf(`@app.upload("/a") ${handler("f")}\napp.put("/a", f);`), [
    "app.ts:3:9 PUT /a is registered twice: app.ts:2 and app.ts:3",
  ]);
  assert.deepEqual(await errorsOf(`app.post("/a", ${lambda});\napp.onBody("/a", () => 1);`), [
    "app.ts:3:12 POST /a is registered twice: app.ts:2 and app.ts:3",
  ]);
  const other = `import { app } from "./app"; import { Request, Response } from "microserver"; @app.get("/a") ${handler("g")}`;
  assert.deepEqual(await errorsOf(`import "./other"; @app.get("/a") ${handler("f")}`, { "other.ts": other }), [
    "other.ts:1:88 GET /a is registered twice: app.ts:2 and other.ts:1",
  ]);
});

test("mounted folders are checked like routes", async () => {
  const lambda = "(req) => new Response()";
  assert.deepEqual(await errorsOf(`app.mountStatic("/a", "/x")\n  .mountStatic("/a/", "/y");`), [
    "app.ts:3:16 GET /a/<path:path> is registered twice: app.ts:2 and app.ts:3",
  ]);
  assert.deepEqual(await errorsOf(`app.mountStatic("/", "/x")\n  .get("/<path:rest>", ${lambda});`), [
    "app.ts:3:8 GET /<path:path> and GET /<path:rest> are the same route: app.ts:2 and app.ts:3",
  ]);
  assert.deepEqual(await errorsOf(`app.mountStatic("a", "/x");`), [
    'app.ts:2:17 the path "a/<path:path>" does not start with "/"',
  ]);
  assert.deepEqual(await errorsOf(`app.mountStatic("/<a", "/x");`), [
    'app.ts:2:17 "<a" is no parameter: write <name>, filling the whole segment',
  ]);
  const routes = `const P = "/p"; app.get("/", ${lambda}).get("/a", ${lambda}).get("/a/<x>/y", ${lambda});`;
  const mounts = `app.mountStatic("/", "/x").mountStatic("/a", "/x").mountStatic("/<b>/c", "/x").mountStatic(P, "/x");`;
  assert.deepEqual(await errorsOf(`${routes} ${mounts}`), []);
  assert.deepEqual(await errorsOf(`const P = ""; app.group("/g").mountStatic("/", "/x"); ${mounts}`), []);
});

test("what matches other requests is no conflict", async () => {
  const app = `
    @app.get("/a") @app.post("/a") @app.get("/a/") ${handler("f")}
    app.websocketHandler("/a", () => 1);
    app.upload("/b", f); app.get("/b", f);
    app.get("/<a>", f); app.get("/<int:a>", f); app.get("/<path:a>", f);
    const one = app.group("/1"); const two = app.group("/2"); one.get("/x", f); two.get("/x", f);`;
  assert.deepEqual(await errorsOf(app), []);
  const store = `class Store { put(key: string, value: i32): void {} } const store = new Store(); store.put("/a", 1); store.put("/a", 2);`;
  assert.deepEqual(await errorsOf(store), []);
});

test("patterns", () => {
  const accepted: Record<string, string> = {
    "/": "/",
    "/a/b": "/a/b",
    "/a/": "/a/",
    "/ü/a+b;c=d": "/ü/a+b;c=d",
    "/<id>": "/<>",
    "/<int:id>/x/<_y2>": "/<int>/x/<>",
    "/files/<path:rest>": "/files/<path>",
  };
  for (const [pattern, shape] of Object.entries(accepted)) assert.deepEqual(parsePattern(pattern), { shape });
  const refused: Record<string, RegExp> = {
    "": /does not start with/,
    "a/b": /does not start with/,
    "*": /does not start with/,
    "/a b": /no request path has/,
    "/a\u0000": /no request path has/,
    "/a?b=1": /no request path has/,
    "/a#b": /no request path has/,
    "/<id": /no parameter/,
    "/id>": /no parameter/,
    "/a<id>": /no parameter/,
    "/<id>.json": /no parameter/,
    "/<a><b>": /no parameter/,
    "/<a:b:c>": /unknown type/,
    "/<>": /needs a name/,
    "/<int:>": /needs a name/,
    "/<1a>": /needs a name/,
    "/<a-b>": /needs a name/,
    "/<uuid:id>": /unknown type/,
    "/<:id>": /unknown type/,
    "/<str:id>": /unknown type/,
    "/<id>/<id>": /two parameters named "id"/,
    "/<path:rest>/x": /put it last/,
    "/<path:rest>/": /put it last/,
    "/<a>/<b>/<c>/<d>/<e>/<f>/<g>/<h>/<i>": /more than 8 parameters/,
  };
  for (const [pattern, mistake] of Object.entries(refused))
    assert.match(parsePattern(pattern).mistake ?? "", mistake, pattern);
});
