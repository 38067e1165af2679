/** Tests of routes: a table of requests and what a router finds for each. */

import { Method, methodName, methodOf } from "microserver/http/method";
import { Route } from "microserver/routing/route";
import { allowedMethods, captures, Router } from "microserver/routing/router";
import { Request } from "microserver/server/request";
import { Response } from "microserver/server/response";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const SIZE = 1024;
const place: usize = heap.alloc(SIZE);

export function handler(request: Request): Response {
  return Response.empty();
}

/** A router with routes such as `GET /users/<id>`, in that order. */
export function routerOf(routes: string[]): Router {
  const router = new Router();
  for (let i = 0; i < routes.length; i++) addRoute(router, routes[i]);
  return router;
}

export function addRoute(router: Router, route: string): Route {
  const blank = route.indexOf(" ");
  return router.add(methodsOf(route.substr(0, blank)), route.substr(blank + 1), handler);
}

/** The mask of methods such as `GET,POST`. */
export function methodsOf(names: string): i32 {
  const all = names.split(",");
  let methods = 0;
  for (let i = 0; i < all.length; i++) {
    writeLatin1(place, all[i]);
    methods |= methodOf(place, all[i].length);
  }
  return methods;
}

/** What a router finds for a request such as `GET /users/7`: `/users/<id> 7`, `405 GET HEAD` or `404`. */
export function find(router: Router, request: string, behind: u8 = 0): string {
  const blank = request.indexOf(" ");
  const method = methodsOf(request.substr(0, blank));
  memory.fill(place, behind, SIZE);
  const end = writeLatin1(place, request.substr(blank + 1));
  const route = router.match(method, place, end);
  if (!route) return allowedMethods ? "405" + namesOf(allowedMethods) : "404";
  let found = route.pattern;
  const count = route.pattern.split("<").length - 1;
  for (let i = 0; i < count; i++) {
    const at = captures + <usize>i * 2 * sizeof<usize>();
    const from = load<usize>(at);
    found += " " + readLatin1(from, from + load<usize>(at, sizeof<usize>()));
  }
  return found;
}

function namesOf(methods: i32): string {
  let names = "";
  for (let method: i32 = Method.GET; method <= Method.TRACE; method <<= 1) {
    if (!(methods & method)) continue;
    const name = methodName(method);
    names += " " + readLatin1(name + 1, name + 1 + load<u8>(name));
  }
  return names;
}

let router: Router = new Router();

/** The routes of the rows that follow. */
export function given(routes: string[]): void {
  router = routerOf(routes);
}

/** A request, and what is found for it. */
export function finds(request: string, expected: string): void {
  testRow(`${request}: ${expected}`, new FindRow(router, request, expected));
}

class FindRow extends Row {
  constructor(
    private router: Router,
    private request: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    expect(find(this.router, this.request)).toBe(this.expected);
    expect(find(this.router, this.request, 0x61)).toBe(this.expected, "with letters behind the path");
    expect(find(this.router, this.request, 0x2f)).toBe(this.expected, "with slashes behind the path");
  }
}
