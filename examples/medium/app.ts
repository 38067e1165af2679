/** Middleware, static files, a stream, and an error page of its own. */

import { Cors, Logging, MicroServer, Request, Response } from "microserver";
import { Device } from "microserver/device";
import { Lines } from "./lines";
import { parseNumber, sum } from "./sum";

export const app = new MicroServer();
app.use(new Logging()).use(<Cors>{ origins: "*", methods: "GET,POST", headers: "Content-Type" });
app.mountStatic("/static", "/www", 3600);
app.onError(404, (req, status) => Response.html(`<h1>Nothing here</h1><p><a href="/">Start</a></p>`, status));


@json
class Status {
  status: string = "ok";
  /** In seconds. */
  uptime: i32 = Device.uptime;
  /** In bytes. */
  freeMemory: i32 = Device.freeMemory;
}


@json
class Sum {
  sum: f64 = 0;
}


@app.get("/")
export function index(req: Request): Response {
  return Response.redirect("/static/");
}


@app.get("/status")
export function status(req: Request): Response {
  return Response.json(new Status());
}

/** Adds the numbers of a query such as `?n=1&n=2.5`. */

@app.get("/sum")
export function sumOfQuery(req: Request): Response {
  const numbers = req.query.all("n").map<f64>((text) => parseNumber(text));
  const total = sum(numbers);
  if (isNaN(total)) return Response.error("n: expected a number", 400);
  return Response.json<Sum>({ sum: total });
}

/** Adds the numbers of a JSON array such as `[1, 2.5]`. */

@app.post("/sum")
export function sumOfContent(req: Request): Response {
  const numbers = req.json<f64[]>();
  if (numbers === null) return Response.error(req.jsonError, 400);
  return Response.json<Sum>({ sum: sum(numbers) });
}


@app.get("/stream")
export function stream(req: Request): Response {
  return Response.from(new Lines());
}
