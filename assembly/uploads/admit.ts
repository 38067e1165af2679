import { HeadFlag } from "../http/head";
import { content, head } from "../http/parser";
import { rootScope } from "../routing/route";
import { input } from "../server/buffer";
import { Connection } from "../server/connection";
import { current } from "../server/current";
import { findRoute } from "../server/dispatch";
import { StreamedRoute } from "./streamed_route";

/** What `hooks.admit` is: sets the limit of the route's scope, and lets routes that take content in pieces begin. */
export function admit(c: Connection, base: usize): bool {
  const route = findRoute(c, base);
  const limit = (route ? route.scope : rootScope).bodyLimit;
  if (limit >= 0) content.limit = limit;
  const isTooLarge = head.has(HeadFlag.LENGTH) && head.contentLength > content.limit;
  if (isTooLarge || !(route instanceof StreamedRoute)) {
    current.conn = -1;
    return false;
  }
  input.next = base + content.start;
  // Until the content is whole an answer is the last one.
  c.closing = true;
  changetype<StreamedRoute>(route).begin(c);
  return true;
}
