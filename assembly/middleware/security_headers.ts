import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { checkSetting } from "../server/check_setting";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";
import { appendInt, appendLine } from "./field";
import { Middleware } from "./middleware";

/** Adds fields that tell browsers to be careful. A setting that is empty leaves its field out. */
export class SecurityHeaders extends Middleware {
  /** X-Frame-Options: who may show a page in a frame. */
  frameOptions: string = "SAMEORIGIN";
  /** Referrer-Policy. */
  referrerPolicy: string = "no-referrer";
  /** Content-Security-Policy, such as `default-src 'self'`. */
  contentSecurityPolicy: string = "";
  /** Seconds for which browsers use nothing but HTTPS (RFC 6797); 0 leaves it open. */
  hstsMaxAge: i32 = 0;

  private lines: Output = new Output();

  prepare(): void {
    const lines = this.lines;
    lines.reset();
    appendLine(lines, ascii("X-Content-Type-Options"), "nosniff");
    if (this.frameOptions.length) appendLine(lines, ascii("X-Frame-Options"), this.frameOptions);
    if (this.referrerPolicy.length) appendLine(lines, ascii("Referrer-Policy"), this.referrerPolicy);
    if (this.contentSecurityPolicy.length)
      appendLine(lines, ascii("Content-Security-Policy"), this.contentSecurityPolicy);
    const age = checkSetting(ascii("SecurityHeaders.hstsMaxAge"), this.hstsMaxAge, 0, i32.MAX_VALUE);
    if (age) appendInt(lines, ascii("Strict-Transport-Security: max-age="), age);
  }

  handle(request: Request, next: Next): Response {
    const response = next.run(request);
    response.fields.bytes(this.lines.start, this.lines.length);
    return response;
  }
}
