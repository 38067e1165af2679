// WebSockets for tests: what their handlers do, and what can go wrong in them.

import {
  Message,
  Middleware,
  MicroServer,
  Next,
  Request,
  Response,
  room,
  sleep,
  WebSocket,
  WebSocketHandler,
} from "microserver";
import { Flag } from "microserver/abi";
import { host } from "microserver/server/window";

export const app = new MicroServer();
app.maxConns = 100;
app.maxKeepAliveRequests = 100_000;
app.websocketOptions.maxFrameSize = 4096;
app.websocketOptions.maxMessageSize = 8192;

/* ---- echoes ---- */

@app.websocket("/echo")
export function echo(ws: WebSocket): void {
  for (let m = ws.receive(); m; m = ws.receive()) ws.sendMessage(m);
}


@app.websocket("/text")
export function echoText(ws: WebSocket): void {
  for (let m = ws.receive(); m; m = ws.receive()) {
    if (m.isText) ws.send(m.text);
    else ws.sendBytes(m.bytes);
  }
}


@app.websocket("/welcome")
export function welcome(ws: WebSocket): void {
  ws.send("Connected!");
  for (let m = ws.receive(); m; m = ws.receive()) ws.send("Echo: " + m.text);
}

class Echo extends WebSocketHandler {
  open(ws: WebSocket): void {
    ws.send("open");
  }

  message(ws: WebSocket, message: Message): void {
    const text = message.text;
    if (text == "close") ws.close(4000, "as asked");
    else if (text == "sleep") sleep(1);
    else if (text == "trap") throw new Error("as asked");
    else if (text == "receive") ws.receive();
    else ws.sendMessage(message);
  }

  close(ws: WebSocket, code: i32, reason: string): void {
    console.log(`closed ${code} ${reason}${ws.isOpen ? ", open" : ""}`);
    if (reason == "trap") throw new Error("as asked");
  }
}

app.websocketHandler("/events", () => new Echo());

/* ---- handshakes ---- */

@app.websocket("/chat/<room>/<int:seat>")
export function chat(ws: WebSocket): void {
  const field = ws.request.headers.get("x-field");
  const nick = ws.query.get("nick");
  sleep(1);
  ws.send(`${ws.params.get("room")} ${ws.params.int("seat")} ${nick} ${ws.query.all("a").join("+")} ${field}`);
  ws.receive();
}


@app.websocket("/unknown-param")
export function unknownParam(ws: WebSocket): void {
  ws.params.get("room");
}


@app.websocket("/address")
export function address(ws: WebSocket): void {
  ws.send(`${ws.remoteAddress} ${ws.request.remoteAddress} ${ws.request.path}`);
  ws.receive();
}


@app.websocket("/late")
export function late(ws: WebSocket): void {
  sleep(1);
  ws.request;
}

const strict = app.group("/strict");
strict.websocketOptions.origins = "https://a.example, http://b.example:8080";
strict.websocketOptions.protocols = "chat.v2, chat";
strict.websocket("/", (ws) => {
  ws.send(ws.protocol);
  ws.receive();
});

class Guard extends Middleware {
  handle(request: Request, next: Next): Response {
    if (request.query.has("wait")) sleep(50);
    if (request.query.has("deny")) return Response.error("not you", 401);
    const response = next.run(request);
    console.log(`${request.method} ${request.path} ${response.status}`);
    return response.header("X-Guard", "passed");
  }
}

const guarded = app.group("/guarded");
guarded.use(new Guard());
guarded.websocket("/ws", (ws) => {
  ws.send("in");
  ws.receive();
});

app.get("/both", (req) => Response.plain("page"));
app.websocket("/both", (ws) => {
  ws.send("socket");
  ws.receive();
});
app.post("/post", (req) => Response.plain("posted"));

/* ---- waiting ---- */

@app.websocket("/timeout")
export function timeout(ws: WebSocket): void {
  for (let m = ws.receive(1000); ws.isOpen; m = ws.receive(1000)) ws.send(m ? "got " + m.text : "nothing");
}


@app.websocket("/slow")
export function slow(ws: WebSocket): void {
  for (let m = ws.receive(); m; m = ws.receive()) {
    if (!sleep(1000)) console.log(`interrupted in ${m.text}`);
    ws.send(m.text);
  }
  console.log(`slow is over: ${ws.closeCode}`);
}

app.websocket("/asleep", (ws) => {
  ws.receive();
  sleep(3_600_000);
});


@app.websocket("/ticker")
export function ticker(ws: WebSocket): void {
  let n = 0;
  while (ws.send((++n).toString()) && sleep(1000));
  console.log(`ticker is over: ${n} ${ws.closeCode} ${ws.closeReason} ${ws.isOpen}`);
}


@app.websocket("/flood")
export function flood(ws: WebSocket): void {
  const piece = "x".repeat(1000);
  let n = 0;
  while (n < 20 && ws.send(piece)) n++;
  console.log(`flood is over: ${n} ${ws.closeCode}`);
}

/* ---- closing ---- */

@app.websocket("/bye/<int:code>")
export function bye(ws: WebSocket): void {
  ws.receive();
  ws.close(ws.params.int("code"), "bye");
  const m = ws.receive();
  console.log(`bye is over: ${ws.closeCode} ${ws.closeReason} ${m === null} ${ws.isOpen} ${ws.send("x")}`);
}


@app.websocket("/long-reason")
export function longReason(ws: WebSocket): void {
  ws.close(1000, "é".repeat(100));
}


@app.websocket("/returns")
export function returns(ws: WebSocket): void {
  ws.send("that is all");
}


@app.websocket("/reports")
export function reports(ws: WebSocket): void {
  while (ws.receive());
  console.log(`closed ${ws.closeCode} ${ws.closeReason} ${ws.isOpen} [${ws.remoteAddress}] ${ws.queued}`);
}

/* ---- rooms ---- */

@app.websocket("/room/<name>")
export function member(ws: WebSocket): void {
  const name = ws.params.get("name");
  ws.join(name);
  ws.join(name);
  for (let m = ws.receive(); m; m = ws.receive()) {
    if (m.text == "leave") ws.leave(name);
    else if (m.isText) room(name).send(m.text);
    else room(name).sendBytes(m.bytes);
  }
}

const hasty = app.group("/hasty");
hasty.websocketOptions.closeSlow = true;
hasty.websocketOptions.maxQueued = 100;
hasty.websocket("/", (ws) => {
  ws.join("hasty");
  while (ws.receive());
});

app.get("/rooms/<name>", (req) => Response.plain(room(req.params.get("name")).count.toString()));
app.post("/rooms/<name>", (req) => Response.plain(room(req.params.get("name")).send(req.text).toString()));
app.every(60_000, () => {
  room("minutes").send("tick");
});

/* ---- faults ---- */

@app.websocket("/trap")
export function trap(ws: WebSocket): void {
  const m = ws.receive();
  if (m && m.text == "trap") throw new Error("as asked"); // line of /trap
  if (m && m.text == "loop") while (true) {}
  sleep(1000);
  throw new Error("at the end");
}

app.websocket("/trap/first", (ws) => {
  throw new Error("at once");
});


@app.websocket("/keeps")
export function keeps(ws: WebSocket): void {
  const first = ws.receive();
  const second = ws.receive();
  if (first && second) ws.send(first.text);
}

let kept: WebSocket | null = null;


@app.websocket("/kept")
export function keepSocket(ws: WebSocket): void {
  kept = ws;
  for (let m = ws.receive(); m; m = ws.receive()) ws.send(m.text);
}

/** From outside of its handler: sends, or tries to receive. */
@app.post("/kept/<what>")
export function useKept(req: Request): Response {
  const ws = kept;
  if (!ws) return Response.error("none", 404);
  const what = req.params.get("what");
  if (what == "receive") ws.receive();
  if (what == "close") ws.close();
  const text = what == "large" ? "x".repeat(3000) : what;
  return Response.plain(`${ws.send(text)} ${ws.queued} ${ws.isOpen}`);
}

/* ---- memory ---- */

/** Bytes of the heap that are free; asked for twice, the second answer leaves garbage out. */
app.get("/memory", (req) => {
  host.flags |= <u32>Flag.COLLECT;
  return Response.plain(__freeMemory().toString());
});
