// An app that answers errors in its own way, and fails at that where it is told to.

import { ANY_STATUS, Deferred, Middleware, MicroServer, Next, Request, Response, sleep } from "microserver";

export const app = new MicroServer();
app.maxConns = 2;
app.maxBodySize = 100;

/** How the error handlers fail. */
let failure = "";
const kept = new Response("kept");

function fail(): void {
  if (failure == "abort") throw new Error("the error handler fails");
  if (failure == "sleep") sleep(10);
  while (failure == "loop") continue;
  if (failure == "read") load<u8>(0xffff_fff0);
}

/** Says what it sees of the request. */
function describe(req: Request, status: i32): string {
  return `${status} [${req.method}] [${req.path}] [${req.target}] ${req.headers.length} ${req.text.length} ${req.remoteAddress}`;
}

app.onError(404, (req, status) => {
  fail();
  if (failure == "kept") return kept;
  if (failure == "status") return Response.plain("", 99);
  if (failure == "params") return Response.plain(req.params.get("name"));
  return Response.html(`<h1>No ${req.path}</h1>`);
});

app.onError(500, (req, status) => {
  fail();
  return Response.plain(describe(req, status), 500).header("X-Error", "own");
});

app.onError(ANY_STATUS, (req, status) => {
  fail();
  return Response.plain(describe(req, status), status);
});


@app.get("/abort")
export function abortive(req: Request): Response {
  throw new Error("as asked");
}


@app.get("/wait")
export function wait(req: Request): Response {
  sleep(10);
  throw new Error("as asked, later");
}


@app.get("/loop")
export function loop(req: Request): Response {
  while (true) continue;
}


@app.get("/read")
export function read(req: Request): Response {
  return Response.plain(load<u8>(0xffff_fff0).toString());
}


@app.get("/exhaust")
export function exhaust(req: Request): Response {
  const all = new Array<Uint8Array>();
  for (let i = 0; i < 10_000; i++) all.push(new Uint8Array(1024));
  return Response.plain("");
}

/** A middleware that waits, so that what follows runs in a task. */
class Slow extends Middleware {
  handle(req: Request, next: Next): Response {
    sleep(10);
    return next.run(req);
  }
}

app
  .get("/hello", (req) => Response.plain("hello"))
  .post("/hello", (req) => Response.plain("posted"))
  .get("/late", (req) => {
    const later = new Deferred(10);
    return later.response;
  })
  .get("/own", (req) => Response.error("its own", 404))
  .get("/bad-status", (req) => Response.plain("", 999))
  .post("/fail/<how>", (req) => {
    failure = req.params.get("how");
    return Response.empty();
  });
app.with(new Slow()).get("/slow", (req) => Response.plain("", 999));
