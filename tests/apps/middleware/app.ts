// An app with each middleware, and some of its own that show in which order they run. The file "/cors" says what Cors is told.

import {
  BasicAuth,
  BearerAuth,
  Cors,
  Middleware,
  MicroServer,
  Next,
  RateLimit,
  Request,
  Response,
  secureEquals,
  SecurityHeaders,
  sleep,
  WebSocket,
} from "microserver";
import { readSetting } from "../setting";

export const app = new MicroServer();
app.maxKeepAliveRequests = 100_000;

/** Notes on the way in and on the way out in which order it ran. */
class Trace extends Middleware {
  constructor(private readonly name: string) {
    super();
  }

  handle(req: Request, next: Next): Response {
    if (trail.length < 32) trail += this.name;
    return next.run(req).header("X-Trace", this.name);
  }
}

let trail = "";

/** Waits before what is inside, behind it, or both. */
class Slow extends Middleware {
  constructor(
    private readonly before: i32,
    private readonly behind: i32,
  ) {
    super();
  }

  handle(req: Request, next: Next): Response {
    if (this.before) sleep(this.before);
    const response = next.run(req);
    if (this.behind) sleep(this.behind);
    return response.header("X-Path", req.path);
  }
}

/** Answers itself where the request asks for it. */
class Gate extends Middleware {
  handle(req: Request, next: Next): Response {
    if (req.query.has("param")) return Response.plain(req.params.get("name"));
    return req.query.has("shut") ? Response.error("shut", 403) : next.run(req);
  }
}

/** Answers what is inside a second time. */
class Twice extends Middleware {
  handle(req: Request, next: Next): Response {
    next.run(req);
    return next.run(req);
  }
}

app.get("/first", (req) => Response.plain(trail));
app.use(new Trace("a")).use(new Gate());
const origins = readSetting("/cors");
if (origins == "any") app.use(<Cors>{});
else if (origins == "list") {
  app.use(<Cors>{
    origins: "https://a.example, http://b.example:8080",
    methods: "GET,PUT",
    headers: "X-One,X-Two",
    exposeHeaders: "X-Three",
    allowCredentials: true,
    maxAge: 5,
  });
} else if (origins == "any with credentials") app.use(<Cors>{ allowCredentials: true });
else if (origins == "age") app.use(<Cors>{ maxAge: -1 });
else if (origins == "injected") app.use(<Cors>{ methods: "GET\r\nX: y" });
else if (origins.length) app.use(<Cors>{ origins });

app.get("/trail", (req) => {
  const text = trail;
  trail = "";
  return Response.plain(text);
});

const inner = app.group("/group").use(new Trace("b"));
inner.get("/in", (req) => Response.plain("in"));
inner
  .group("/deep")
  .use(new Trace("c"))
  .get("/in", (req) => Response.plain("deep"));
inner.use(new Trace("d"));
app
  .with(new Trace("e"))
  .use(new Trace("f"))
  .get("/with/<name>", (req) => Response.plain(req.params.get("name")));
app.with(new Twice()).get("/twice", (req) => Response.plain((trail += "x")));
app.use(new Trace("z"));
const kept = new Response("kept");
app.get("/kept", (req) => kept).get("/last", (req) => Response.plain("last"));

app
  .with(new Slow(10, 0))
  .use(new Trace("g"))
  .get("/slow/before/<name>", (req) => Response.plain(`${req.path} ${req.params.get("name")}`));
app
  .with(new Slow(0, 10))
  .use(new Trace("g"))
  .get("/slow/behind/<name>", (req) => Response.plain(`${req.path} ${req.params.get("name")}`));
app
  .with(new Slow(5, 10))
  .use(new Slow(5, 5))
  .use(new Trace("g"))
  .get("/slow/both/<name>", (req) => {
    sleep(5);
    return Response.plain(`${req.path} ${req.params.get("name")}`);
  });

export const traced = app.with(new Trace("h"));


@traced.get("/decorated")
export function decorated(req: Request): Response {
  return Response.plain("decorated");
}

app
  .with(new BasicAuth("the lab").allow("ada", "lovelace").allow("Zoë", "päss:wörd"))
  .get("/basic", (req) => Response.plain("secret"));
app
  .with(
    new BasicAuth("checked", (user, password) => {
      sleep(10);
      return user.length > 0 && secureEquals(password, user + "!");
    }),
  )
  .get("/basic/checked", (req) => Response.plain("secret"));
app.with(new BearerAuth().allow("token-1").allow("token-22")).get("/bearer", (req) => Response.plain("secret"));
app
  .with(new BearerAuth("api", (token) => secureEquals(token, "checked")))
  .get("/bearer/checked", (req) => Response.plain("secret"));
app.with(<SecurityHeaders>{}).get("/secure", (req) => Response.plain("secure"));
app
  .with(<SecurityHeaders>{
    frameOptions: "",
    referrerPolicy: "",
    contentSecurityPolicy: "default-src 'self'",
    hstsMaxAge: 60,
  })
  .get("/secure/more", (req) => Response.plain("secure"));
app.with(<RateLimit>{ requests: 3, seconds: 60, clients: 4 }).get("/limited", (req) => Response.plain("limited"));


@app.websocket("/ws")
export function echo(ws: WebSocket): void {
  for (let m = ws.receive(); m; m = ws.receive()) ws.sendMessage(m);
}

app
  .with(new BasicAuth("sockets").allow("ada", "lovelace"))
  .use(new Slow(10, 0))
  .use(new Trace("w"))
  .websocket("/ws/private", (ws) => {
    ws.send("welcome");
  });
