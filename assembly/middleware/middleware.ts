import { Request } from "../server/request";
import { Response } from "../server/response";
import { Next } from "./chain";

/** What stands around handlers. It may answer itself, change the answer, or wait. */
export abstract class Middleware {
  /** Bytes of content that requests may have inside of it; -1 where it does not say. */
  get bodyLimit(): i32 {
    return -1;
  }

  /** Answers a request; `next.run(request)` is the answer of what is inside. */
  abstract handle(request: Request, next: Next): Response;

  /** It was added to an app or a group: checks its settings, which hold from then on. */
  prepare(): void {}
}
