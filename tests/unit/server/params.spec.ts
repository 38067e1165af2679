import { Request } from "microserver/server/request";
import { route, shown, showsTarget } from "./requests";

route("/users/<id>");
route("/users/<id>/posts/<int:post>");
route("/n/<int:n>");
route("/files/<path:rest>");
route("/eight/<a>/<b>/<c>/<d>/<e>/<f>/<g>/<h>");

const id = (request: Request): string | null => request.params.get("id");
const post = (request: Request): string | null => request.params.int("post").toString();
const both = (request: Request): string | null => `${request.params.get("id")} ${request.params.get("post")}`;
const n = (request: Request): string | null => request.params.int("n").toString();
const rest = (request: Request): string | null => request.params.get("rest");
const last = (request: Request): string | null => request.params.get("h");

describe("params: text", () => {
  showsTarget("/users/7", id, "7");
  showsTarget("/users/Ada", id, "Ada");
  showsTarget("/users/Ada?id=8", id, "Ada");
  showsTarget("/users/a+b", id, "a+b");
  showsTarget("/users/7/posts/8", both, "7 8");
  showsTarget("/files/a/b/c.txt", rest, "a/b/c.txt");
  showsTarget("/eight/1/2/3/4/5/6/7/eighth", last, "eighth");
});

describe("params: decoding", () => {
  showsTarget("/users/Zo%C3%AB", id, "Zoë");
  showsTarget("/users/a%20b", id, "a b");
  showsTarget("/users/a%2Fb", id, "a/b");
  showsTarget("/users/a%2fb/posts/8", both, "a/b 8");
  showsTarget("/users/100%25", id, "100%");
  showsTarget("/users/%2541", id, "%41");
  showsTarget("/users/%252f", id, "%2f");
  showsTarget("/users/%ff", id, "\ufffd");
  showsTarget("/files/a%2Fb/c", rest, "a/b/c");
  showsTarget("/%75sers/7", id, "7");
  showsTarget("/users%2F7", id, "404");
  showsTarget("/users/%", id, "400");
  showsTarget("/users/%00", id, "400");
  showsTarget("/users/a%4", id, "400");
});

describe("params: numbers", () => {
  showsTarget("/n/0", n, "0");
  showsTarget("/n/42", n, "42");
  showsTarget("/n/007", n, "7");
  showsTarget("/n/2147483647", n, "2147483647");
  showsTarget("/n/%34%32", n, "42");
  showsTarget("/users/7/posts/42", post, "42");
});

describe("params: a name that the route has not", () => {
  it("aborts for a text", () => {
    expect(() => {
      shown("GET /n/7 HTTP/1.1\r\nHost: x\r\n\r\n", (request) => request.params.get("m"));
    }).toThrow();
  });
  it("aborts for a number", () => {
    expect(() => {
      shown("GET /n/7 HTTP/1.1\r\nHost: x\r\n\r\n", (request) => request.params.int("m").toString());
    }).toThrow();
  });
  it("aborts for the beginning of one", () => {
    expect(() => {
      shown("GET /users/7 HTTP/1.1\r\nHost: x\r\n\r\n", (request) => request.params.get("i"));
    }).toThrow();
  });
  it("aborts for the number of a parameter that is a text", () => {
    expect(() => {
      shown("GET /users/7 HTTP/1.1\r\nHost: x\r\n\r\n", (request) => request.params.int("id").toString());
    }).toThrow();
  });
  it("leaves the next request alone", () => {
    expect(shown("GET /n/7 HTTP/1.1\r\nHost: x\r\n\r\n", n)).toBe("7");
  });
});
