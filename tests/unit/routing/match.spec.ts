import { finds, given } from "./routes";

describe("a path without parameters", () => {
  given(["GET /", "GET /a", "GET /a/b", "GET /a/", "GET /long-enough-for-two-words", "GET /Zoë"]);
  finds("GET /", "/");
  finds("GET /a", "/a");
  finds("GET /a/b", "/a/b");
  finds("GET /a/", "/a/");
  finds("GET /long-enough-for-two-words", "/long-enough-for-two-words");
  finds("GET /Zo\xc3\xab", "/Zoë");
  finds("GET /b", "404");
  finds("GET /A", "404");
  finds("GET /a/b/", "404");
  finds("GET /a//b", "404");
  finds("GET //", "404");
  finds("GET /long-enough-for-two-word", "404");
  finds("GET /long-enough-for-two-wordz", "404");
  finds("GET /long-enough-for-two-words!", "404");
});

describe("labels that share their beginning", () => {
  given([
    "GET /abcdefghij",
    "GET /abcdefgh",
    "GET /abc",
    "GET /abcxyz",
    "GET /ab",
    "GET /b",
    "GET /abcdefghijklmnopqrstuvwxyz",
  ]);
  finds("GET /abcdefghij", "/abcdefghij");
  finds("GET /abcdefgh", "/abcdefgh");
  finds("GET /abc", "/abc");
  finds("GET /abcxyz", "/abcxyz");
  finds("GET /ab", "/ab");
  finds("GET /b", "/b");
  finds("GET /abcdefghijklmnopqrstuvwxyz", "/abcdefghijklmnopqrstuvwxyz");
  finds("GET /a", "404");
  finds("GET /abcd", "404");
  finds("GET /abcdefghi", "404");
  finds("GET /abcdefghijklmnopqrstuvwxyZ", "404");
  finds("GET /bc", "404");
});

describe("labels that are split within a character of several bytes", () => {
  given(["GET /é", "GET /è", "GET /é/a"]);
  finds("GET /\xc3\xa9", "/é");
  finds("GET /\xc3\xa8", "/è");
  finds("GET /\xc3\xa9/a", "/é/a");
  finds("GET /\xc3", "404");
});

describe("<name>: a segment", () => {
  given(["GET /users/<id>", "GET /users/<id>/posts/<post>", "GET /<page>"]);
  finds("GET /users/7", "/users/<id> 7");
  finds("GET /users/Zo\xc3\xab", "/users/<id> Zo\xc3\xab");
  finds("GET /users/a.b-c", "/users/<id> a.b-c");
  finds("GET /users/7/posts/8", "/users/<id>/posts/<post> 7 8");
  finds("GET /about", "/<page> about");
  finds("GET /users", "/<page> users");
  finds("GET /users/", "404");
  finds("GET /users/7/", "404");
  finds("GET /users/7/posts", "404");
  finds("GET /users/7/posts/", "404");
  finds("GET /users//posts/8", "404");
  finds("GET /", "404");
});

describe("<int:name>: 0 to 2147483647", () => {
  given(["GET /n/<int:n>", "GET /n/<int:n>/next", "GET /s/<int:n>", "GET /s/<text>"]);
  finds("GET /n/0", "/n/<int:n> 0");
  finds("GET /n/42", "/n/<int:n> 42");
  finds("GET /n/007", "/n/<int:n> 007");
  finds("GET /n/2147483647", "/n/<int:n> 2147483647");
  finds("GET /n/42/next", "/n/<int:n>/next 42");
  finds("GET /n/2147483648", "404");
  finds("GET /n/9999999999", "404");
  finds("GET /n/00000000001", "404");
  finds("GET /n/18446744073709551617", "404");
  finds("GET /n/-1", "404");
  finds("GET /n/+1", "404");
  finds("GET /n/1.0", "404");
  finds("GET /n/1a", "404");
  finds("GET /n/", "404");
  finds("GET /n/\xb2", "404");
  finds("GET /s/42", "/s/<int:n> 42");
  finds("GET /s/2147483648", "/s/<text> 2147483648");
  finds("GET /s/4x", "/s/<text> 4x");
});

describe("<path:name>: the rest", () => {
  given(["GET /files/<path:rest>", "GET /files/<name>/info"]);
  finds("GET /files/a", "/files/<path:rest> a");
  finds("GET /files/a/b/c", "/files/<path:rest> a/b/c");
  finds("GET /files/a/", "/files/<path:rest> a/");
  finds("GET /files//a", "/files/<path:rest> /a");
  finds("GET /files/a/info", "/files/<name>/info a");
  finds("GET /files/a/info/b", "/files/<path:rest> a/info/b");
  finds("GET /files/", "404");
  finds("GET /files", "404");
});

describe("order: a literal, then <int:…>, then <…>, then <path:…>", () => {
  given(["GET /<path:rest>", "GET /<name>", "GET /<int:n>", "GET /7", "GET /seven"]);
  finds("GET /7", "/7");
  finds("GET /seven", "/seven");
  finds("GET /8", "/<int:n> 8");
  finds("GET /eight", "/<name> eight");
  finds("GET /77", "/<int:n> 77");
  finds("GET /7a", "/<name> 7a");
  finds("GET /sevens", "/<name> sevens");
  finds("GET /7/8", "/<path:rest> 7/8");
  finds("GET /seven/", "/<path:rest> seven/");
  finds("GET /", "404");
});

describe("order: it is the first place that decides", () => {
  given(["GET /<a>/x", "GET /u/<b>", "GET /<int:c>/<d>"]);
  finds("GET /u/x", "/u/<b> x");
  finds("GET /v/x", "/<a>/x v");
  finds("GET /1/x", "/<int:c>/<d> 1 x");
});

describe("backtracking", () => {
  given(["GET /a/<x>/c", "GET /<y>/b/d", "GET /a/b/e", "GET /<int:n>/z", "GET /<path:rest>"]);
  finds("GET /a/b/c", "/a/<x>/c b");
  finds("GET /a/b/d", "/<y>/b/d a");
  finds("GET /a/b/e", "/a/b/e");
  finds("GET /a/b/f", "/<path:rest> a/b/f");
  finds("GET /1/z", "/<int:n>/z 1");
  finds("GET /1/b/d", "/<y>/b/d 1");
  finds("GET /1/y", "/<path:rest> 1/y");
  finds("GET /a/be", "/<path:rest> a/be");
  finds("GET /a", "/<path:rest> a");
});

describe("backtracking leaves nothing of what it tried", () => {
  given(["GET /<a>/<b>/<c>/x", "GET /<d>/<path:rest>"]);
  finds("GET /1/2/3/x", "/<a>/<b>/<c>/x 1 2 3");
  finds("GET /1/2/3/y", "/<d>/<path:rest> 1 2/3/y");
});

describe("as many parameters as there can be", () => {
  given(["GET /<a>/<b>/<c>/<d>/<e>/<f>/<g>/<path:h>"]);
  finds("GET /1/2/3/4/5/6/7/8/9", "/<a>/<b>/<c>/<d>/<e>/<f>/<g>/<path:h> 1 2 3 4 5 6 7 8/9");
  finds("GET /1/2/3/4/5/6/7", "404");
});
