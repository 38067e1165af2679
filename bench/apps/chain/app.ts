// 40 routes; what middleware costs: none, and each of the shipped ones on a route of its own.

import {
  BasicAuth,
  BearerAuth,
  Cors,
  Logging,
  Middleware,
  MicroServer,
  Next,
  RateLimit,
  Request,
  Response,
  SecurityHeaders,
} from "microserver";

export const app = new MicroServer();


@json
class Reading {
  place: string = "roof";
  count: i32 = 3;
}

const reading = new Reading();

/** Does nothing. */
class Nothing extends Middleware {
  handle(req: Request, next: Next): Response {
    return next.run(req);
  }
}

const origins = "http://127.0.0.1:8080,https://a.example";

app.get("/none", (req) => Response.json(reading));
app.with(new Nothing()).get("/nothing", (req) => Response.json(reading));
app.with(new Logging()).get("/logging", (req) => Response.json(reading));
app.with(<Cors>{}).get("/cors", (req) => Response.json(reading));
app.with(<Cors>{ origins }).get("/cors/list", (req) => Response.json(reading));
app.with(<SecurityHeaders>{}).get("/security", (req) => Response.json(reading));
app.with(<RateLimit>{ requests: 1_000_000, seconds: 1000 }).get("/rate", (req) => Response.json(reading));
app.with(new BasicAuth().allow("ada", "lovelace")).get("/basic", (req) => Response.json(reading));
app.with(new BearerAuth().allow("0123456789abcdef")).get("/bearer", (req) => Response.json(reading));
app
  .with(new Logging())
  .use(<Cors>{ origins })
  .use(<SecurityHeaders>{})
  .get("/three", (req) => Response.json(reading));

for (let i = 0; i < 30; i++) app.get("/api/v1/things/" + i.toString(), (req) => Response.json(reading));
