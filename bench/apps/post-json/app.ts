// Takes a batch of readings as typed JSON and answers what it made of them.

import { MicroServer, Request, Response } from "microserver";

export const app = new MicroServer();


@json
class Reading {
  sensor: string = "";
  celsius: f64 = 0;
  humidity: i32 = 0;
  at: i32 = 0;
  valid: bool = false;
}


@json
class Batch {
  device: string = "";
  sequence: i32 = 0;
  readings: Reading[] = [];
}


@json
class Summary {
  device: string = "";
  readings: i32 = 0;
  warmest: f64 = 0;
}

app.post("/readings", (req: Request) => {
  const batch = req.json<Batch>();
  if (batch === null) return Response.error(req.jsonError, 400);
  const summary: Summary = { device: batch.device, readings: batch.readings.length };
  for (let i = 0; i < batch.readings.length; i++) summary.warmest = max(summary.warmest, batch.readings[i].celsius);
  return Response.json(summary);
});
