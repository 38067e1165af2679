// What a request costs as things grow: routes, fields, connections, content.

import { MicroServer, Request, Response } from "microserver";

export const app = new MicroServer();
app.maxConns = 128;
app.maxBodySize = 65536;
app.keepAliveTimeout = 3600;


@json
class Message {
  message: string = "";
}

const hello: Message = { message: "Hello" };

function show(req: Request): Response {
  return Response.json(hello);
}

app.get("/json", show);
app.post("/echo", (req) => Response.bytes(req.body, "text/plain"));

/** Adds routes until there are so many: half of them are literal, half have a parameter. */
app.post("/routes/<int:count>", (req) => {
  const count = req.params.int("count");
  for (let n = 3; n < count; n += 2) {
    const number = (10_000 + n).toString();
    app.get("/literal/" + number, show);
    if (n + 1 < count) app.get("/items/" + number + "/<name>", show);
  }
  return Response.plain("added");
});
