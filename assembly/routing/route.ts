import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Request } from "../server/request";
import { Response } from "../server/response";

/** What answers a request. */
export type Handler = (request: Request) => Response;

/** One middleware in the chain of a scope. */
export abstract class Link {
  /** Answers a request, by the rest of the chain or not. */
  abstract run(request: Request): Response;
}

/** Routes that share middleware. */
export class Scope {
  /** The outermost one. */
  first: Link | null = null;
  /** Content in bytes that its requests may have, -1 where the server's limit holds. */
  bodyLimit: i32 = -1;
  /** Scopes inside of this one. */
  child: Scope | null = null;
  sibling: Scope | null = null;
}

/** The scope of all routes, and of requests that have none. */
export const rootScope: Scope = new Scope();

/** A handler with the methods and the pattern it was registered for. */
export class Route {
  /** Parameters of its pattern. */
  params: i32 = 0;
  /** The next route of the same pattern. */
  next: Route | null = null;
  /** The route that was registered after this one. */
  following: Route | null = null;

  constructor(
    readonly methods: i32,
    readonly pattern: string,
    readonly handler: Handler,
    readonly scope: Scope,
  ) {}

  /** Another route is registered for its pattern and one of its methods: aborts, unless this one gives way. */
  collide(methods: i32): void {
    fail(ascii("route conflicts with "), this.pattern);
  }
}
