// What the MicroPython MicroServer can do, each thing once: the rows of tests/contract/original.

import {
  BasicAuth,
  BearerAuth,
  BodyLimit,
  Cors,
  FileLogger,
  Logging,
  Middleware,
  MicroServer,
  Next,
  RateLimit,
  Request,
  Response,
  room,
  sleep,
  WebSocket,
} from "microserver";

export const app = new MicroServer();
app.maxConns = 5;
app.serverName = "Original";
app.keepAliveTimeout = 7;
app.maxKeepAliveRequests = 3;
app.bodyTimeout = 20;
app.logger = new FileLogger("server.log", 2048);
app.use(new Logging());
app.use(<Cors>{ origins: "https://a.test,https://b.test", methods: "GET,POST", headers: "Content-Type", maxAge: 600 });

class Tag extends Middleware {
  constructor(private readonly name: string) {
    super();
  }

  handle(req: Request, next: Next): Response {
    if (req.query.has("stop")) return Response.plain(`stopped by ${this.name}`, 403);
    return next.run(req).header("X-Tag", this.name);
  }
}

const inner = app.group("/inner");
inner.use(new Tag("group"));
inner.get("/", (req) => Response.plain("inner"));
app.with(new Tag("route")).get("/tagged", (req) => Response.plain("tagged"));

app.get("/", (req) => Response.plain("root"));
app.head("/head-only", (req) => Response.empty(200));
app.options("/with-options", (req) => Response.empty().header("X-Options", "yes"));
app.all("/all", (req) => Response.plain(req.method));
app.get("/trap", (req) => {
  abort("a mistake");
  return Response.empty();
});


@app.get("/item")
export function getItem(req: Request): Response {
  return Response.plain("got");
}


@app.post("/item")
export function postItem(req: Request): Response {
  return Response.plain("posted " + req.text, 201);
}


@app.put("/item")
export function putItem(req: Request): Response {
  return Response.plain("put");
}


@app.delete("/item")
export function deleteItem(req: Request): Response {
  return Response.empty();
}


@app.patch("/item")
export function patchItem(req: Request): Response {
  return Response.plain("patched");
}


@app.route("/several", "GET,POST")
export function several(req: Request): Response {
  return Response.plain(req.method);
}


@json
class Sum {
  a: f64 = 0;
  b: f64 = 0;
}


@app.post("/sum")
export function sum(req: Request): Response {
  const terms = req.json<Sum>();
  if (!terms) return Response.error(req.jsonError, 400);
  return Response.json(terms.a + terms.b);
}

/** What a handler sees of its request. */
@app.all("/request/<name>")
export function request(req: Request): Response {
  const seen: string[] = [req.method, req.path, req.params.get("name"), req.text, `${req.body.length}`];
  const value = req.query.get("q");
  seen.push(value === null ? "-" : value);
  seen.push(req.query.all("q").join("+"));
  const field = req.headers.get("x-field");
  seen.push(field === null ? "-" : field);
  return Response.plain(seen.join("|"));
}


@app.get("/field")
export function field(req: Request): Response {
  const value = req.query.get("value");
  return Response.plain("set").header("X-Value", value === null ? "" : value);
}

app.get("/users/me", (req) => Response.plain("me"));
app.get("/users/<int:id>", (req) => Response.plain("id " + req.params.get("id")));
app.get("/users/<name>/posts", (req) => Response.plain("posts of " + req.params.get("name")));
app.get("/files/<path:rest>", (req) => Response.plain("rest " + req.params.get("rest")));
app.get("/slash/", (req) => Response.plain("slash"));

app.get("/html", (req) => Response.html("<p>hi</p>"));
app.get("/created", (req) => new Response("made", 201, "text/x-made").header("X-Made", "yes"));
app.get("/redirect", (req) => Response.redirect("/item"));
app.get("/error", (req) => Response.error("teapot", 418));
app.get("/nothing", (req) => Response.empty());


@app.get("/stream")
export function stream(req: Request): Response {
  return Response.stream((out) => {
    for (let i = 0; i < 3; i++) {
      if (!out.write(`Line ${i}\n`)) return;
      sleep(10);
    }
  });
}


@app.get("/events")
export function events(req: Request): Response {
  return Response.sse((out) => {
    out.comment(out.lastEventId);
    for (let i = 1; i <= 2; i++) {
      if (!out.send(`${i}`, "count", `${i}`, 2000)) return;
      sleep(10);
    }
  });
}

app.with(new BasicAuth("the lab").allow("ada", "lovelace")).get("/basic", (req) => Response.plain("in"));
app.with(new BearerAuth().allow("token")).get("/bearer", (req) => Response.plain("in"));
app.with(<RateLimit>{ requests: 2, seconds: 60 }).get("/rated", (req) => Response.plain("in"));
app.with(new BodyLimit(16)).post("/small", (req) => Response.plain("in"));

app.mountStatic("/static", "/www", 60);


@app.websocket("/ws/<name>")
export function chat(ws: WebSocket): void {
  ws.send("Connected, " + ws.params.get("name") + "!");
  let m = ws.receive();
  while (m) {
    if (m.text == "bye") return ws.close(1000, "Normal closure");
    if (m.text == "trap") abort("a mistake");
    if (m.text == "join") ws.join("room");
    else if (m.isText) ws.send("Echo: " + m.text);
    else ws.sendBytes(m.bytes);
    m = ws.receive();
  }
}


@app.post("/broadcast")
export function broadcast(req: Request): Response {
  room("room").send(req.text);
  return Response.plain(`${room("room").count}`);
}
