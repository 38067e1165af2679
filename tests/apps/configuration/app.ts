// An app whose file "/options" says what it is configured to be: a line for each, as `maxFields=20`.

import { MicroServer, Request, Response } from "microserver";
import { readSetting } from "../setting";

const arguments = readSetting("/arguments").split(",");
export const app =
  arguments.length == 2 ? new MicroServer(I32.parseInt(arguments[0]), I32.parseInt(arguments[1])) : new MicroServer();

const lines = readSetting("/options").split("\n");
for (let i = 0; i < lines.length; i++) {
  const line = lines[i];
  const equals = line.indexOf("=");
  if (equals > 0) configure(line.substring(0, equals), line.substring(equals + 1));
}

function configure(name: string, text: string): void {
  const value = I32.parseInt(text);
  if (name == "port") app.port = value;
  else if (name == "maxConns") app.maxConns = value;
  else if (name == "keepAliveTimeout") app.keepAliveTimeout = value;
  else if (name == "maxKeepAliveRequests") app.maxKeepAliveRequests = value;
  else if (name == "headTimeout") app.headTimeout = value;
  else if (name == "bodyTimeout") app.bodyTimeout = value;
  else if (name == "sendTimeout") app.sendTimeout = value;
  else if (name == "maxBodySize") app.maxBodySize = value;
  else if (name == "maxRequestLine") app.maxRequestLine = value;
  else if (name == "maxFieldLine") app.maxFieldLine = value;
  else if (name == "maxFields") app.maxFields = value;
  else if (name == "maxHeadSize") app.maxHeadSize = value;
  else if (name == "serverName") app.serverName = text;
  else throw new Error("no such option: " + name);
}


@app.get("/options")
export function options(req: Request): Response {
  return Response.plain(
    [
      app.port,
      app.maxConns,
      app.maxBodySize,
      app.keepAliveTimeout,
      app.maxKeepAliveRequests,
      app.headTimeout,
      app.bodyTimeout,
      app.sendTimeout,
      app.maxRequestLine,
      app.maxFieldLine,
      app.maxFields,
      app.maxHeadSize,
    ].join(" ") +
      " " +
      app.serverName,
  );
}

app.post("/content", (req) => Response.plain(req.contentLength.toString()));
app.get("/large", (req) => Response.plain("x".repeat(1000)));
