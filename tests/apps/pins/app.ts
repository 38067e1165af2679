// An app that watches pins, and tells what it was told.

import { MicroServer, Request, Response, sleep } from "microserver";
import { Device, Edge, Pin, PinWatch, Pull, Pwm } from "microserver/device";

export const app = new MicroServer();

const told: string[] = [];
let fuel = 0;

function tell(pin: Pin, high: bool): void {
  const missed = watches.has(pin.number) ? watches.get(pin.number).missed : 0;
  told.push(`${pin.number} ${high ? "high" : "low"}${missed ? " -" + missed.toString() : ""}`);
}

const watches = new Map<i32, PinWatch>();
watches.set(0, Pin.input(0, Pull.UP).onChange(Edge.BOTH, tell));
watches.set(1, Pin.input(1).onChange(Edge.RISING, tell));
watches.set(2, Pin.input(2, Pull.UP).onChange(Edge.FALLING, tell));
watches.set(3, Pin.input(3).onChange(Edge.BOTH, tell, 20));
watches.set(4, Pin.input(4).onChange(Edge.RISING, tell, 20));

// One that waits.
watches.set(
  5,
  Pin.input(5).onChange(Edge.BOTH, (pin, high) => {
    tell(pin, high);
    sleep(100);
    told.push("5 done");
  }),
);

// Those that fail.
Pin.input(6).onChange(Edge.BOTH, (pin, high) => {
  told.push("6");
  if (high) throw new Error("no pin 6 for me");
});
Pin.input(7).onChange(Edge.BOTH, (pin) => {
  while (true) fuel++;
});
Pin.input(8).onChange(Edge.BOTH, (pin) => {
  fuel = load<u8>(0xffff_fff0);
});

// One that drives another pin.
const led = Pin.output(20);
Pin.input(9).onChange(Edge.RISING, (pin) => {
  led.toggle();
});

app.get("/fuel", (req) => Response.plain(fuel.toString()));

app.get("/told", (req) => {
  const text = told.join(", ");
  told.length = 0;
  return Response.plain(text);
});

app.post("/restart", (req) => {
  Device.restart();
  return Response.empty();
});


@app.delete("/watch/<int:pin>")
export function cancel(req: Request): Response {
  watches.get(req.params.int("pin")).cancel();
  return Response.empty();
}


@app.put("/watch/<int:pin>")
export function watch(req: Request): Response {
  const number = req.params.int("pin");
  watches.set(
    number,
    Pin.input(number).onChange(Edge.BOTH, (pin, high) => {
      told.push(`again ${pin.number} ${high ? "high" : "low"}`);
    }),
  );
  return Response.empty();
}


@app.put("/input/<int:pin>")
export function input(req: Request): Response {
  Pin.input(req.params.int("pin"));
  return Response.empty();
}


@app.put("/watch-output/<int:pin>")
export function watchOutput(req: Request): Response {
  Pin.output(req.params.int("pin")).onChange(Edge.BOTH, tell);
  return Response.empty();
}


@app.put("/watch-pwm/<int:pin>")
export function watchPwm(req: Request): Response {
  const pin = Pin.input(req.params.int("pin"));
  Pwm.output(pin.number, 1000);
  pin.onChange(Edge.BOTH, tell);
  return Response.empty();
}
