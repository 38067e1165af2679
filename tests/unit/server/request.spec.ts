import { Request } from "microserver/server/request";
import { route, shows, showsTarget } from "./requests";

route("/");
route("/<path:rest>");

const HEAD = "POST / HTTP/1.1\r\nHost: x\r\nX-A: b\r\nx-a:  c d \r\nX-B:\r\n\r\n";

const path = (request: Request): string | null => request.path;
const target = (request: Request): string | null => request.target;
const method = (request: Request): string | null => request.method;
const text = (request: Request): string | null => request.text;
const body = (request: Request): string | null => request.body.toString();
const length = (request: Request): string | null => request.contentLength.toString();

describe("request: method", () => {
  shows("GET", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", method, "GET");
  shows("HEAD", "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", method, "HEAD");
  shows("OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n", method, "OPTIONS");
});

describe("request: path and target", () => {
  showsTarget("/", path, "/");
  showsTarget("/a/b?c=d", path, "/a/b");
  showsTarget("/Zo%C3%AB/a%2Fb%25", path, "/Zoë/a/b%");
  showsTarget("/a?b%20c", path, "/a");
  showsTarget("http://x/a", path, "/a");
  showsTarget("http://x", path, "/");
  showsTarget("http://x?a=b", path, "/");
  showsTarget("/a/b?c=d", target, "/a/b?c=d");
  showsTarget("/Zo%C3%AB", target, "/Zo%C3%AB");
  showsTarget("http://x/a?b", target, "http://x/a?b");
});

describe("request: content", () => {
  shows("text", HEAD + "hello", text, "hello");
  shows("text as UTF-8", HEAD + "Zo\xc3\xab \xff", text, "Zoë \ufffd");
  shows("no text", HEAD, text, "");
  shows("bytes", HEAD + "\0A\xff", body, "0,65,255");
  shows("no bytes", HEAD, body, "");
  shows("its length", HEAD + "\xc3\xab", length, "2");
});

describe("request: field lines", () => {
  shows("one", HEAD, (request) => request.headers.get("host"), "x");
  shows("in any case", HEAD, (request) => request.headers.get("HOST"), "x");
  shows("several of one name", HEAD, (request) => request.headers.get("X-A"), "b, c d");
  shows("empty", HEAD, (request) => request.headers.get("X-B"), "");
  shows("absent", HEAD, (request) => request.headers.get("X-C"), "-");
  shows("the beginning of a name", HEAD, (request) => request.headers.get("X-"), "-");
  shows("a name with what differs by the bit of its case", HEAD, (request) => request.headers.get("X\rA"), "-");
  shows("whether there is one", HEAD, (request) => (request.headers.has("x-b") ? "yes" : "no"), "yes");
  shows("whether there is none", HEAD, (request) => (request.headers.has("x-c") ? "yes" : "no"), "no");
  shows("how many", HEAD, (request) => request.headers.length.toString(), "4");
  shows("by index", HEAD, (request) => `${request.headers.name(2)}=${request.headers.value(2)}`, "x-a=c d");
});

describe("request: JSON", () => {
  shows("read", HEAD + "[1,2]", (request) => request.json<i32[]>()!.join(), "1,2");
  shows("malformed", HEAD + "[1,", (request) => (request.json<i32[]>() ? "an array" : "null"), "null");
  shows(
    "malformed, with its reason",
    HEAD + "[1,",
    (request) => (request.json<i32[]>() || request.jsonError.length ? "said" : "not said"),
    "said",
  );
  shows("of another type", HEAD + '"a"', (request) => (request.json<i32[]>() ? "an array" : "null"), "null");
  shows("of nothing", HEAD, (request) => (request.json<i32[]>() ? "an array" : "null"), "null");
});
