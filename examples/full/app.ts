/** A board with a page: live values, an LED and a button, an echo, and a restart for those who may. */

import { BearerAuth, Logging, SecurityHeaders } from "microserver";
import { MicroServer, Request, Response, toJson, topic, WebSocket } from "microserver";
import { Device, Edge } from "microserver/device";
import { button, led, State } from "./board";

/** Change it: who knows it may restart the board. */
const TOKEN = "change-me";

export const app = new MicroServer();
app.maxConns = 8;
app.use(new Logging()).use(<SecurityHeaders>{ contentSecurityPolicy: "default-src 'self'" });
app.mountStatic("/", "/www", 0);

/** How often the button was pressed. */
let presses = 0;

/** Seconds from one measurement to the next. */
let interval = 1;
let measuring = app.every(interval * 1000, publish);

function state(): State {
  const state = new State();
  state.presses = presses;
  state.clients = topic("state").count;
  state.interval = interval;
  return state;
}

/** Tells all pages. */
function publish(): void {
  topic("state").send(toJson(state()), "state");
}

// Each press switches the LED; contacts bounce for some milliseconds.
button.onChange(
  Edge.BOTH,
  (pin, high) => {
    if (!high) {
      presses++;
      led.toggle();
    }
    publish();
  },
  30,
);


@json
class Led {
  on: bool = false;
}


@app.get("/api/state")
export function getState(req: Request): Response {
  return Response.json(state());
}


@app.get("/api/events")
export function events(req: Request): Response {
  app.after(0, publish);
  return Response.topic("state");
}


@app.get("/api/led")
export function getLed(req: Request): Response {
  return Response.json<Led>({ on: led.read() });
}


@app.put("/api/led")
export function setLed(req: Request): Response {
  const wanted = req.json<Led>();
  if (wanted === null) return Response.error(req.jsonError, 400);
  led.write(wanted.on);
  publish();
  return Response.json(wanted);
}


@app.post("/api/interval")
export function setInterval(req: Request): Response {
  const seconds = I32.parseInt(req.form.get("seconds") || "0");
  if (seconds < 1 || seconds > 60) return Response.error("seconds: expected 1 to 60", 400);
  interval = seconds;
  measuring.cancel();
  measuring = app.every(interval * 1000, publish);
  publish();
  return Response.empty();
}

app.with(new BearerAuth().allow(TOKEN)).post("/api/restart", (req) => {
  Device.restart();
  return Response.empty(202);
});


@app.websocket("/ws/echo")
export function echo(ws: WebSocket): void {
  ws.send("Welcome to " + Device.name);
  for (let message = ws.receive(); message; message = ws.receive()) ws.send("Echo: " + message.text);
}
