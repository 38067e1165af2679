import { JsonReader, readJson } from "../json";
import { decodeText } from "../bytes/text";
import { methodName } from "../http/method";
import { head } from "../http/parser";
import { peer } from "../abi";
import { Fields } from "./fields";
import { current } from "./current";
import { decodePiece, Params } from "./params";
import { Query } from "./query";

/**
 * The request that is being answered. Its parts are made when they are asked for; it is valid until the handler returns.
 */
export class Request {
  /** Parameters of the route's pattern. */
  readonly params: Params = new Params();
  /** Parameters behind the "?". */
  readonly query: Query = new Query();
  /** Field lines. */
  readonly headers: Fields = new Fields();
  /** Why `json` returned null, such as `temperature: expected a number at byte 17`. */
  jsonError: string = "";

  /** The method, such as `GET`. */
  get method(): string {
    const name = head.method ? methodName(head.method) : 0;
    return name ? decodeText(name + 1, load<u8>(name)) : "";
  }

  /** The path, decoded, such as `/users/Zoë`. */
  get path(): string {
    return decodePiece(current.path, current.pathLength, false);
  }

  /** The request target as it came (RFC 9112 §3.2). */
  get target(): string {
    return decodeText(current.base + head.target, head.targetLength);
  }

  /** The content as text; what is no UTF-8 becomes U+FFFD. */
  get text(): string {
    return decodeText(current.content, current.contentLength);
  }

  /** The content as bytes, copied. */
  get body(): Uint8Array {
    const bytes = new Uint8Array(current.contentLength);
    memory.copy(bytes.dataStart, current.content, current.contentLength);
    return bytes;
  }

  /** Length of the content in bytes. */
  get contentLength(): i32 {
    return current.contentLength;
  }

  /** The peer's IP address. */
  get remoteAddress(): string {
    const size = 46;
    const text = heap.alloc(size);
    const address = decodeText(text, peer(current.conn, text, size));
    heap.free(text);
    return address;
  }

  /** The content read as JSON; null where it is malformed or of another type, and then `jsonError` says why. */
  json<T>(): T | null {
    const reader = new JsonReader(current.content, current.contentLength);
    const value = readJson<T>(reader);
    this.jsonError = reader.error;
    return reader.failed ? null : value;
  }
}
