// Answers that come later.

import { Deferred, Middleware, Next, Request, Response, sleep } from "microserver";
import { app } from "./server";
import { kept } from "./waits";

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
