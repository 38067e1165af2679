import { ascii } from "../bytes/ascii";
import { secureEqualBytes } from "../bytes/equals";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { Method } from "../http/method";
import { head } from "../http/parser";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";
import { appendLine, findField, found } from "./field";
import { Middleware } from "./middleware";

/**
 * Lets pages of other origins use the app (the Fetch standard, CORS protocol). Preflight requests are answered here, those
 * for paths without a route included; all other answers get the fields that tell browsers who may read them.
 */
export class Cors extends Middleware {
  /** `*`, or a list such as `https://a.example,http://b.example:8080`. */
  origins: string = "*";
  /** Methods that may be used. */
  methods: string = "GET,HEAD,POST,PUT,PATCH,DELETE";
  /** Request fields that may be sent; `*` for any, where credentials are not. */
  headers: string = "Content-Type,Authorization";
  /** Response fields that scripts may read. */
  exposeHeaders: string = "";
  /** Whether cookies and passwords may be sent: needs a list of origins. */
  allowCredentials: bool = false;
  /** Seconds that the answer to a preflight request holds. */
  maxAge: i32 = 600;

  /** The origins, each behind its length in a byte; empty where all may. */
  private list: Output = new Output();
  /** Field lines of every answer, and the further ones of one to a preflight request; of an origin that may. */
  private lines: Output = new Output();
  private preflightLines: Output = new Output();

  prepare(): void {
    const lines = this.lines;
    const preflight = this.preflightLines;
    lines.reset();
    preflight.reset();
    this.readOrigins();
    if (this.list.length) {
      if (this.allowCredentials) appendLine(lines, "Access-Control-Allow-Credentials", "true");
    } else {
      if (this.allowCredentials) fail(ascii('Cors: allowCredentials needs a list of origins, not "*"'));
      appendLine(lines, "Access-Control-Allow-Origin", "*");
    }
    if (this.maxAge < 0) fail(ascii("Cors: maxAge must be 0 or more, not "), this.maxAge.toString());
    appendLine(preflight, "Access-Control-Allow-Methods", this.methods);
    if (this.headers.length) appendLine(preflight, "Access-Control-Allow-Headers", this.headers);
    appendLine(preflight, "Access-Control-Max-Age", this.maxAge.toString());
    if (this.exposeHeaders.length) appendLine(lines, "Access-Control-Expose-Headers", this.exposeHeaders);
  }

  handle(request: Request, next: Next): Response {
    if (head.method == <u16>Method.OPTIONS && isPreflight()) return this.answerPreflight();
    const response = next.run(request);
    const fields = response.fields;
    const hasList = this.list.length != 0;
    if (hasList) fields.ascii(ascii("Vary: Origin\r\n"));
    if (!hasList || this.allowOrigin(fields)) fields.bytes(this.lines.start, this.lines.length);
    return response;
  }

  private answerPreflight(): Response {
    const response = Response.empty();
    const fields = response.fields;
    fields.ascii(ascii("Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers\r\n"));
    if (this.list.length && !this.allowOrigin(fields)) return response;
    fields.bytes(this.lines.start, this.lines.length);
    fields.bytes(this.preflightLines.start, this.preflightLines.length);
    return response;
  }

  /** Names the request's origin as one that may, if it is on the list. */
  private allowOrigin(fields: Output): bool {
    if (!findField(ascii("origin")) || !this.isListed(found.from, found.length)) return false;
    fields.ascii(ascii("Access-Control-Allow-Origin: "));
    fields.bytes(found.from, found.length);
    fields.ascii(ascii("\r\n"));
    return true;
  }

  private isListed(origin: usize, length: i32): bool {
    const end = this.list.end;
    for (let p = this.list.start; p < end; p += load<u8>(p) + 1) {
      if (load<u8>(p) == length && secureEqualBytes(p + 1, origin, length)) return true;
    }
    return false;
  }

  /** Makes `list` of `origins`. */
  private readOrigins(): void {
    const list = this.list;
    list.reset();
    if (this.origins == "*") return;
    const items = this.origins.split(",");
    for (let i = 0; i < items.length; i++) {
      const origin = items[i].trim();
      if (!isOrigin(origin)) fail(ascii("Cors: an origin is as https://a.example:8080, and not "), origin);
      list.byte(origin.length);
      list.text(origin);
    }
  }
}

/** Whether a text may be an origin (RFC 6454 §7): a scheme, a host and no path, or `null`. */
function isOrigin(text: string): bool {
  const host = text.indexOf("://") + 3;
  if (host == 2) return text == "null";
  if (host == 3 || host == text.length || text.length > 255 || text.indexOf("/", host) >= 0) return false;
  for (let i = 0; i < text.length; i++) {
    const code = <u32>text.charCodeAt(i);
    if (code - 0x21 > 0x5d || code == 0x2a) return false;
  }
  return true;
}

function isPreflight(): bool {
  return findField(ascii("origin")) && findField(ascii("access-control-request-method"));
}
