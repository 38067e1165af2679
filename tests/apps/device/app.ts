// An app with a route for each call of "microserver/device".

import { MicroServer, Request, Response } from "microserver";
import { Adc, Device, Pin, Pull, Pwm, Temperature } from "microserver/device";

export const app = new MicroServer();

const led = Pin.output(2);
const button = Pin.input(0, Pull.UP);
let visits = 0;

/** "high" or "low". */
function levelOf(pin: Pin): string {
  return pin.read() ? "high" : "low";
}

app
  .get("/led", (req) => Response.plain(levelOf(led)))
  .post("/led/toggle", (req) => {
    led.toggle();
    return Response.plain(levelOf(led));
  })
  .get("/button", (req) => Response.plain(levelOf(button)))
  .get("/temperature", (req) => Response.plain(`${Temperature.isSupported} ${Temperature.read()}`))
  .get("/name", (req) => Response.plain(Device.name))
  .get("/uptime", (req) => Response.plain(Device.uptime.toString()))
  .get("/reset-reason", (req) => Response.plain((<i32>Device.resetReason).toString()))
  .get("/host-memory", (req) => Response.plain(`${Device.hostFreeMemory} ${Device.hostLargestBlock}`))
  .get("/random", (req) => Response.plain(Device.random().toString()))
  .get("/visits", (req) => Response.plain((++visits).toString()))
  .get("/trap", (req) => Response.plain(load<u8>(0xffff_fff0).toString()));


@app.put("/led/<state>")
export function setLed(req: Request): Response {
  led.write(req.params.get("state") == "on");
  return Response.plain(levelOf(led));
}


@app.get("/pin/<int:number>")
export function pin(req: Request): Response {
  const number = req.params.int("number");
  return Response.plain(`${Pin.isSupported(number)} ${levelOf(Pin.input(number))}`);
}


@app.get("/is-pin/<int:number>")
export function isPin(req: Request): Response {
  return Response.plain(Pin.isSupported(req.params.int("number")).toString());
}


@app.get("/pull/<int:number>/<pull>")
export function pull(req: Request): Response {
  const name = req.params.get("pull");
  const pull = name == "up" ? Pull.UP : name == "down" ? Pull.DOWN : Pull.NONE;
  return Response.plain(levelOf(Pin.input(req.params.int("number"), pull)));
}


@app.put("/drain/<int:number>/<state>")
export function drain(req: Request): Response {
  const pin = Pin.openDrain(req.params.int("number"));
  pin.write(req.params.get("state") == "on");
  return Response.plain(levelOf(pin));
}


@app.put("/button/write")
export function writeButton(req: Request): Response {
  button.write(true); // line of a write to an input
  return Response.plain("");
}


@app.get("/is-adc/<int:number>")
export function isAdc(req: Request): Response {
  return Response.plain(Adc.isSupported(req.params.int("number")).toString());
}


@app.get("/is-pwm/<int:number>")
export function isPwm(req: Request): Response {
  return Response.plain(Pwm.isSupported(req.params.int("number")).toString());
}


@app.get("/adc/<int:number>")
export function adc(req: Request): Response {
  return Response.plain(Adc.read(req.params.int("number")).toString());
}


@app.put("/pwm/<int:number>/<int:hertz>/<duty>")
export function pwm(req: Request): Response {
  const pwm = Pwm.output(req.params.int("number"), req.params.int("hertz"));
  pwm.duty(parseFloat(req.params.get("duty")));
  return Response.plain("set");
}


@app.put("/pwm-then-read/<int:number>")
export function pwmThenRead(req: Request): Response {
  const pin = Pin.output(req.params.int("number"));
  Pwm.output(pin.number, 1000);
  return Response.plain(levelOf(pin));
}


@app.put("/pwm-then-pin/<int:number>")
export function pwmThenPin(req: Request): Response {
  const pwm = Pwm.output(req.params.int("number"), 1000);
  Pin.output(pwm.number);
  pwm.duty(0.5);
  return Response.plain("set");
}


@app.get("/memory")
export function memory(req: Request): Response {
  const free = Device.freeMemory;
  const buffer = new ArrayBuffer(1000);
  return Response.plain(`${free} ${free - Device.freeMemory} ${buffer.byteLength}`);
}


@app.get("/largest/<int:more>")
export function largest(req: Request): Response {
  const more = req.params.int("more");
  const text = Device.largestBlock.toString();
  const buffer = new ArrayBuffer(Device.largestBlock + more); // behind which nothing may be left
  return buffer.byteLength ? Response.plain(text) : Response.empty();
}


@app.post("/restart")
export function restart(req: Request): Response {
  Device.restart();
  return Response.plain("bye");
}


@app.post("/restart-and-trap")
export function restartAndTrap(req: Request): Response {
  Device.restart();
  return Response.plain(load<u8>(0xffff_fff0).toString());
}
