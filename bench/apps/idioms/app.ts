// One route for each way to do a small thing, so that each can be priced.

import { MicroServer, Response } from "microserver";

export const app = new MicroServer();


@json
class Reading {
  place: string = "";
  count: i32 = 0;
  temperature: f64 = 0;
}

const kept: Reading = { place: "roof", count: 3, temperature: 21.5 };

app
  .get("/plain", (req) => Response.plain("it works"))
  .get("/header", (req) => Response.plain("it works").header("X-Seen", "1"))
  .get("/field", (req) => Response.plain(req.headers.get("X-Api-Key") !== null ? "it works" : "missing"))
  .get("/query", (req) => Response.plain(req.query.has("a") ? "it works" : "missing"))
  .get("/param/<word>", (req) => Response.plain(req.params.get("word")))
  .get("/int/<int:id>", (req) => Response.plain(req.params.int("id") > 0 ? "it works" : "not positive"))
  .get("/concat/<word>", (req) => Response.plain("user " + req.params.get("word")))
  .get("/template/<int:id>", (req) => Response.plain(`user ${req.params.int("id")}`))
  .get("/json/kept", (req) => Response.json(kept))
  .get("/json/new", (req) => Response.json<Reading>({ place: "roof", count: 3, temperature: 21.5 }))
  .post("/text", (req) => Response.plain(req.text.length > 0 ? "it works" : "empty"))
  .post("/bytes", (req) => Response.plain(req.body.length > 0 ? "it works" : "empty"))
  .post("/read", (req) => {
    const reading = req.json<Reading>();
    if (reading === null) return Response.error(req.jsonError, 400);
    return Response.plain("it works");
  });
