import { finds, given } from "./routes";

describe("methods of a path", () => {
  given(["GET /a", "POST /a", "PUT,DELETE /a", "POST /b", "HEAD,GET /c"]);
  finds("GET /a", "/a");
  finds("POST /a", "/a");
  finds("PUT /a", "/a");
  finds("DELETE /a", "/a");
  finds("PATCH /a", "405 GET HEAD POST PUT DELETE");
  finds("OPTIONS /a", "405 GET HEAD POST PUT DELETE");
  finds("TRACE /a", "405 GET HEAD POST PUT DELETE");
  finds("GET /b", "405 POST");
  finds("HEAD /b", "405 POST");
  finds("HEAD /c", "/c");
  finds("GET /nowhere", "404");
  finds("POST /nowhere", "404");
});

describe("HEAD is answered by GET", () => {
  given(["GET /a", "GET /b/<x>", "GET /c/<path:x>", "POST /d"]);
  finds("HEAD /a", "/a");
  finds("HEAD /b/1", "/b/<x> 1");
  finds("HEAD /c/1/2", "/c/<path:x> 1/2");
  finds("HEAD /d", "405 POST");
});

describe("HEAD of its own comes before GET's of the same path", () => {
  given(["GET /<a>", "HEAD /<b>", "GET /x", "HEAD /<path:c>"]);
  finds("HEAD /y", "/<b> y");
  finds("GET /y", "/<a> y");
  finds("HEAD /x", "/x");
  finds("HEAD /y/z", "/<path:c> y/z");
  finds("GET /y/z", "405 HEAD");
});

describe("a pattern that lacks the method leaves it to the next one", () => {
  given(["POST /a/b", "GET /a/<x>", "PUT /a/<int:n>", "DELETE /<path:rest>"]);
  finds("POST /a/b", "/a/b");
  finds("GET /a/b", "/a/<x> b");
  finds("HEAD /a/b", "/a/<x> b");
  finds("DELETE /a/b", "/<path:rest> a/b");
  finds("PUT /a/1", "/a/<int:n> 1");
  finds("GET /a/1", "/a/<x> 1");
  finds("PUT /a/b", "405 GET HEAD POST DELETE");
  finds("PATCH /a/1", "405 GET HEAD PUT DELETE");
  finds("PATCH /a/b/c", "405 DELETE");
});

describe("parameters may be named otherwise for another method", () => {
  given(["GET /u/<id>", "POST /u/<name>", "GET /u/<id>/x", "POST /u/<name>/y"]);
  finds("GET /u/1", "/u/<id> 1");
  finds("POST /u/1", "/u/<name> 1");
  finds("GET /u/1/x", "/u/<id>/x 1");
  finds("POST /u/1/y", "/u/<name>/y 1");
  finds("POST /u/1/x", "405 GET HEAD");
});
