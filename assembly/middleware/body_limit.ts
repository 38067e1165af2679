import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { hooks } from "../server/hooks";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { admit } from "../uploads/admit";
import { Next } from "./chain";
import { Middleware } from "./middleware";

/**
 * Lets requests have content of up to so many bytes, instead of `app.maxBodySize`; 413 above, before any of it is taken in.
 * The innermost one counts.
 */
export class BodyLimit extends Middleware {
  constructor(readonly limit: i32) {
    super();
    if (limit < 0) fail(ascii("BodyLimit: a limit is at least 0 bytes"));
    hooks.admit = admit;
  }

  get bodyLimit(): i32 {
    return this.limit;
  }

  handle(request: Request, next: Next): Response {
    return next.run(request);
  }
}
