// An app that waits, streams and answers later: its routes stand in several files.

import { Response } from "microserver";
import { Flag } from "microserver/abi";
import { host } from "microserver/server/window";
import { app } from "./server";
import "./waits";
import "./pieces";
import "./events";
import "./later";
import "./timers";

export { app };

app.get("/hello", (req) => Response.plain("hello"));

/** Bytes of the heap that are free; asked for twice, the second answer leaves garbage out. */
app.get("/free", (req) => {
  host.flags |= <u32>Flag.COLLECT;
  return Response.plain(__freeMemory().toString());
});
