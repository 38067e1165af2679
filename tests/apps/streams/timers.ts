// Timers.

import { Response, sleep, Timer } from "microserver";
import { deeper } from "./waits";
import { app } from "./server";

let timer: Timer | null = null;

app
  .get("/after/<int:ms>", (req) => {
    timer = app.after(req.params.int("ms"), () => console.log("after"));
    return Response.plain("");
  })
  .get("/every/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => console.log("every"));
    return Response.plain("");
  })
  .get("/nap/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => {
      console.log("nap");
      sleep(300);
      console.log("awake");
    });
    return Response.plain("");
  })
  .get("/faults/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => {
      throw new Error("as asked, by a timer");
    });
    return Response.plain("");
  })
  .get("/faults-later/<int:ms>", (req) => {
    timer = app.every(req.params.int("ms"), () => {
      sleep(100);
      throw new Error("as asked, by a timer later");
    });
    return Response.plain("");
  })
  .get("/littering", (req) => {
    timer = app.every(1, () => {
      let text = "";
      for (let i = 0; i < 20; i++) text = `garbage ${i} ${text.length}`;
    });
    return Response.plain("");
  })
  .get("/cancel", (req) => {
    const which = timer;
    if (which) which.cancel();
    return Response.plain("");
  })
  .get("/counts", (req) => {
    timer = app.every(100, () => {
      console.log("once");
      const which = timer;
      if (which) which.cancel();
    });
    return Response.plain("");
  })
  .get("/deep-timer", (req) => {
    app.after(10, () => {
      deeper(110, 10);
    });
    return Response.plain("");
  });
