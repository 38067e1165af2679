// Handlers that wait.

import { Middleware, Next, Request, Response, sleep } from "microserver";
import { app } from "./server";

let waiting = 0;

app.get("/waiting", (req) => Response.plain(`${waiting} handlers`));


@app.get("/sleep/<int:ms>")
export function slept(req: Request): Response {
  const ms = req.params.int("ms");
  waiting++;
  const stays = sleep(ms);
  waiting--;
  if (!stays) console.log(`gone in ${ms}`);
  return Response.plain(`slept ${ms}`);
}

app.post("/sleep", (req) => {
  sleep(10);
  return Response.plain("slept");
});

function show(req: Request): string {
  const field = req.headers.get("x-test");
  const key = req.query.get("key");
  return [
    req.method,
    req.path,
    req.target,
    req.params.get("name"),
    key === null ? "-" : key,
    field === null ? "-" : field,
    req.text,
    req.remoteAddress,
  ].join("|");
}


@app.route("/request/<name>", "GET,POST")
export function shown(req: Request): Response {
  const before = show(req);
  sleep(100);
  const between = show(req);
  sleep(100);
  const after = show(req);
  return before == between && between == after
    ? Response.plain(after)
    : Response.error(`${before} became ${between}, then ${after}`);
}

/** What lives on the stack only, over many waits. */

@app.get("/hold/<int:rounds>")
export function hold(req: Request): Response {
  const rounds = req.params.int("rounds");
  const texts = new Array<string>();
  let last = "";
  for (let i = 0; i < rounds; i++) {
    last = `text ${i} of ${rounds}`;
    texts.push(last);
    if (texts.length > 5) texts.shift();
    sleep(10);
    if (last != texts[texts.length - 1]) throw new Error("the last text is another one");
    for (let j = 0; j < texts.length; j++) {
      if (!texts[j].endsWith(` of ${rounds}`)) throw new Error(`a text is now ${texts[j]}`);
    }
  }
  return Response.plain(last);
}

app.get("/litter", (req) => {
  let text = "";
  for (let i = 0; i < 2000; i++) {
    text = `garbage ${i} ${text.length}`;
    sleep(1);
  }
  return Response.plain(text);
});

app.get("/garbage", (req) => {
  let text = "";
  for (let i = 0; i < 100; i++) text = `garbage ${i} ${text.length}`;
  return Response.plain(text);
});

/** What an endless loop counts. */
export let rounds = 0;

export function deeper(levels: i32, ms: i32): i32 {
  if (!levels) {
    sleep(ms);
    return 0;
  }
  const below = deeper(levels - 1, ms);
  return below + levels;
}


@app.get("/deep/<int:levels>")
export function deep(req: Request): Response {
  return Response.plain(deeper(req.params.int("levels"), 10).toString());
}


@app.get("/abort-later")
export function abortLater(req: Request): Response {
  sleep(10);
  throw new Error("as asked, later"); // line of /abort-later
}


@app.get("/loop-later")
export function loopLater(req: Request): Response {
  sleep(10);
  while (true) rounds++; // line of /loop-later
}


@app.get("/read-later")
export function readLater(req: Request): Response {
  sleep(10);
  // line of /read-later
  return Response.plain(load<u8>(0xffff_fff0).toString());
}


@app.get("/allocate-later")
export function allocateLater(req: Request): Response {
  sleep(10);
  const all = new Array<Uint8Array>();
  for (let i = 0; i < 10_000; i++) all.push(new Uint8Array(1024));
  return Response.plain("");
}

export const kept = new Response("kept");

app
  .get("/twice-later", (req) => {
    sleep(10);
    return kept;
  })
  .get("/abort-when-gone", (req) => {
    while (sleep(1000)) {}
    throw new Error("as asked, when gone");
  })
  .get("/early", (req) => {
    const response = Response.plain("made early").header("X-Early", "1");
    sleep(10);
    return response;
  });


@app.get("/never-ends")
export function neverEnds(req: Request): Response {
  while (true) sleep(1000);
}

class Waits extends Middleware {
  constructor(private readonly name: string) {
    super();
  }

  handle(req: Request, next: Next): Response {
    sleep(10);
    const response = next.run(req);
    sleep(10);
    return response.header("X-Through", this.name);
  }
}

app
  .group("/chain")
  .use(new Waits("a"))
  .use(new Waits("b"))
  .get("/waits", (req) => {
    sleep(10);
    return Response.plain(req.path);
  })
  .get("/returns", (req) => Response.plain(req.path));

/** Waits where nothing matches. */
class WaitsForMissing extends Middleware {
  handle(req: Request, next: Next): Response {
    if (req.path.startsWith("/everything")) sleep(10);
    return next.run(req);
  }
}

app
  .use(new WaitsForMissing())
  .get("/everything/waits", (req) => Response.plain(""))
  .post("/everything/waits", (req) => Response.plain(""));
