import { methodOf } from "microserver/http/method";
import { rootScope, Route } from "microserver/routing/route";
import { Router } from "microserver/routing/router";
import { Request } from "microserver/server/request";
import { Response } from "microserver/server/response";

class Numbered extends Route {
  number: i32 = 0;
}

/** A method and a path to find a route for, behind which eight bytes can be read. */
@unmanaged
class Query {
  method: i32;
  from: usize;
  to: usize;
}

const LINE_END: u32 = 0x0a;
const BLANK: u32 = 0x20;
const queries: usize = memory.data(64 * offsetof<Query>(), 8);

function handler(request: Request): Response {
  return changetype<Response>(0);
}

/**
 * Finds a route for each of some paths. The input has a line each: "+GET /users/<id>" for the routes, then "?GET /users/7"
 * for the paths. Returns the sum of the numbers of the routes that were found, the first of which is 1.
 */
export function findRoutes(base: usize, length: i32, rounds: i32): i32 {
  const router = new Router();
  const end = base + length;
  let routes = 0;
  let count = 0;
  for (let p = base; p < end;) {
    const line = p;
    while (load<u8>(p) != LINE_END) p++;
    let blank = line;
    while (load<u8>(blank) != BLANK) blank++;
    const method = methodOf(line + 1, <i32>(blank - line - 1));
    if (load<u8>(line) == 0x2b) {
      const pattern = String.UTF8.decodeUnsafe(blank + 1, p - blank - 1);
      const route = new Numbered(method, pattern, handler, rootScope);
      route.number = ++routes;
      router.put(route);
    } else {
      const query = changetype<Query>(queries + <usize>count * offsetof<Query>());
      count++;
      query.method = method;
      query.from = blank + 1;
      query.to = p;
    }
    p++;
  }
  let sum = 0;
  for (let n = 0; n < rounds; n++) {
    for (let i = 0; i < count; i++) {
      const query = changetype<Query>(queries + <usize>i * offsetof<Query>());
      const route = router.match(query.method, query.from, query.to);
      if (route) sum += changetype<Numbered>(route).number;
    }
  }
  return sum;
}
