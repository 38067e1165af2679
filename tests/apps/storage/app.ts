// An app with a route for each call of `Storage`.

import { MicroServer, Request, Response } from "microserver";
import { Device, Storage, StorageError } from "microserver/device";

export const app = new MicroServer();

/** Starts of the app, as it keeps count of them. */
const starts = Storage.getInt("starts") + 1;
Storage.setInt("starts", starts);

/** "NONE" and so on. */
function nameOf(error: StorageError): string {
  if (error == StorageError.NONE) return "NONE";
  if (error == StorageError.ABSENT) return "ABSENT";
  if (error == StorageError.INVALID) return "INVALID";
  if (error == StorageError.FULL) return "FULL";
  if (error == StorageError.FAILED) return "FAILED";
  return error == StorageError.DENIED ? "DENIED" : "UNSUPPORTED";
}

/** Tells how the last call went. */
function outcome(ok: bool): Response {
  return Response.plain(`${ok} ${nameOf(Storage.error)}`);
}

app
  .get("/starts", (req) => Response.plain(starts.toString()))
  .get("/support", (req) => Response.plain(`${Storage.isSupported} ${Storage.free}`))
  .post("/restart", (req) => {
    Device.restart();
    return Response.empty();
  });


@app.get("/value")
export function get(req: Request): Response {
  const value = Storage.get(req.query.get("key") || "");
  return value === null ? outcome(false) : Response.plain(`"${value}" ${nameOf(Storage.error)}`);
}


@app.put("/value")
export function set(req: Request): Response {
  return outcome(Storage.set(req.query.get("key") || "", req.text));
}


@app.put("/long/<int:length>")
export function setLong(req: Request): Response {
  return outcome(Storage.set(req.query.get("key") || "", "x".repeat(req.params.int("length"))));
}


@app.get("/length")
export function length(req: Request): Response {
  const value = Storage.get(req.query.get("key") || "");
  return Response.plain(value === null ? "none" : value.length.toString());
}


@app.delete("/value")
export function remove(req: Request): Response {
  return outcome(Storage.remove(req.query.get("key") || ""));
}


@app.get("/int/<int:otherwise>")
export function getInt(req: Request): Response {
  return Response.plain(Storage.getInt(req.query.get("key") || "", req.params.int("otherwise")).toString());
}


@app.put("/int/<sign>/<int:value>")
export function setInt(req: Request): Response {
  const value = req.params.int("value");
  return outcome(Storage.setInt(req.query.get("key") || "", req.params.get("sign") == "minus" ? -value : value));
}
