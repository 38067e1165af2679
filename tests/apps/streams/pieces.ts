// Answers in pieces.

import { Request, Response, sleep, Stream, Writer } from "microserver";
import { app } from "./server";


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
