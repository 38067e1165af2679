/** The opening handshake of a WebSocket, the client's side (RFC 6455, 4.1). */

import { createHash } from "node:crypto";
import { WebSocketError } from "./frame.js";
import type { Head } from "./response-head.js";

export interface HandshakeOptions {
  /** Subprotocols that the client speaks, best first. */
  readonly protocols?: readonly string[];
  /** The Origin field; none by default, as of a client that is no browser. */
  readonly origin?: string;
  /** More fields. One of the handshake's own takes the place of that, so that a wrong one can be sent. */
  readonly headers?: Readonly<Record<string, string>>;
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A key of 16 bytes in base64, the same in each run for the same number. */
export function handshakeKey(number: number): string {
  return createHash("sha256").update(`key ${number}`).digest().subarray(0, 16).toString("base64");
}

/** The fields of the handshake's request. */
export function handshakeFields(key: string, options: HandshakeOptions): [name: string, value: string][] {
  const { protocols = [], origin, headers = {} } = options;
  const own: [string, string][] = [
    ["Upgrade", "websocket"],
    ["Connection", "Upgrade"],
    ["Sec-WebSocket-Key", key],
    ["Sec-WebSocket-Version", "13"],
  ];
  if (protocols.length > 0) own.push(["Sec-WebSocket-Protocol", protocols.join(", ")]);
  if (origin !== undefined) own.push(["Origin", origin]);
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return [...own.filter(([name]) => !given.has(name.toLowerCase())), ...Object.entries(headers)];
}

/** Checks a 101 response; returns the subprotocol, "" where there is none. Throws WebSocketError. */
export function checkHandshake({ fields }: Head, key: string, protocols: readonly string[]): string {
  const accept = createHash("sha1").update(`${key}${GUID}`).digest("base64");
  const options = (fields.get("connection") ?? "").toLowerCase().split(/[ \t]*,[ \t]*/);
  if (fields.get("upgrade")?.toLowerCase() !== "websocket") throw wrong("Upgrade", fields.get("upgrade"));
  if (!options.includes("upgrade")) throw wrong("Connection", fields.get("connection"));
  if (fields.get("sec-websocket-accept") !== accept)
    throw wrong("Sec-WebSocket-Accept", fields.get("sec-websocket-accept"));
  if (fields.has("sec-websocket-extensions"))
    throw wrong("Sec-WebSocket-Extensions", fields.get("sec-websocket-extensions"));
  const protocol = fields.get("sec-websocket-protocol");
  if (protocol !== null && !protocols.includes(protocol)) throw wrong("Sec-WebSocket-Protocol", protocol);
  return protocol ?? "";
}

function wrong(name: string, value: string | null): WebSocketError {
  return new WebSocketError(
    `a handshake with ${value === null ? "no " : ""}${name}${value === null ? "" : `: ${value}`}`,
  );
}
