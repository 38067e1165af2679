import { Request } from "../server/request";
import { Response, Use } from "../server/response";
import { Route, Scope } from "../routing/route";
import { answer } from "../server/answer";
import { Connection } from "../server/connection";
import { current } from "../server/current";
import { checked, redispatch } from "../server/dispatch";
import { refuel } from "../server/fuel";
import { follow, suspend } from "../server/http";
import { freeShared } from "../server/response";
import { BodyProducer } from "./body_activity";
import { BodyHandlerFactory } from "./body_handler";
import { StreamedRoute } from "./streamed_route";

/** A route whose requests' content goes to an object each, created by a function. */
export class BodyRoute extends StreamedRoute {
  constructor(
    pattern: string,
    readonly create: BodyHandlerFactory,
    scope: Scope,
  ) {
    super(pattern, open, scope);
  }

  begin(c: Connection): void {
    refuel();
    freeShared();
    const response = checked(redispatch());
    if (!changetype<usize>(response)) return suspend(c);
    follow(c, answer(c, response));
  }
}

/** Answers the current request later, when its content is whole. What middleware adds to this answer is added to that. */
function open(request: Request): Response {
  const handler = changetype<BodyRoute>(changetype<Route>(current.route)).create();
  const refusal = handler.open(request);
  if (refusal) return refusal;
  const response = new Response();
  response.use = Use.PRODUCED;
  response.producer = new BodyProducer(handler, request);
  return response;
}
