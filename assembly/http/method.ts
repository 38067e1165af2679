import { ascii } from "../bytes/ascii";

/** Request methods (RFC 9110 §9.3, RFC 5789); a bit each, so that sets of them are masks. */
export const enum Method {
  NONE = 0,
  GET = 1,
  HEAD = 2,
  POST = 4,
  PUT = 8,
  DELETE = 16,
  PATCH = 32,
  OPTIONS = 64,
  CONNECT = 128,
  TRACE = 256,
  /** A GET that asks for a WebSocket. */
  WEBSOCKET = 512,
}

/** Every method an app can have a route for. */
// @ts-ignore: decorator
@inline
export const ROUTABLE_METHODS: i32 = 0x7f;

/** The method of a token, NONE where it is unknown. Methods are case-sensitive. */
export function methodOf(token: usize, length: i32): Method {
  for (let method: i32 = Method.GET; method <= Method.TRACE; method <<= 1) {
    const name = methodName(method);
    if (load<u8>(name) == length && memory.compare(name + 1, token, length) == 0) return method;
  }
  return Method.NONE;
}

/** The name of a method as `ascii` text. */
export function methodName(method: Method): usize {
  switch (method) {
    case Method.GET:
      return ascii("GET");
    case Method.HEAD:
      return ascii("HEAD");
    case Method.POST:
      return ascii("POST");
    case Method.PUT:
      return ascii("PUT");
    case Method.DELETE:
      return ascii("DELETE");
    case Method.PATCH:
      return ascii("PATCH");
    case Method.OPTIONS:
      return ascii("OPTIONS");
    case Method.CONNECT:
      return ascii("CONNECT");
    default:
      return ascii("TRACE");
  }
}
