import { MicroServer, Request, Response, WebSocket } from "microserver";

export const app = new MicroServer();
app.maxBodySize = 65536;


@json
class Message {
  message: string = "";
}

const hello: Message = { message: "Hello" };

function echo(req: Request): Response {
  return Response.bytes(req.body, "text/plain");
}

app.all("/", echo).all("/hello", echo).all("/echo", echo);

app.get("/json", (req) => Response.json(hello));

app.websocketOptions.maxMessageSize = 131_072;


@app.websocket("/ws")
export function echoMessages(ws: WebSocket): void {
  for (let message = ws.receive(); message; message = ws.receive()) ws.sendMessage(message);
}
