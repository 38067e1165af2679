// Takes content in pieces, forms and cookies, in all the ways there are.

import { BodyHandler, BodyLimit, CookieOptions, Middleware, MicroServer, Next, Request, Response } from "microserver";
import { SameSite, sleep, UploadLimits } from "microserver";

export const app = new MicroServer();
app.maxConns = 5;
app.maxBodySize = 64;
app.maxKeepAliveRequests = 100_000;

const large = app.with(new BodyLimit(i32.MAX_VALUE));

/** Answers 401 unless a field is there; says which pieces went by, with another. */
class Key extends Middleware {
  handle(request: Request, next: Next): Response {
    if (request.headers.has("x-slow")) sleep(1000);
    if (!request.headers.has("x-key")) return Response.error("no key", 401);
    const response = next.run(request).header("X-Passed", "key");
    if (request.headers.has("x-slow")) sleep(1000);
    return response;
  }
}

const guarded = app.with(new Key());

/** Lengths of the pieces, their content, and how it ended. */
function report(req: Request): Response {
  let text = "";
  let bytes = 0;
  for (let piece = req.readBody(); piece; piece = req.readBody()) {
    bytes += piece.length;
    text += String.UTF8.decode(piece.buffer);
  }
  console.log(`read ${bytes}: ${req.isBodyWhole ? "whole" : req.bodyError}`);
  return Response.plain(`${bytes} ${req.isBodyWhole} ${text}`);
}


@app.upload("/echo/<name>")
export function echo(req: Request): Response {
  return report(req).header("X-Name", req.params.get("name")).header("X-Length", req.contentLength.toString());
}

app.upload("/echo", report);
guarded.upload("/guarded", report);


@app.upload("/slow")
export function slow(req: Request): Response {
  sleep(1000);
  const first = req.readBody();
  sleep(60_000);
  const second = req.readBody();
  return Response.plain(`${first ? first.length : -1} ${second ? second.length : -1}`);
}


@app.upload("/early")
export function early(req: Request): Response {
  return Response.plain("no need", 202);
}


@app.upload("/own")
export function own(req: Request): Response {
  while (req.readBody()) continue;
  return req.isBodyWhole ? Response.plain("whole") : Response.error(`own: ${req.bodyError}`, 422);
}


@app.upload("/trap")
export function trap(req: Request): Response {
  while (req.readBody()) continue;
  throw new Error("as asked");
}


@large.upload("/sum")
export function sum(req: Request): Response {
  let bytes = 0;
  let sum: u32 = 0;
  for (let piece = req.readBody(); piece; piece = req.readBody()) {
    bytes += piece.length;
    for (let i = 0; i < piece.length; i++) sum += unchecked(piece[i]);
  }
  return Response.plain(`${bytes} ${sum}`);
}

class Count extends BodyHandler {
  private pieces: string = "";

  open(req: Request): Response | null {
    if (req.headers.has("x-refuse")) return Response.error("not this", 403);
    return null;
  }

  piece(bytes: Uint8Array): void {
    const text = String.UTF8.decode(bytes.buffer);
    if (text.includes("trap")) throw new Error("as asked");
    this.pieces += text;
  }

  end(req: Request): Response {
    return Response.plain(`${this.pieces} ${req.method} ${req.path}`).header("X-Set", "1");
  }

  broken(status: i32): void {
    console.log(`broken ${status} after ${this.pieces}`);
  }
}

app.onBody("/count", () => new Count());
guarded.onBody("/guarded-count", () => new Count());

app.post("/whole", (req) => Response.plain(`${req.text.length}`));
app.with(new BodyLimit(8)).post("/small", (req) => Response.plain(`${req.text.length}`));
app.with(new BodyLimit(10_000)).post("/large", (req) => Response.plain(`${req.contentLength}`));
app.post("/misuse", (req) => Response.plain(req.readBody() ? "some" : "none"));

/* ---- multipart forms ---- */

function store(req: Request): Response {
  const result = req.saveUploads("/up", <UploadLimits>{ files: 2, fileSize: 100_000, fields: 2, fieldSize: 16 });
  if (result.error.length) return Response.error(result.error, result.status);
  let text = "";
  for (let i = 0; i < result.fields.length; i++) text += `${result.fields[i].name}=${result.fields[i].value};`;
  for (let i = 0; i < result.files.length; i++) {
    const file = result.files[i];
    text += `${file.field}:${file.path}:${file.size}:${file.type};`;
  }
  return Response.plain(text, 201);
}

large.upload("/store", store);
app.with(new BodyLimit(4096)).post("/store-whole", store);
large.upload("/nowhere", (req) => {
  const result = req.saveUploads("/nowhere");
  return Response.error(result.error, result.status);
});
large.upload("/greedy", (req) => {
  const result = req.saveUploads("/up", <UploadLimits>{ fieldSize: 1 << 20 });
  return Response.error(result.error, result.status);
});

/* ---- forms and cookies ---- */

@app.post("/form")
export function form(req: Request): Response {
  const lines = new Array<string>();
  const keys = req.form.keys();
  for (let i = 0; i < keys.length; i++) lines.push(`${keys[i]}=${req.form.all(keys[i]).join(",")}`);
  const name = req.form.get("name");
  return Response.plain(`${name === null ? "nobody" : name}|${req.form.has("name")}|${lines.join(";")}`);
}


@app.get("/cookies/<name>")
export function cookies(req: Request): Response {
  const name = req.params.get("name");
  const value = req.cookies.get(name);
  return Response.plain(value === null ? `none ${req.cookies.has(name)}` : `[${value}] ${req.cookies.has(name)}`);
}


@app.get("/set")
export function set(req: Request): Response {
  return Response.plain("set")
    .cookie("sid", "abc")
    .cookie("theme", "dark", <CookieOptions>{
      path: "/app",
      domain: "example.com",
      maxAge: 3600,
      httpOnly: false,
      secure: true,
      sameSite: SameSite.STRICT,
    })
    .clearCookie("old")
    .clearCookie("older", <CookieOptions>{ path: "/app" });
}

app.get("/set-bad", (req) => Response.plain("").cookie("a b", "1"));
app.get("/set-value", (req) => {
  const value = req.query.get("value");
  return Response.plain("").cookie("a", value === null ? "" : value);
});
