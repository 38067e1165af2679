// A device's whole interface: 40 routes behind three middlewares, which hold for all of them.

import { BearerAuth, Cors, MicroServer, Request, Response, SecurityHeaders } from "microserver";

export const app = new MicroServer();
app.use(<SecurityHeaders>{});
app.use(<Cors>{ origins: "https://panel.example,https://a.example" });
app.use(new BearerAuth().allow("0123456789abcdef"));


@json
class Sensor {
  id: i32 = 0;
  name: string = "roof";
  celsius: f64 = 21.5;
}

const sensor = new Sensor();

function show(req: Request): Response {
  sensor.id = 0;
  return Response.json(sensor);
}

/** What the case asks for. */
app.get("/api/sensors/<int:id>", (req) => {
  sensor.id = req.params.int("id");
  return Response.json(sensor);
});

app
  .get("/", show)
  .get("/about", show)
  .get("/health", show)
  .get("/metrics", show)
  .get("/login", show)
  .post("/login", show)
  .post("/logout", show)
  .get("/api/sensors", show)
  .post("/api/sensors", show)
  .put("/api/sensors/<int:id>", show)
  .delete("/api/sensors/<int:id>", show)
  .get("/api/sensors/<int:id>/readings", show)
  .post("/api/sensors/<int:id>/readings", show)
  .get("/api/sensors/<int:id>/readings/latest", show)
  .get("/api/sensors/<int:id>/readings/<int:reading>", show)
  .get("/api/pins", show)
  .get("/api/pins/<int:pin>", show)
  .put("/api/pins/<int:pin>", show)
  .get("/api/pins/<int:pin>/mode", show)
  .put("/api/pins/<int:pin>/mode", show)
  .get("/api/schedules", show)
  .post("/api/schedules", show)
  .get("/api/schedules/<int:id>", show)
  .put("/api/schedules/<int:id>", show)
  .delete("/api/schedules/<int:id>", show)
  .get("/api/users", show)
  .post("/api/users", show)
  .get("/api/users/<name>", show)
  .put("/api/users/<name>", show)
  .delete("/api/users/<name>", show)
  .get("/api/settings", show)
  .put("/api/settings", show)
  .get("/api/settings/<key>", show)
  .put("/api/settings/<key>", show)
  .get("/api/network", show)
  .put("/api/network", show)
  .get("/api/log", show)
  .delete("/api/log", show)
  .post("/api/restart", show);
