import { Request } from "../server/request";
import { Response } from "../server/response";

/** Takes content of one request piece by piece, as it comes, without waiting: see `MicroServer.onBody`. */
export abstract class BodyHandler {
  /** The request's head is there. A Response refuses the content: it is sent at once, and the connection closed. */
  open(request: Request): Response | null {
    return null;
  }

  /** A piece came. */
  abstract piece(bytes: Uint8Array): void;

  /** The content is whole: answers the request. */
  abstract end(request: Request): Response;

  /** It will never be whole: the client is gone, or is answered with `status`, 400, 408 or 413. */
  broken(status: i32): void {}
}

/** Creates a handler for one request. */
export type BodyHandlerFactory = () => BodyHandler;
