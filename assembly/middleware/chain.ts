import { Link, Scope } from "../routing/route";
import { current } from "../server/current";
import { missing } from "../server/dispatch";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { Middleware } from "./middleware";

/** The rest of a chain: further middleware, then the handler. */
export class Next {
  /** Answers the request. */
  run(request: Request): Response {
    const link = current.link;
    if (link) {
      const response = link.run(request);
      current.link = link;
      return response;
    }
    const route = current.route;
    return route ? route.handler(request) : missing();
  }
}

// @ts-ignore: decorator
@lazy
const next = new Next();

/** A middleware in the chain of one scope. */
class MiddlewareLink extends Link {
  constructor(
    readonly middleware: Middleware,
    public next: MiddlewareLink | null,
  ) {
    super();
  }

  run(request: Request): Response {
    current.link = this.next;
    return this.middleware.handle(request, next);
  }
}

/** A scope inside of another one. */
export function newScope(parent: Scope): Scope {
  const scope = new Scope();
  scope.sibling = parent.child;
  parent.child = scope;
  let link = parent.first as MiddlewareLink | null;
  for (let i = 0; link; i++) {
    insert(scope, link.middleware, i);
    link = link.next;
  }
  return scope;
}

/** Adds middleware at the inner end of a scope's chain, outside of what scopes inside of it have themselves. */
export function useMiddleware(scope: Scope, middleware: Middleware): void {
  middleware.prepare();
  let end = 0;
  let link = scope.first as MiddlewareLink | null;
  while (link) {
    end++;
    link = link.next;
  }
  insert(scope, middleware, end);
}

function insert(scope: Scope, middleware: Middleware, at: i32): void {
  let before: MiddlewareLink | null = null;
  let link = scope.first as MiddlewareLink | null;
  for (let i = 0; i < at && link; i++) {
    before = link;
    link = link.next;
  }
  const added = new MiddlewareLink(middleware, link);
  if (before) before.next = added;
  else scope.first = added;
  link = scope.first as MiddlewareLink | null;
  while (link) {
    const limit = link.middleware.bodyLimit;
    if (limit >= 0) scope.bodyLimit = limit;
    link = link.next;
  }
  let child = scope.child;
  while (child) {
    insert(child, middleware, at);
    child = child.sibling;
  }
}
