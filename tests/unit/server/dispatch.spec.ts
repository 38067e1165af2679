import { Method } from "microserver/http/method";
import { Response } from "microserver/server/response";
import { router } from "microserver/server/settings";
import { textOf } from "./answers";
import { request } from "./requests";
import { Row, testRow } from "../table";

let kept: Response = new Response("kept");

router.add(Method.GET | Method.PUT, "/a", (request) => Response.plain("a"));
router.add(Method.GET, "/twice", (request) => kept);
router.add(Method.GET, "/status/<int:status>", (request) => Response.plain("s", request.params.int("status")));
router.add(Method.GET, "/two", (request) => {
  Response.plain("first");
  return Response.plain("second");
});

class AnswerRow extends Row {
  constructor(
    private line: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    expect(textOf(request(`${this.line} HTTP/1.1\r\nHost: x\r\n\r\n`))).toBe(this.expected);
  }
}

function answers(line: string, expected: string): void {
  testRow(line, new AnswerRow(line, expected));
}

const TYPE = "Content-Type: application/json|";
const NOT_FOUND = `HTTP/1.1 404 Not Found|${TYPE}Content-Length: 35|{"error": "Not Found", "code": 404}`;
const NOT_ALLOWED = `{"error": "Method Not Allowed", "code": 405}`;
const FAULT = `HTTP/1.1 500 Internal Server Error|${TYPE}Content-Length: 47|{"error": "Internal Server Error", "code": 500}`;
const MALFORMED = `HTTP/1.1 400 Bad Request|${TYPE}Content-Length: 52|{"error": "malformed percent-encoding", "code": 400}`;

describe("answers of the server itself", () => {
  answers("GET /a", "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 1|a");
  answers("GET /%61", "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 1|a");
  answers("GET /nowhere", NOT_FOUND);
  answers("POST /a", `HTTP/1.1 405 Method Not Allowed|Allow: GET, HEAD, PUT|${TYPE}Content-Length: 44|${NOT_ALLOWED}`);
  answers("TRACE /a", `HTTP/1.1 405 Method Not Allowed|Allow: GET, HEAD, PUT|${TYPE}Content-Length: 44|${NOT_ALLOWED}`);
  answers("OPTIONS *", "HTTP/1.1 204 No Content|Allow: GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS|");
  answers(
    "CONNECT x:80",
    `HTTP/1.1 405 Method Not Allowed|Allow: GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS|${TYPE}Content-Length: 44|${NOT_ALLOWED}`,
  );
  answers("GET /%", MALFORMED);
  answers("GET /%00", MALFORMED);
  answers("GET http://x", NOT_FOUND);
});

describe("mistakes of a handler", () => {
  answers("GET /two", "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 6|second");
  answers("GET /status/200", "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 1|s");
  answers("GET /status/599", "HTTP/1.1 599 |Content-Type: text/plain; charset=utf-8|Content-Length: 1|s");
  answers("GET /status/199", FAULT);
  answers("GET /status/600", FAULT);
  answers("GET /status/0", FAULT);
  answers("GET /status/2147483647", FAULT);
  answers("GET /twice", "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 4|kept");
  testRow("GET /twice, a second time", new AnswerRow("GET /twice", FAULT));
});
