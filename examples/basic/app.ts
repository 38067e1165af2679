import { MicroServer, Request, Response } from "microserver";
import { describeUser } from "./users";

export const app = new MicroServer();


@json
class Hello {
  message: string = "";
}


@app.get("/")
export function index(req: Request): Response {
  return Response.json<Hello>({ message: "Hello from MicroServer" });
}


@app.get("/users/<int:id>")
export function user(req: Request): Response {
  return Response.plain(describeUser(req.params.get("id")));
}


@app.post("/echo")
export function echo(req: Request): Response {
  const text = req.text;
  if (text.length == 0) return Response.error("no content", 400);
  return Response.plain(text);
}
