import { ascii } from "../bytes/ascii";

/** The reason phrase of a status code (RFC 9110 §15, RFC 6585) as `ascii` text; empty where it has none here. */
export function reasonPhrase(status: i32): usize {
  switch (status) {
    case 101:
      return ascii("Switching Protocols");
    case 200:
      return ascii("OK");
    case 201:
      return ascii("Created");
    case 202:
      return ascii("Accepted");
    case 204:
      return ascii("No Content");
    case 206:
      return ascii("Partial Content");
    case 301:
      return ascii("Moved Permanently");
    case 302:
      return ascii("Found");
    case 303:
      return ascii("See Other");
    case 304:
      return ascii("Not Modified");
    case 307:
      return ascii("Temporary Redirect");
    case 308:
      return ascii("Permanent Redirect");
    case 400:
      return ascii("Bad Request");
    case 401:
      return ascii("Unauthorized");
    case 403:
      return ascii("Forbidden");
    case 404:
      return ascii("Not Found");
    case 405:
      return ascii("Method Not Allowed");
    case 406:
      return ascii("Not Acceptable");
    case 408:
      return ascii("Request Timeout");
    case 409:
      return ascii("Conflict");
    case 410:
      return ascii("Gone");
    case 411:
      return ascii("Length Required");
    case 412:
      return ascii("Precondition Failed");
    case 413:
      return ascii("Content Too Large");
    case 414:
      return ascii("URI Too Long");
    case 415:
      return ascii("Unsupported Media Type");
    case 416:
      return ascii("Range Not Satisfiable");
    case 417:
      return ascii("Expectation Failed");
    case 418:
      return ascii("I'm a Teapot");
    case 422:
      return ascii("Unprocessable Content");
    case 426:
      return ascii("Upgrade Required");
    case 429:
      return ascii("Too Many Requests");
    case 431:
      return ascii("Request Header Fields Too Large");
    case 500:
      return ascii("Internal Server Error");
    case 501:
      return ascii("Not Implemented");
    case 503:
      return ascii("Service Unavailable");
    case 505:
      return ascii("HTTP Version Not Supported");
    default:
      return ascii("");
  }
}

/** Whether answers of this status never carry content (RFC 9110 §6.4.1). */
// @ts-ignore: decorator
@inline
export function hasNoContent(status: i32): bool {
  return status < 200 || status == 204 || status == 304;
}
