import { Request } from "../server/request";
import { Response } from "../server/response";

/** What answers a request. */
export type Handler = (request: Request) => Response;

/** A handler with the methods and the pattern it was registered for. */
export class Route {
  /** The next route of the same pattern. */
  next: Route | null = null;
  /** The route that was registered after this one. */
  following: Route | null = null;

  constructor(
    readonly methods: i32,
    readonly pattern: string,
    readonly handler: Handler,
  ) {}
}
