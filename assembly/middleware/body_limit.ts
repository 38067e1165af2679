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
    hooks.admit = admit;
  }

  get bodyLimit(): i32 {
    return max(0, this.limit);
  }

  handle(request: Request, next: Next): Response {
    return next.run(request);
  }
}
