import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";
import { appendLine } from "./field";
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
    appendLine(lines, "X-Content-Type-Options", "nosniff");
    if (this.frameOptions.length) appendLine(lines, "X-Frame-Options", this.frameOptions);
    if (this.referrerPolicy.length) appendLine(lines, "Referrer-Policy", this.referrerPolicy);
    if (this.contentSecurityPolicy.length) appendLine(lines, "Content-Security-Policy", this.contentSecurityPolicy);
    const age = this.hstsMaxAge;
    if (age < 0) fail(ascii("SecurityHeaders: hstsMaxAge must be 0 or more, not "), age.toString());
    if (age) appendLine(lines, "Strict-Transport-Security", "max-age=" + age.toString());
  }

  handle(request: Request, next: Next): Response {
    const response = next.run(request);
    response.fields.bytes(this.lines.start, this.lines.length);
    return response;
  }
}
