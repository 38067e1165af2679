import { pause, Wait } from "./task";

/**
 * Waits for so many ms while everything else goes on. For handlers, middleware, streams, WebSocket handlers and timers.
 * False where the client is gone: come to an end then.
 */
export function sleep(ms: i32): bool {
  return pause(Wait.TIME, max(0, ms));
}
