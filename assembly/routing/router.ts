import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { encodeText } from "../bytes/text";
import { Method } from "../http/method";
import { Node } from "./node";
import { MAX_PARAMS, PatternReader, PieceKind } from "./pattern";
import { Handler, rootScope, Route, Scope } from "./route";

/** Where the parameters of the last match stand: address and length of each, in the pattern's order. */
export const captures: usize = memory.data(MAX_PARAMS * 2 * sizeof<usize>());

/** Methods that have a route for the path of the last match, whether or not one was found. */
export let allowedMethods: i32 = 0;

/** Puts `allowedMethods` back to what a match before the last one found. */
export function restoreAllowedMethods(methods: i32): void {
  allowedMethods = methods;
}

/** Whether the last match may have set `captures`. */
export let hasCaptures: bool = false;

let wanted: i32 = 0;
let end: usize = 0;

/**
 * A trie over the bytes of a path. Where several routes match, at the first place they differ a literal comes before
 * `<int:…>`, that before `<…>`, and `<path:…>` last; where the rest then fails, the next one is tried.
 */
export class Router {
  /** Stands for "/". */
  private root: Node = new Node();
  first: Route | null = null;
  private last: Route | null = null;

  /** Registers a handler. Aborts where the pattern is malformed, or is there already for one of the methods. */
  add(methods: i32, pattern: string, handler: Handler, scope: Scope = rootScope): Route {
    return this.put(new Route(methods, pattern, handler, scope));
  }

  /** Registers a route. Aborts where its pattern is malformed, or is there already for one of the methods. */
  put(route: Route): Route {
    const pattern = route.pattern;
    const methods = route.methods;
    const reader = new PatternReader(pattern);
    let node = this.root;
    let params = 0;
    while (reader.next()) {
      if (reader.kind == PieceKind.LITERAL) {
        const text = changetype<usize>(pattern);
        const label = heap.alloc(<usize>(reader.to - reader.from) * 3);
        const labelEnd = encodeText(text + ((<usize>reader.from) << 1), text + ((<usize>reader.to) << 1), label);
        node = insert(node, label, <i32>(labelEnd - label));
        continue;
      }
      if (++params > MAX_PARAMS) fail(ascii("more than 8 parameters in "), pattern);
      node.hasParams = true;
      node = parameter(node, reader.kind);
    }
    route.params = params;
    const twin = routeOf(node, methods);
    if (twin) twin.collide(methods);
    node.methods |= methods;
    route.next = node.routes;
    node.routes = route;
    const last = this.last;
    if (last) last.following = route;
    else this.first = route;
    this.last = route;
    return route;
  }

  /**
   * Finds the route for a method and the path [from, to), which begins with "/" and behind which eight bytes can be
   * read; null where there is none. HEAD is answered by a GET route where it has none of its own. Sets `captures` and `allowedMethods`.
   */
  // @ts-ignore: decorator
  @inline
  match(method: i32, from: usize, to: usize): Route | null {
    let node = this.root;
    let p = from + 1;
    while (p < to && !node.hasParams) {
      const child = literal(node, p, to);
      if (!child) break;
      node = child;
      p += node.length;
    }
    hasCaptures = false;
    if (p == to) {
      const route = node.routes;
      if (route && route.methods & method) return route;
    }
    hasCaptures = true;
    wanted = method;
    end = to;
    allowedMethods = 0;
    return walk(node, p, 0);
  }
}

/** The child whose label begins [p, to). */
// @ts-ignore: decorator
@inline
function literal(node: Node, p: usize, to: usize): Node | null {
  const word = load<u64>(p);
  let child = node.child;
  while (child && <u8>child.word != <u8>word) child = child.sibling;
  return child && p + child.length <= to && child.matches(p, word) ? child : null;
}

function walk(node: Node, p: usize, params: i32): Route | null {
  if (p == end) return pick(node);
  const child = literal(node, p, end);
  if (child) {
    const route = walk(child, p + child.length, params);
    if (route) return route;
  }
  const int = node.int;
  const segment = node.segment;
  if (int || segment) {
    let stop = p;
    while (stop < end && load<u8>(stop) != 0x2f) stop++;
    if (stop > p) {
      if (int && isInt(p, stop)) {
        capture(params, p, stop);
        const route = walk(int, stop, params + 1);
        if (route) return route;
      }
      if (segment) {
        capture(params, p, stop);
        const route = walk(segment, stop, params + 1);
        if (route) return route;
      }
    }
  }
  const rest = node.rest;
  if (!rest) return null;
  capture(params, p, end);
  return pick(rest);
}

/** The route of a node for the method that is wanted; notes what it allows. HEAD finds GET's route. */
function pick(node: Node): Route | null {
  const methods = node.methods;
  allowedMethods |= methods & Method.GET ? methods | Method.HEAD : methods;
  const route = routeOf(node, wanted);
  return route || wanted != Method.HEAD ? route : routeOf(node, Method.GET);
}

/** The route of a node for one of these methods, null where it has none. */
function routeOf(node: Node, methods: i32): Route | null {
  let route = node.routes;
  while (route && !(route.methods & methods)) route = route.next;
  return route;
}

// @ts-ignore: decorator
@inline
function capture(index: i32, from: usize, to: usize): void {
  const at = captures + <usize>index * 2 * sizeof<usize>();
  store<usize>(at, from);
  store<usize>(at, to - from, sizeof<usize>());
}

/** Whether [p, stop) is 0 to 2147483647 in decimal. */
function isInt(p: usize, stop: usize): bool {
  if (stop - p > 10) return false;
  let value: u64 = 0;
  for (; p < stop; p++) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  return value <= <u64>i32.MAX_VALUE;
}

/** The node below `node` for parameters of a kind. */
function parameter(node: Node, kind: PieceKind): Node {
  let next = kind == PieceKind.INT ? node.int : kind == PieceKind.REST ? node.rest : node.segment;
  if (next) return next;
  next = new Node();
  if (kind == PieceKind.INT) node.int = next;
  else if (kind == PieceKind.REST) node.rest = next;
  else node.segment = next;
  return next;
}

/** Puts a literal below `node`, splitting a label where only its beginning is shared. */
function insert(node: Node, label: usize, length: i32): Node {
  while (true) {
    let child = node.child;
    while (child && load<u8>(child.label) != load<u8>(label)) child = child.sibling;
    if (!child) {
      child = new Node();
      child.setLabel(label, length);
      child.sibling = node.child;
      node.child = child;
      return child;
    }
    let shared = 1;
    while (shared < length && shared < child.length && load<u8>(label + shared) == load<u8>(child.label + shared)) {
      shared++;
    }
    if (shared < child.length) split(child, shared);
    if (shared == length) return child;
    label += shared;
    length -= shared;
    node = child;
  }
}

/** Moves all behind the first `at` bytes of a node's label to a child of it. */
function split(node: Node, at: i32): void {
  const tail = new Node();
  tail.setLabel(node.label + at, node.length - at);
  tail.child = node.child;
  tail.int = node.int;
  tail.segment = node.segment;
  tail.rest = node.rest;
  tail.routes = node.routes;
  tail.methods = node.methods;
  tail.hasParams = node.hasParams;
  node.setLabel(node.label, at);
  node.child = tail;
  node.int = null;
  node.segment = null;
  node.rest = null;
  node.routes = null;
  node.methods = 0;
  node.hasParams = false;
}
