// A little of everything that takes memory and must give it back.

import { MicroServer, Response } from "microserver";
import { Flag } from "microserver/abi";
import { Device } from "microserver/device";
import { host } from "microserver/server/window";

export const app = new MicroServer();


@json
class Item {
  name: string = "";
  count: i32 = 0;
  parts: string[] = [];
}

/** Bytes of the heap that are free. Asked for twice, the second answer leaves garbage out. */
app.get("/free", (req) => {
  host.flags |= <u32>Flag.COLLECT;
  return Response.plain(Device.freeMemory.toString());
});

app.get("/items/<int:id>", (req) =>
  Response.json<Item>({ name: "lamp", count: req.params.int("id"), parts: ["bulb"] }),
);

app.post("/items", (req) => {
  const item = req.json<Item>();
  if (!item) return Response.error(req.jsonError, 400);
  item.count += item.parts.length;
  return Response.json(item, 201).header("X-Seen", req.headers.get("User-Agent") !== null ? "1" : "0");
});

app.get("/trap", (req) => {
  throw new Error("as asked");
});

app.get("/lines", (req) =>
  Response.stream((out) => {
    for (let i = 0; i < 40; i++) if (!out.write(`Line ${i} of a text that does not end soon\n`)) return;
  }),
);

app.get("/endless", (req) =>
  Response.stream((out) => {
    while (out.write("and on and on and on and on and on and on\n")) continue;
  }),
);

app.upload("/upload", (req) => {
  let bytes = 0;
  for (let piece = req.readBody(); piece; piece = req.readBody()) bytes += piece.length;
  return Response.plain(`${bytes} bytes`);
});

app.websocket("/ws", (ws) => {
  for (let message = ws.receive(); message; message = ws.receive()) if (!ws.sendMessage(message)) return;
});

app.onError(404, (req, status) => Response.plain(`nothing at ${req.path}`, status));
app.onError(500, (req, status) => Response.plain("failed", status));
