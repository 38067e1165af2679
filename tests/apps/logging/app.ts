// An app whose file "/logger" says what its logger is: "file", "console LEVEL", "none", "own", or nothing.

import {
  ANY_STATUS,
  ConsoleLogger,
  FileLogger,
  Level,
  log,
  Logger,
  Logging,
  MicroServer,
  NoLogger,
  Request,
  Response,
  sleep,
} from "microserver";
import { readSetting } from "../setting";

export const app = new MicroServer();
app.maxConns = 3;
app.use(new Logging());

/** A logger of the app's own. */
class OwnLogger extends Logger {
  write(level: Level, text: string): void {
    if (text == "abort") throw new Error("the logger fails");
    if (text == "sleep") sleep(1);
    if (text == "again") log.warn("from within");
    console.log(`own ${<i32>level}: ${text}`);
  }
}

const kind = readSetting("/logger");
if (kind == "none") app.logger = new NoLogger();
else if (kind == "own") app.logger = new OwnLogger();
else if (kind == "console warn") app.logger = new ConsoleLogger(Level.WARN);
else if (kind == "console info") app.logger = new ConsoleLogger(Level.INFO);
else if (kind == "file") app.logger = new FileLogger("/server.log", 1024);
else if (kind == "file keep 3") app.logger = new FileLogger("logs/server.log", 1024, 3);
else if (kind == "file keep 0") app.logger = new FileLogger("/server.log", 1024, 0, Level.DEBUG);
else if (kind == "file small") app.logger = new FileLogger("/server.log", 1023);
else if (kind == "file many") app.logger = new FileLogger("/server.log", 1024, 10);
else if (kind == "file unnamed") app.logger = new FileLogger("");
else if (kind == "used") app.logger.info("started");


@app.post("/log/<level>")
export function write(req: Request): Response {
  const level = req.params.get("level");
  const text = req.text;
  if (level == "error") log.error(text);
  else if (level == "warn") log.warn(text);
  else if (level == "info") log.info(text);
  else if (level == "debug") log.debug(text);
  else app.logger.info(text);
  return Response.empty();
}


@app.get("/on")
export function on(req: Request): Response {
  return Response.plain(
    `${log.isOn(Level.ERROR)} ${log.isOn(Level.WARN)} ${log.isOn(Level.INFO)} ${log.isOn(Level.DEBUG)}`,
  );
}


@app.get("/wait/<int:ms>")
export function wait(req: Request): Response {
  sleep(req.params.int("ms"));
  return Response.plain("waited");
}


@app.get("/wait/abort")
export function waitAndAbort(req: Request): Response {
  sleep(5);
  throw new Error("as asked, later");
}


@app.get("/abort")
export function abortive(req: Request): Response {
  throw new Error("as asked");
}


@app.get("/stream")
export function stream(req: Request): Response {
  return Response.stream((out) => {
    out.write("a");
    sleep(2000);
    out.write("b");
  });
}

app
  .websocket("/ws", (ws) => {
    ws.receive();
  })
  .get("/users/<int:id>", (req) => Response.plain("user"))
  .get("/teapot", (req) => Response.plain("short and stout", 418))
  .get("/read", (req) => Response.plain(load<u8>(0xffff_fff0).toString()));
app.onError(ANY_STATUS, (req, status) => Response.error("an error", status));
