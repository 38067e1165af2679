/** Server-sent events: a counter, and a dashboard whose values change in the background. */

import { Logging, MicroServer, Request, Response, sleep, Timer, toJson, topic } from "microserver";
import { Room } from "./room";

export const app = new MicroServer();
app.use(new Logging());
app.mountStatic("/", "/www", 0);

const room = new Room();
let boostEnd: Timer | null = null;

/** Milliseconds for which the heater is boosted. */
const BOOST: i32 = 10_000;

/** Tells all dashboards. */
function publish(): void {
  topic("room").send(toJson(room), "room");
}

app.every(1000, () => {
  room.step();
  publish();
});


@json
class Target {
  target: f64 = 0;
}

/** Counts for one client, from where it was cut off. */

@app.get("/events")
export function events(req: Request): Response {
  return Response.sse((out) => {
    let count = I32.parseInt("0" + out.lastEventId);
    while (out.send((++count).toString(), "tick", count.toString())) sleep(1000);
  });
}


@app.get("/api/events")
export function roomEvents(req: Request): Response {
  app.after(0, publish);
  return Response.topic("room");
}


@app.get("/api/room")
export function getRoom(req: Request): Response {
  return Response.json(room);
}


@app.put("/api/room")
export function setTarget(req: Request): Response {
  const wanted = req.json<Target>();
  if (wanted === null) return Response.error(req.jsonError, 400);
  if (!(wanted.target >= 5 && wanted.target <= 30)) return Response.error("target: expected 5 to 30", 400);
  room.target = wanted.target;
  publish();
  return Response.json(room);
}


@app.post("/api/boost")
export function boost(req: Request): Response {
  const last = boostEnd;
  if (last) last.cancel();
  room.boost = true;
  boostEnd = app.after(BOOST, () => {
    room.boost = false;
    publish();
  });
  publish();
  return Response.json(room);
}
