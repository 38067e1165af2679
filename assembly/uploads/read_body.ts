import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { content } from "../http/parser";
import { pause, Wait } from "../tasks/task";
import { incoming, Incoming } from "./incoming";

/** The next piece of the current request's content; null behind the last one. Waits for it. */
export function readBody(): Uint8Array | null {
  const body = incoming;
  if (!body) {
    if (content.length) fail(ascii("readBody is for routes of app.upload; use req.body here"));
    return null;
  }
  if (!nextPiece(body)) return null;
  const bytes = new Uint8Array(body.length);
  memory.copy(bytes.dataStart, body.piece, body.length);
  return bytes;
}

/** Turns to the next piece; waits for it. False behind the last one. */
export function nextPiece(body: Incoming): bool {
  while (!body.take()) {
    if (body.isOver) return false;
    const c = body.connection;
    if (!c) return false;
    if (c.ended) {
      body.end();
      return false;
    }
    pause(Wait.DATA, body.await(c));
  }
  return true;
}
