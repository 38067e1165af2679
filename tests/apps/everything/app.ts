// Every feature in one app, in all the combinations that a client can ask for.

import {
  ANY_STATUS,
  BodyHandler,
  BodyLimit,
  Deferred,
  EventWriter,
  Logging,
  Message,
  Middleware,
  MicroServer,
  Next,
  Request,
  Response,
  room,
  sleep,
  Stream,
  topic,
  UploadLimits,
  WebSocket,
  WebSocketHandler,
  Writer,
} from "microserver";
import { Flag } from "microserver/abi";
import { host } from "microserver/server/window";

export const app = new MicroServer();
app.maxConns = 20;
app.maxBodySize = 20_000;
app.maxKeepAliveRequests = 50;

/** Bytes of the heap that are free; asked for twice, the second answer leaves garbage out. */
app.get("/free", (req) => {
  host.flags |= <u32>Flag.COLLECT;
  return Response.plain(__freeMemory().toString());
});

/** What the query asks for: `n` comes back as a field, `before` and `behind` wait, `trap` fails. */
class Frame extends Middleware {
  handle(req: Request, next: Next): Response {
    const n = req.query.get("n");
    const trap = req.query.get("trap");
    if (req.query.has("before")) sleep(20);
    if (trap == "before") throw new Error("as asked, before");
    const response = next.run(req);
    if (req.query.has("behind")) sleep(20);
    if (trap == "behind") throw new Error("as asked, behind");
    if (req.query.has("replace")) return Response.plain("replaced").header("X-N", n === null ? "" : n);
    if (n !== null) response.header("X-N", n);
    return response;
  }
}

app.use(new Logging()).use(new Frame());

app.onError(404, (req, status) => Response.file("/www/404.html", "", -1, 404));
app.onError(500, (req, status) => {
  if (req.query.get("trap") == "error") throw new Error("as asked, in the error handler");
  return Response.plain("failed", 500);
});
app.onError(ANY_STATUS, (req, status) => Response.plain("own " + status.toString(), status));

app.get("/hello", (req) => Response.plain("hello"));
app.get("/plain/<name>", (req) => Response.plain(req.params.get("name").repeat(10)));
app.get("/large/<int:n>", (req) => Response.plain("x".repeat(req.params.int("n"))));
app.get("/sleep/<int:ms>", (req) => {
  sleep(req.params.int("ms"));
  return Response.plain(req.path);
});
app.get("/trap", (req) => {
  throw new Error("as asked");
});
app.post("/echo", (req) => Response.plain(req.text));
app.with(new BodyLimit(10)).post("/small", (req) => Response.plain(req.text));
app.post("/slow-echo", (req) => {
  sleep(10);
  return Response.plain(req.text);
});
app.get("/memory/<int:size>", (req) => {
  const all = new Array<Uint8Array>();
  for (let left = req.params.int("size"); left > 0; left -= 4096) all.push(new Uint8Array(4096));
  sleep(30);
  return Response.plain(all.length.toString());
});

/* ---- streams ---- */

app.get("/count/<int:n>", (req) =>
  Response.stream((out) => {
    const n = out.request.params.int("n");
    const naps = out.request.query.has("nap");
    const traps = out.request.query.get("trap") == "stream";
    for (let i = 0; i < n; i++) {
      if (!out.write(`Line ${i}\n`)) return;
      if (naps) sleep(5);
      if (traps && i == 3) throw new Error("as asked, in a stream");
    }
  }),
);

class Lines extends Stream {
  private line: i32 = 0;

  constructor(
    private readonly count: i32,
    private readonly ms: i32,
  ) {
    super();
  }

  next(out: Writer): bool {
    if (this.line == this.count) return false;
    out.write(`Line ${this.line++}\n`);
    if (this.ms) out.wait(this.ms);
    return true;
  }
}

app.get("/lines/<int:n>/<int:ms>", (req) => Response.from(new Lines(req.params.int("n"), req.params.int("ms"))));

function ticks(out: EventWriter): void {
  for (let i = 0; i < 100; i++) {
    if (!out.send(i.toString(), "tick", i.toString())) return;
    if (!sleep(50)) return;
  }
}

app.all("/events", (req) => Response.sse(ticks));
app.get("/topic", (req) => Response.topic("news", 300));
app.post("/topic", (req) => Response.plain(topic("news").send(req.text).toString()));

const deferred: Deferred[] = [];

app.all("/defer", (req) => {
  const later = new Deferred(500);
  if (deferred.length < 8) deferred.push(later);
  return later.response;
});
app.get("/resolve", (req) => {
  while (deferred.length) deferred.pop().resolve(Response.plain("deferred"));
  return Response.plain("resolved");
});
app.get("/resolve-stream", (req) => {
  while (deferred.length) deferred.pop().resolve(Response.from(new Lines(50, 0)));
  return Response.plain("resolved");
});
app.get("/resolve-file", (req) => {
  while (deferred.length) deferred.pop().resolve(Response.file("/www/large.bin"));
  return Response.plain("resolved");
});
/* ---- files, uploads ---- */

app.mountStatic("/static", "/www", 60);

app.upload("/read", (req) => {
  let bytes = 0;
  const traps = req.query.get("trap") == "read";
  for (let piece = req.readBody(); piece; piece = req.readBody()) {
    bytes += piece.length;
    if (req.query.has("nap")) sleep(5);
    if (traps) throw new Error("as asked, in an upload");
  }
  return Response.plain(`${bytes} ${req.isBodyWhole}`);
});
app.upload("/early", (req) => Response.plain("early"));
app.upload("/to-file", (req) => Response.file("/www/large.bin"));
app.upload("/to-events", (req) => {
  while (req.readBody()) continue;
  return Response.sse(ticks);
});
app.upload("/store", (req) => {
  const result = req.saveUploads("/up", <UploadLimits>{ files: 3, fileSize: 10_000, fields: 3, fieldSize: 100 });
  if (req.query.get("trap") == "store") throw new Error("as asked, after a form");
  if (result.error.length) return Response.error(result.error, result.status);
  return Response.plain(`${result.files.length} ${result.fields.length}`);
});

class Count extends BodyHandler {
  private bytes: i32 = 0;
  private to: string = "";

  open(req: Request): Response | null {
    const to = req.query.get("to");
    if (to !== null) this.to = to;
    return req.query.has("refuse") ? Response.error("not this", 403) : null;
  }

  piece(bytes: Uint8Array): void {
    if (this.to == "trap") throw new Error("as asked, in a piece");
    this.bytes += bytes.length;
  }

  end(req: Request): Response {
    if (this.to == "end") throw new Error("as asked, at the end");
    if (this.to == "topic") return Response.topic("news");
    if (this.to == "events") return Response.sse(ticks);
    if (this.to == "file") return Response.file("/www/large.bin");
    if (this.to == "lines") return Response.from(new Lines(30, 1));
    if (this.to == "defer") {
      const later = new Deferred(100);
      return later.response;
    }
    return Response.plain(this.bytes.toString());
  }
}

app.onBody("/pieces", () => new Count());

/* ---- WebSockets ---- */

app.websocket("/echo", (ws) => {
  for (let m = ws.receive(); m; m = ws.receive()) if (!ws.sendMessage(m)) return;
});
app.websocket("/slow", (ws) => {
  for (let m = ws.receive(); m; m = ws.receive()) {
    sleep(30);
    if (m.length == 13) throw new Error("as asked, in a WebSocket");
    ws.send(m.text);
    ws.sendBytes(m.bytes);
  }
});
app.websocket("/timed", (ws) => {
  for (let i = 0; i < 10 && ws.isOpen; i++) {
    const m = ws.receive(40);
    ws.send(m ? m.text : "none");
  }
});

class Chat extends WebSocketHandler {
  open(ws: WebSocket): void {
    ws.join("chat");
    if (ws.query.get("trap") == "open") throw new Error("as asked, at the opening");
  }

  message(ws: WebSocket, message: Message): void {
    if (message.length == 13) throw new Error("as asked, in a message");
    if (message.length == 7) return ws.close(4000, "seven");
    if (message.isText) room("chat").send(message.text);
    else room("chat").sendBytes(message.bytes);
  }

  close(ws: WebSocket, code: i32, reason: string): void {
    room("chat").send(`left ${code}`);
    if (reason == "trap") throw new Error("as asked, at the end");
  }
}

app.websocketHandler("/chat", () => new Chat());

/* ---- timers ---- */

let beats = 0;
app.every(1000, () => {
  beats++;
  sleep(100);
  topic("news").send(`beat ${beats}`);
  if (beats % 50 == 0) throw new Error("as asked, by a timer");
});
