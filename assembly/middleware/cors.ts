import { ascii } from "../bytes/ascii";
import { secureEqualBytes } from "../bytes/equals";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { Method } from "../http/method";
import { head } from "../http/parser";
import { checkSetting } from "../server/check_setting";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";
import { appendInt, appendLine, findField, found } from "./field";
import { Middleware } from "./middleware";

// @ts-ignore: decorator
@inline const SPACE: u32 = 0x20;
// @ts-ignore: decorator
@inline const ASTERISK: u32 = 0x2a;
// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
// @ts-ignore: decorator
@inline const SLASH: u32 = 0x2f;
// @ts-ignore: decorator
@inline const COLON_SLASHES: u32 = 0x2f2f3a;
// @ts-ignore: decorator
@inline const NULL: u32 = 0x6c6c756e;
// @ts-ignore: decorator
@inline const MAX_AGE: i32 = 86400;

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
  /** Seconds that the answer to a preflight request holds, 0 to 86,400. */
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
      if (this.allowCredentials) appendLine(lines, ascii("Access-Control-Allow-Credentials"), "true");
    } else {
      if (this.allowCredentials) fail(ascii('Cors: allowCredentials needs a list of origins, not "*"'));
      appendLine(lines, ascii("Access-Control-Allow-Origin"), "*");
    }
    appendLine(preflight, ascii("Access-Control-Allow-Methods"), this.methods);
    if (this.headers.length) appendLine(preflight, ascii("Access-Control-Allow-Headers"), this.headers);
    appendInt(
      preflight,
      ascii("Access-Control-Max-Age: "),
      checkSetting(ascii("Cors.maxAge"), this.maxAge, 0, MAX_AGE),
    );
    if (this.exposeHeaders.length) appendLine(lines, ascii("Access-Control-Expose-Headers"), this.exposeHeaders);
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
    const text = new Output();
    text.text(this.origins);
    for (let p = text.start; p <= text.end; p++) {
      let from = p;
      while (p < text.end && load<u8>(p) != COMMA) p++;
      let end = p;
      while (from < end && load<u8>(from) == SPACE) from++;
      while (end > from && load<u8>(end - 1) == SPACE) end--;
      if (!isOrigin(from, end))
        fail(ascii("Cors: an origin is as https://a.example:8080; not all are in "), this.origins);
      list.byte(<u32>(end - from));
      list.bytes(from, <i32>(end - from));
    }
  }
}

/** Whether [from, end) may be an origin (RFC 6454 §7): a scheme, a host, no path; or `null`. */
function isOrigin(from: usize, end: usize): bool {
  if (end - from == 4 && load<u32>(from) == NULL) return true;
  let host: usize = 0;
  for (let p = from; p < end; p++) {
    const code = <u32>load<u8>(p);
    if (code - 0x21 > 0x5d || code == ASTERISK) return false;
    if (code != SLASH) continue;
    if (host || p < from + 2 || (load<u32>(p - 1) & 0xffffff) != COLON_SLASHES) return false;
    host = ++p + 1;
  }
  return host != 0 && host < end && end - from < 256;
}

function isPreflight(): bool {
  return findField(ascii("origin")) && findField(ascii("access-control-request-method"));
}
