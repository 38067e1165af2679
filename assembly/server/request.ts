import { JsonReader, readJson } from "../json";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";
import { HeadFlag } from "../http/head";
import { methodName } from "../http/method";
import { content, head } from "../http/parser";
import { incoming } from "../uploads/incoming";
import { readBody } from "../uploads/read_body";
import { saveUploads } from "../uploads/save_uploads";
import { UploadLimits } from "../uploads/upload_limits";
import { Uploads } from "../uploads/uploads";
import { peer } from "../abi";
import { Cookies } from "./cookies";
import { Fields } from "./fields";
import { Form } from "./form";
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
  /** Cookies. */
  get cookies(): Cookies {
    return theCookies;
  }
  /** Fields of a form, of application/x-www-form-urlencoded content. */
  get form(): Form {
    return theForm;
  }
  /** Why `json` returned null, such as `temperature: expected a number at byte 17`. */
  jsonError: string = "";

  /** The method, such as `GET`. */
  get method(): string {
    const name = head.method ? methodName(head.method) : 0;
    return name ? decodeText(name + 1, load<u8>(name)) : "";
  }

  /** The path, decoded, such as `/users/Zoë`. */
  get path(): string {
    return head.has(HeadFlag.ESCAPED)
      ? decodePiece(current.decodedPath, current.decodedLength)
      : decodeText(current.base + head.path, head.pathLength);
  }

  /** The request target as it came (RFC 9112 §3.2). */
  get target(): string {
    let end = current.base + head.target;
    while (load<u8>(end) > 0x20) end++;
    return decodeText(current.base + head.target, <i32>(end - current.base) - head.target);
  }

  /** The content as text; what is no UTF-8 becomes U+FFFD. */
  get text(): string {
    return decodeText(contentStart(), content.length);
  }

  /** The content as bytes, copied. */
  get body(): Uint8Array {
    const bytes = new Uint8Array(content.length);
    memory.copy(bytes.dataStart, contentStart(), content.length);
    return bytes;
  }

  /** Length of the content in bytes. Where that is taken in pieces: what Content-Length says, 0 in the chunked coding. */
  get contentLength(): i32 {
    return incoming && head.has(HeadFlag.LENGTH) ? head.contentLength : content.length;
  }

  /**
   * The next piece of the content, which it waits for; null behind the last one. For handlers of `app.upload`. Look at
   * `isBodyWhole` then: the content may have broken off.
   */
  // @ts-ignore: decorator
  @inline
  readBody(): Uint8Array | null {
    return readBody();
  }

  /** Whether all content is there. */
  get isBodyWhole(): bool {
    const body = incoming;
    return !body || body.isWhole;
  }

  /** Why `readBody` came to an end before the content was whole; else empty. */
  get bodyError(): string {
    const body = incoming;
    const reason = body ? body.reason : 0;
    return reason ? decodeText(reason + 1, load<u8>(reason)) : "";
  }

  /**
   * Stores the files of a multipart/form-data form (RFC 7578) in a folder, all of them or none, and waits while they come in
   * a handler of `app.upload`. Files of the same names are replaced.
   */
  // @ts-ignore: decorator
  @inline
  saveUploads(folder: string, limits: UploadLimits = new UploadLimits()): Uploads {
    return saveUploads(folder, limits);
  }

  /** The peer's IP address. */
  get remoteAddress(): string {
    const size = 46;
    const text = takeScratch(size);
    const address = decodeText(text, peer(current.conn, text, size));
    freeScratch(text);
    return address;
  }

  /** The content read as JSON; null where it is malformed or of another type, and then `jsonError` says why. */
  json<T>(): T | null {
    const reader = new JsonReader(contentStart(), content.length);
    const value = readJson<T>(reader);
    this.jsonError = reader.error;
    return reader.failed ? null : value;
  }
}

// @ts-ignore: decorator
@lazy const theCookies = new Cookies();
// @ts-ignore: decorator
@lazy const theForm = new Form();

/** Address of the content. */
// @ts-ignore: decorator
@inline
function contentStart(): usize {
  return current.base + content.start;
}
