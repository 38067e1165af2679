// An app that waits, streams and answers later.

import {
  Deferred,
  EventWriter,
  Middleware,
  MicroServer,
  Next,
  Request,
  Response,
  sleep,
  Stream,
  Timer,
  topic,
  Writer,
} from "microserver";
import { Flag } from "microserver/abi";
import { host } from "microserver/server/window";

export const app = new MicroServer();
app.maxConns = 100;
app.maxKeepAliveRequests = 1_000_000;

app.get("/hello", (req) => Response.plain("hello"));

/** Bytes of the heap that are free; asked for twice, the second answer leaves garbage out. */
app.get("/free", (req) => {
  host.flags |= <u32>Flag.COLLECT;
  return Response.plain(__freeMemory().toString());
});

/* ---- handlers that wait ---- */
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

function deeper(levels: i32, ms: i32): i32 {
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

const kept = new Response("kept");

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

/* ---- streams ---- */

@app.get("/count/<int:n>")
export function counted(req: Request): Response {
  return Response.stream((out) => {
    const n = out.request.params.int("n");
    for (let i = 0; i < n; i++) if (!out.write(`Line ${i}\n`)) return;
  });
}


@app.get("/ticks/<int:n>")
export function ticks(req: Request): Response {
  return Response.stream((out) => {
    const n = out.request.params.int("n");
    for (let i = 1; i <= n; i++) {
      if (!out.write(`${i} of ${out.request.params.int("n")}\n`) || !sleep(100)) {
        console.log(`gone at ${i}`);
        return;
      }
    }
  });
}

app
  .get("/bytes", (req) => {
    return Response.stream(
      (out) => {
        for (let i = 0; i < 3; i++) out.writeBytes(new Uint8Array(1000).fill(<u8>i));
        out.write("");
      },
      "application/x-bytes",
      201,
    ).header("X-Stream", "1");
  })
  .get("/large", (req) =>
    Response.stream((out) => {
      out.write("x".repeat(4000));
    }),
  )
  .get("/nothing", (req) => Response.stream((out) => {}))
  .get("/abort-stream", (req) => {
    return Response.stream((out) => {
      out.write("begun");
      throw new Error("as asked, in a stream");
    });
  })
  .get("/abort-stream-later", (req) => {
    return Response.stream((out) => {
      out.write("begun");
      sleep(10);
      throw new Error("as asked, in a stream");
    });
  })
  .get("/late-request", (req) => {
    return Response.stream((out) => {
      out.write("begun");
      out.write(out.request.path);
    });
  })
  .get("/slept-stream", (req) => {
    sleep(10);
    return Response.stream((out) => {
      const path = out.request.path;
      out.wait(10);
      out.write(`${path} ${out.request.path}`);
    });
  })
  .get("/endless", (req) => {
    return Response.stream((out) => {
      while (out.write("x".repeat(100))) {}
      console.log("the endless stream has ended");
    });
  });

let lent: Writer | null = null;

app
  .get("/lend", (req) => {
    return Response.stream((out) => {
      lent = out;
      sleep(1000);
    });
  })
  .get("/borrow", (req) => {
    const out = lent;
    if (out) out.write("not mine");
    return Response.plain("");
  });

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
    out.wait(this.ms);
    return true;
  }

  close(): void {
    console.log(`closed at ${this.line}`);
  }
}

class Faulty extends Stream {
  constructor(private readonly what: string) {
    super();
  }

  next(out: Writer): bool {
    out.write("begun");
    if (this.what == "sleep") sleep(10);
    else if (this.what == "request") out.request;
    else throw new Error("as asked, in a Stream");
    return true;
  }
}

app
  .get("/lines/<int:n>/<int:ms>", (req) => Response.from(new Lines(req.params.int("n"), req.params.int("ms"))))
  .get("/faulty/<what>", (req) => Response.from(new Faulty(req.params.get("what"))));

/* ---- server-sent events ---- */

@app.get("/events")
export function events(req: Request): Response {
  return Response.sse((out) => {
    let n = 0;
    while (out.send((++n).toString(), "tick")) sleep(1000);
    console.log(`gone after ${n}`);
  });
}

function sendAsAsked(out: EventWriter): void {
  const query = out.request.query;
  const data = query.get("data");
  const event = query.get("event");
  const id = query.get("id");
  const retry = query.get("retry");
  out.send(
    data === null ? "" : data,
    event === null ? "" : event,
    id === null ? "" : id,
    retry === null ? 0 : <i32>parseInt(retry),
  );
}

app
  .get("/event", (req) => Response.sse(sendAsAsked))
  .get("/last", (req) =>
    Response.sse((out) => {
      out.send(out.lastEventId);
    }),
  )
  .get("/comment", (req) =>
    Response.sse((out) => {
      out.comment("one\ntwo");
    }),
  )
  .get("/quiet", (req) => {
    return Response.sse((out) => {
      out.send("begin");
      sleep(40_000);
      out.send("end");
    });
  })
  .get("/short-naps", (req) => {
    return Response.sse((out) => {
      while (sleep(100)) {}
    }, 5000);
  })
  .get("/silent", (req) => {
    return Response.sse((out) => {
      sleep(1_000_000);
    }, 0);
  });

/* ---- topics ---- */

app
  .get("/topics/<name>", (req) => Response.topic(req.params.get("name")))
  .get("/small/<name>", (req) => Response.topic(req.params.get("name"), 60, 5000).header("X-Topic", "small"))
  .post("/topics/<name>", (req) => {
    const event = req.query.get("event");
    const id = req.query.get("id");
    const to = topic(req.params.get("name"));
    const count = to.send(req.text, event === null ? "" : event, id === null ? "" : id);
    return Response.plain(`${count} of ${to.count}, ${to.dropped} dropped`);
  });

/* ---- answers that come later ---- */

let deferred: Deferred | null = null;


@app.all("/defer/<int:ms>")
export function defer(req: Request): Response {
  const later = new Deferred(req.params.int("ms"));
  deferred = later;
  return later.response;
}

function take(): Deferred {
  const later = deferred;
  if (!later) throw new Error("no answer is deferred");
  return later;
}

app
  .post("/resolve", (req) => {
    const isOpen = take().isOpen;
    const resolved = take().resolve(Response.json(req.text, 201).header("X-Resolved", "1"));
    return Response.plain(`${isOpen} ${resolved}`);
  })
  .post("/resolve/<what>", (req) => {
    const what = req.params.get("what");
    if (what == "stream") {
      take().resolve(
        Response.stream((out) => {
          sleep(10);
          out.write("streamed");
        }),
      );
    } else if (what == "kept") {
      take().resolve(kept);
    } else if (what == "status") {
      take().resolve(Response.plain("", 600));
    } else if (what == "abort") {
      take().resolve(
        Response.stream((out) => {
          throw new Error("as asked, in a deferred stream");
        }),
      );
    } else if (what == "both") {
      const response = Response.plain("for both");
      take().resolve(response);
      return response;
    }
    return Response.plain("resolved");
  })
  .get("/at-once", (req) => {
    const later = new Deferred();
    later.resolve(Response.plain("at once"));
    return later.response;
  })
  .get("/by-timer", (req) => {
    const later = new Deferred();
    deferred = later;
    app.after(250, () => {
      take().resolve(Response.plain("by a timer"));
    });
    return later.response;
  });

class Marks extends Middleware {
  handle(req: Request, next: Next): Response {
    return next.run(req).header("X-Mark", "1");
  }
}

app.with(new Marks()).get("/marked", (req) => {
  const later = new Deferred();
  deferred = later;
  return later.response;
});

/* ---- timers ---- */

let timer: Timer | null = null;

app
  .get("/after/<int:ms>", (req) => {
    timer = app.after(req.params.int("ms"), () => console.log("after"));
    return Response.plain("");
  })
  .get("/every/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => console.log("every"));
    return Response.plain("");
  })
  .get("/nap/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => {
      console.log("nap");
      sleep(300);
      console.log("awake");
    });
    return Response.plain("");
  })
  .get("/faults/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => {
      throw new Error("as asked, by a timer");
    });
    return Response.plain("");
  })
  .get("/faults-later/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => {
      sleep(100);
      throw new Error("as asked, by a timer later");
    });
    return Response.plain("");
  })
  .get("/littering", (req) => {
    timer = app.every(1, () => {
      let text = "";
      for (let i = 0; i < 20; i++) text = `garbage ${i} ${text.length}`;
    });
    return Response.plain("");
  })
  .get("/cancel", (req) => {
    const which = timer;
    if (which) which.cancel();
    return Response.plain("");
  })
  .get("/counts", (req) => {
    timer = app.every(100, () => {
      console.log("once");
      const which = timer;
      if (which) which.cancel();
    });
    return Response.plain("");
  })
  .get("/deep-timer", (req) => {
    app.after(10, () => {
      deeper(110, 10);
    });
    return Response.plain("");
  });
