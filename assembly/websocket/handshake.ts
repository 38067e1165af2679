import { ascii } from "../bytes/ascii";
import { decodeText } from "../bytes/text";
import { Method } from "../http/method";
import { head } from "../http/parser";
import { Producer } from "../server/activity";
import { Connection } from "../server/connection";
import { current } from "../server/current";
import { failure, refusal } from "../server/dispatch";
import { Request } from "../server/request";
import { produce, Response, Use } from "../server/response";
import { deliver } from "../server/send";
import { router } from "../server/settings";
import { fieldsWindow, headStart } from "../server/transmit";
import { ACCEPT_LENGTH, isKey, writeAccept } from "./accept";
import { findField, findSingle, isListed, list, valueLengthOf, valueOf } from "./fields";
import { Handshake } from "./handshake_info";
import { optionsOf, WebSocketOptions } from "./options";
import { WebSocketRoute } from "./route";

// The opening handshake (RFC 6455 §4.2).

// @ts-ignore: decorator
@lazy const opening: Opening = new Opening();

/**
 * Whether the request that is current, whose Connection says "upgrade", asks for a WebSocket and there is one at the path
 * [from, to). It is answered as any other one where not (RFC 9110 §7.8).
 */
export function isHandshake(from: usize, to: usize): bool {
  return (
    head.method == <u16>Method.GET &&
    head.minor != 0 &&
    isListed(ascii("upgrade"), ascii("websocket")) &&
    router.match(Method.WEBSOCKET, from, to) != null
  );
}

/** Answers a handshake. The handler of each WebSocket's route. */
export function accept(request: Request): Response {
  const route = changetype<WebSocketRoute>(current.route);
  const options = optionsOf(route.scope);
  route.options = options;
  const version = findSingle(ascii("sec-websocket-version"));
  if (version < 0 || valueLengthOf(version) != 2 || load<u16>(valueOf(version)) != 0x3331) {
    const response = failure(426);
    response.fields.ascii(ascii("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"));
    return response;
  }
  const key = findSingle(ascii("sec-websocket-key"));
  if (key < 0 || !isKey(valueOf(key), valueLengthOf(key))) return refusal(400, ascii("malformed Sec-WebSocket-Key"));
  const origin = findField(ascii("origin"));
  if (origin >= 0 && options.origins != "*" && !isIn(options.origins, valueOf(origin), valueLengthOf(origin))) {
    return refusal(403, ascii("origin not allowed"));
  }
  const response = produce(101, opening, "");
  response.use = Use.UPGRADING;
  return response;
}

/** Answers 101, and turns the connection into a WebSocket. */
class Opening extends Producer {
  begin(c: Connection, response: Response): bool {
    const route = changetype<WebSocketRoute>(current.route);
    current.isLocked = true;
    const socket = route.open();
    current.isLocked = false;
    const protocol = chooseProtocol(changetype<WebSocketOptions>(route.options));
    const protocolLength = list.length;
    if (protocol || route.params || head.queryLength) {
      socket.handshake = new Handshake(protocol ? decodeText(protocol, protocolLength) : "");
    }

    const fields = response.fields;
    fields.ascii(ascii("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "));
    fields.end = writeAccept(fields.reserve(ACCEPT_LENGTH), valueOf(findField(ascii("sec-websocket-key"))));
    if (protocol) {
      fields.ascii(ascii("\r\nSec-WebSocket-Protocol: "));
      fields.bytes(protocol, protocolLength);
    }
    fields.ascii(ascii("\r\n\r\n"));
    const start = headStart(101);
    if (fields.start == fieldsWindow) deliver(c, start, <i32>(fields.end - start));
    else {
      deliver(c, start, <i32>(fieldsWindow - start));
      deliver(c, fields.start, fields.length);
    }
    fields.reset();
    socket.start(c);
    return false;
  }
}

/** The first subprotocol of the client's that is spoken here: its address, and `list.length`; 0 where there is none. */
function chooseProtocol(options: WebSocketOptions): usize {
  if (!options.protocols.length) return 0;
  const name = ascii("sec-websocket-protocol");
  for (let index = findField(name); index >= 0; index = findField(name, index + 1)) {
    list.open(valueOf(index), valueLengthOf(index));
    while (list.next()) if (isIn(options.protocols, list.from, list.length)) return list.from;
  }
  return 0;
}

/** Whether the bytes are an element of a list such as `"a, b"`. */
function isIn(elements: string, from: usize, length: i32): bool {
  let p = changetype<usize>(elements);
  const end = p + ((<usize>elements.length) << 1);
  while (p < end) {
    let i = 0;
    while (i < length && p < end && load<u16>(p) == load<u8>(from + i)) {
      p += 2;
      i++;
    }
    if (i == length && length && (p == end || isBetween(load<u16>(p)))) return true;
    while (p < end && !isBetween(load<u16>(p))) p += 2;
    while (p < end && isBetween(load<u16>(p))) p += 2;
  }
  return false;
}

/** Comma or space. */
function isBetween(code: u32): bool {
  return code == 0x2c || code == 0x20;
}
