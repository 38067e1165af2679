import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Method, methodOf, ROUTABLE_METHODS } from "../http/method";
import { encodeText } from "../bytes/text";
import { Handler } from "../routing/route";
import { router } from "./settings";
import { host } from "./window";

/** The app of this module. */
export let theApp: MicroServer | null = null;

/** A server: its settings and its routes. A module has one. */
export class MicroServer {
  /** Content of a request in bytes; 413 above. */
  maxBodySize: i32 = 8192;
  /** Seconds an idle connection is kept. */
  keepAliveTimeout: i32 = 5;
  /** Requests that one connection may bring. */
  maxKeepAliveRequests: i32 = 100;
  /** Seconds from the first byte of a request to the end of its head; 408 above. */
  headTimeout: i32 = 10;
  /** Seconds from the end of the head to the end of the content; 408 above. */
  bodyTimeout: i32 = 30;
  /** Seconds that a client may take to receive an answer. */
  sendTimeout: i32 = 30;
  /** Request line in bytes; 414 above. */
  maxRequestLine: i32 = 8192;
  /** A field line in bytes; 431 above. */
  maxFieldLine: i32 = 8192;
  /** Field lines of a request; 431 above. At most 64. */
  maxFields: i32 = 50;
  /** A head in bytes; 431 above. At most 65,000. */
  maxHeadSize: i32 = 16384;
  /** The Server field; at most 64 bytes. */
  serverName: string = "MicroServer";

  constructor() {
    if (theApp) fail(ascii("a module has one MicroServer"));
    theApp = this;
  }

  /** TCP port, where the host is not told another. */
  get port(): i32 {
    return host.port;
  }
  set port(value: i32) {
    host.port = value;
  }

  /** Connections at a time; 503 above. */
  get maxConns(): i32 {
    return host.maxConns;
  }
  set maxConns(value: i32) {
    host.maxConns = value;
  }

  get(pattern: string, handler: Handler): this {
    return this.add(Method.GET, pattern, handler);
  }

  head(pattern: string, handler: Handler): this {
    return this.add(Method.HEAD, pattern, handler);
  }

  post(pattern: string, handler: Handler): this {
    return this.add(Method.POST, pattern, handler);
  }

  put(pattern: string, handler: Handler): this {
    return this.add(Method.PUT, pattern, handler);
  }

  delete(pattern: string, handler: Handler): this {
    return this.add(Method.DELETE, pattern, handler);
  }

  patch(pattern: string, handler: Handler): this {
    return this.add(Method.PATCH, pattern, handler);
  }

  options(pattern: string, handler: Handler): this {
    return this.add(Method.OPTIONS, pattern, handler);
  }

  /** A handler for every method. */
  all(pattern: string, handler: Handler): this {
    return this.add(ROUTABLE_METHODS, pattern, handler);
  }

  /** A handler for several methods, such as `"GET,POST"`. Aborts on one that is unknown. */
  route(pattern: string, methods: string, handler: Handler): this {
    return this.add(parseMethods(methods), pattern, handler);
  }

  private add(methods: i32, pattern: string, handler: Handler): this {
    router.add(methods, pattern, handler);
    return this;
  }
}

host.maxConns = 10;

/** The mask of a list such as `GET,POST`. */
function parseMethods(list: string): i32 {
  const text = heap.alloc(<usize>list.length * 3 + 1);
  const from = changetype<usize>(list);
  const end = encodeText(from, from + ((<usize>list.length) << 1), text);
  let methods = 0;
  for (let p = text; p <= end; p++) {
    while (p < end && load<u8>(p) == 0x20) p++;
    const name = p;
    while (p < end && load<u8>(p) != 0x2c && load<u8>(p) != 0x20) p++;
    const method = methodOf(name, <i32>(p - name));
    if (!(method & ROUTABLE_METHODS)) fail(ascii("unknown method in "), list);
    methods |= method;
    while (p < end && load<u8>(p) != 0x2c) p++;
  }
  heap.free(text);
  return methods;
}
