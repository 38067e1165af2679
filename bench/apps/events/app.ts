// A thousand events as fast as the client takes them.

import { MicroServer, Response } from "microserver";

export const app = new MicroServer();

app.get("/events", (req) =>
  Response.sse((out) => {
    for (let n = 0; n < 1000; n++) {
      if (!out.send('{"message": "Hello"}')) return;
    }
  }),
);
