// Server-sent events and topics.

import { EventWriter, Request, Response, sleep, topic } from "microserver";
import { app } from "./server";


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
