import { Message, MicroServer, room, sleep, WebSocket, WebSocketHandler } from "microserver";

export const app = new MicroServer();

@app.websocket("/echo")
export function echo(ws: WebSocket): void {
  for (let m = ws.receive(); m; m = ws.receive()) ws.sendMessage(m);
}

@app.websocket("/ws")
export function text(ws: WebSocket): void {
  ws.send("Connected!");
  for (let m = ws.receive(); m; m = ws.receive()) ws.send("Echo: " + m.text);
}
