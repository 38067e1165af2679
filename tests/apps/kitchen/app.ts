// An app with a route for everything that a test wants to see.

import { MicroServer, Request, Response } from "microserver";

export const app = new MicroServer();
app.maxConns = 5;
app.maxKeepAliveRequests = 100_000;

app.all("/hello", (req) => Response.plain(""));

/* ---- routing ---- */

@app.get("/users/me")
export function me(req: Request): Response {
  return Response.plain("me");
}


@app.get("/users/<int:id>")
export function userById(req: Request): Response {
  return Response.plain(`id ${req.params.int("id")}`);
}


@app.delete("/users/<int:id>")
export function deleteUser(req: Request): Response {
  return Response.empty();
}


@app.get("/users/<name>")
export function userByName(req: Request): Response {
  return Response.plain(`name ${req.params.get("name")}`);
}


@app.get("/users/<name>/posts/<int:post>")
export function post(req: Request): Response {
  return Response.plain(`post ${req.params.int("post")} of ${req.params.get("name")}`);
}


@app.get("/tree/oak/root")
export function root(req: Request): Response {
  return Response.plain("root");
}


@app.get("/tree/<kind>/leaf")
export function leaf(req: Request): Response {
  return Response.plain(`leaf of ${req.params.get("kind")}`);
}


@app.get("/files/readme")
export function readme(req: Request): Response {
  return Response.plain("readme");
}


@app.get("/files/<path:rest>")
export function files(req: Request): Response {
  return Response.plain(`rest ${req.params.get("rest")}`);
}

app
  .put("/thing", (req) => Response.plain("put"))
  .post("/thing", (req) => Response.plain("posted"))
  .route("/several", "GET, PATCH", (req) => Response.plain(req.method))
  .options("/described", (req) => Response.plain("options").header("Allow", "GET"))
  .get("/described", (req) => Response.plain("get"))
  .head("/own-head", (req) => Response.plain("head").header("X-Own", "head"))
  .get("/own-head", (req) => Response.plain("get").header("X-Own", "get"));

/* ---- requests ---- */

@app.get("/query")
export function query(req: Request): Response {
  const lines = new Array<string>();
  const keys = req.query.keys();
  for (let i = 0; i < keys.length; i++) lines.push(`${keys[i]}=${req.query.all(keys[i]).join(",")}`);
  return Response.plain(lines.join(";"));
}


@app.get("/field")
export function field(req: Request): Response {
  const value = req.headers.get("x-test");
  return Response.plain(value === null ? "none" : `[${value}]`);
}


@app.route("/request", "GET,POST")
export function request(req: Request): Response {
  return Response.plain(
    `${req.method}|${req.path}|${req.target}|${req.contentLength}|${req.text}|${req.remoteAddress}`,
  );
}


@json
class Reading {
  temperature: f64 = 0;
  humidity: u8 = 50;
  name: string = "";
  tags: string[] = [];
}


@app.post("/reading")
export function addReading(req: Request): Response {
  const reading = req.json<Reading>();
  if (reading === null) return Response.error(req.jsonError, 400);
  return Response.json(reading, 201);
}

/* ---- responses ---- */

@app.get("/status/<int:code>")
export function status(req: Request): Response {
  return Response.plain("content", req.params.int("code"));
}


@app.get("/large/<int:size>")
export function large(req: Request): Response {
  return Response.plain("x".repeat(req.params.int("size")));
}


@app.get("/set")
export function set(req: Request): Response {
  const name = req.query.get("name");
  const value = req.query.get("value");
  return Response.plain("set").header(name === null ? "X-Set" : name, value === null ? "" : value);
}

const kept = new Response("kept");

app
  .get("/html", (req) => Response.html("<p>ä</p>"))
  .get("/unicode", (req) => Response.plain("Zoë € 😀"))
  .get("/bytes", (req) => Response.bytes(new Uint8Array(3), "application/x-three"))
  .get("/empty", (req) => Response.empty())
  .get("/redirect", (req) => Response.redirect("/hello?a=b", 303))
  .get("/error", (req) => Response.error('no "such" thing', 404))
  .get("/twice", (req) => Response.plain("").header("X-A", "1").header("X-A", "2"))
  .get("/kept", (req) => kept);

/* ---- faults ---- */

let visits = 0;

app.get("/visits", (req) => Response.plain((++visits).toString()));


@app.get("/abort")
export function abortive(req: Request): Response {
  throw new Error("as asked"); // line of /abort
}


@app.get("/index")
export function index(req: Request): Response {
  const numbers: i32[] = [1, 2, 3];
  return Response.plain(numbers[req.target.length].toString());
}


@app.get("/read")
export function read(req: Request): Response {
  // line of /read
  return Response.plain(load<u8>(0xffff_fff0).toString());
}


@app.get("/write")
export function write(req: Request): Response {
  // line of /write
  store<u8>(0xffff_fff0, 1);
  return Response.plain("");
}


@app.get("/divide")
export function divide(req: Request): Response {
  // line of /divide
  return Response.plain((1 / (visits - visits)).toString());
}


@app.get("/recurse")
export function recurse(req: Request): Response {
  return Response.plain(deeper(0).toString());
}

function deeper(n: i32): i32 {
  // line of /recurse
  return n < 0 ? 0 : deeper(n + 1) + deeper(n + 2) + 1;
}


@app.get("/loop")
export function loop(req: Request): Response {
  while (true) deeper(-1); // line of /loop
}


@app.get("/allocate")
export function allocate(req: Request): Response {
  const all = new Array<Uint8Array>();
  for (let i = 0; i < 10_000; i++) all.push(new Uint8Array(1024));
  return Response.plain("");
}

class Link {
  constructor(public next: Link | null) {}
}


@app.get("/exhaust")
export function exhaust(req: Request): Response {
  const response = Response.plain("never sent");
  let last: Link | null = null;
  for (let i = 0; i < 100_000; i++) last = new Link(last);
  return response;
}
