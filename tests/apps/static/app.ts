// An app that serves files in every way.

import { file_close, file_open } from "microserver/abi";
import { Deferred, Middleware, MicroServer, Next, Request, Response, sleep } from "microserver";

export const app = new MicroServer();
app.maxConns = 40;
app.maxKeepAliveRequests = 100_000;

/** Shows that a middleware has run, and the status that it saw. */
class Seen extends Middleware {
  handle(req: Request, next: Next): Response {
    const response = next.run(req);
    return response.header("X-Seen", response.status.toString());
  }
}

/** Answers itself after all, in place of a file that is open already. */
class Replacing extends Middleware {
  handle(req: Request, next: Next): Response {
    next.run(req);
    return Response.plain("replaced");
  }
}

/** Waits between the handler and the answer. */
class Waiting extends Middleware {
  handle(req: Request, next: Next): Response {
    const response = next.run(req);
    sleep(100);
    return response;
  }
}

app
  .get("/", (req) => Response.plain("the app's own"))
  .mountStatic("/static", "/www")
  .mountStatic("/fresh/", "www/", 0)
  .mountStatic("/silent", "/www", -1)
  .mountStatic("/", "www/site", 60)
  .mountStatic("/all", "")
  .mountStatic("/own", "/www")
  .post("/own/", (req) => Response.plain("posted"))
  .get("/own/", (req) => Response.plain("own"))
  .get("/own/hello.txt", (req) => Response.plain("own file"));

app.with(new Seen()).mountStatic("/seen", "/www");
app.group("/users/<name>").mountStatic("/files", "/www");
app.with(new Replacing()).mountStatic("/replaced", "/www");
app.with(new Waiting()).mountStatic("/waiting", "/www");

app
  .get("/one", (req) => Response.file("/www/hello.txt"))
  .get("/typed", (req) => Response.file("www/hello.txt", "text/x-greeting", 5).header("X-More", "1"))
  .get("/retyped", (req) => Response.file("www/hello.txt").header("Content-Type", "text/x-other"))
  .get("/missing", (req) => Response.file("/www/index.html", "", -1, 404))
  .get("/absent", (req) => Response.file("nowhere"))
  .get("/outside", (req) => Response.file("../secret"))
  .get("/folder", (req) => Response.file("/www"))
  .get("/report", (req) => Response.file("www/hello.txt").download("report.txt"))
  .get("/named", (req) => Response.plain("1,2").download(req.query.get("name")!));


@app.get("/two")
export function two(req: Request): Response {
  Response.file("/www/hello.txt");
  return Response.file("/www/app.js");
}


@app.get("/trap")
export function trap(req: Request): Response {
  Response.file("/www/hello.txt");
  throw new Error("on purpose");
}

const hoard = new Array<i32>();

/** Opens files until there are no more to be had. */
@app.get("/hoard")
export function take(req: Request): Response {
  const name = String.UTF8.encode("www/hello.txt");
  for (let file = 0; file >= 0;) {
    file = file_open(changetype<usize>(name), name.byteLength, 0, 0, 0);
    if (file >= 0) hoard.push(file);
  }
  return Response.plain(hoard.length.toString());
}


@app.get("/release")
export function release(req: Request): Response {
  while (hoard.length) file_close(hoard.pop());
  return Response.plain("released");
}

let later = new Deferred();

/** Answers from a timer. */
@app.get("/later")
export function deferred(req: Request): Response {
  later = new Deferred();
  app.after(10, () => {
    later.resolve(Response.file("/www/app.js"));
  });
  return later.response;
}
