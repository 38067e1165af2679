import { acceptedLine, refused, refusedLine } from "./heads";

describe("request line: method and target (RFC 9112, 3)", () => {
  acceptedLine("GET / HTTP/1.1", "GET origin / 1.1");
  acceptedLine("GET / HTTP/1.0", "GET origin / 1.0");
  acceptedLine("HEAD /a HTTP/1.1", "HEAD origin /a 1.1");
  acceptedLine("POST /a/b HTTP/1.1", "POST origin /a/b 1.1");
  acceptedLine("PUT /a/ HTTP/1.1", "PUT origin /a/ 1.1");
  acceptedLine("DELETE //a HTTP/1.1", "DELETE origin //a 1.1");
  acceptedLine("PATCH /a/../b HTTP/1.1", "PATCH origin /a/../b 1.1");
  acceptedLine("OPTIONS / HTTP/1.1", "OPTIONS origin / 1.1");
  acceptedLine("TRACE / HTTP/1.1", "TRACE origin / 1.1");
  acceptedLine("GET /-._~!$&'()*+,;=:@azAZ09 HTTP/1.1", "GET origin /-._~!$&'()*+,;=:@azAZ09 1.1");
  acceptedLine(
    "GET /twelve-bytes-and-more-than-two-words HTTP/1.1",
    "GET origin /twelve-bytes-and-more-than-two-words 1.1",
  );
  acceptedLine("GET /a%20b HTTP/1.1", "GET origin /a%20b escaped 1.1");
  acceptedLine("GET /abcdefgh%20 HTTP/1.1", "GET origin /abcdefgh%20 escaped 1.1");
});

describe("request line: query", () => {
  acceptedLine("GET /? HTTP/1.1", "GET origin / 1.1");
  acceptedLine("GET /?a HTTP/1.1", "GET origin / ?a 1.1");
  acceptedLine("GET /a?b=c&d=e HTTP/1.1", "GET origin /a ?b=c&d=e 1.1");
  acceptedLine("GET /a?b?c/d HTTP/1.1", "GET origin /a ?b?c/d 1.1");
  acceptedLine("GET /a?%41+%2b HTTP/1.1", "GET origin /a ?%41+%2b 1.1");
  acceptedLine("GET /?!$'()*,;:@-._~ HTTP/1.1", "GET origin / ?!$'()*,;:@-._~ 1.1");
});

describe("request line: other forms of a target (RFC 9112, 3.2)", () => {
  acceptedLine("GET http://x/a HTTP/1.1", "GET absolute /a 1.1");
  acceptedLine("GET https://x/a?b HTTP/1.1", "GET absolute /a ?b 1.1");
  acceptedLine("GET HTTP://X/ HTTP/1.1", "GET absolute / 1.1");
  acceptedLine("GET HttpS://x:8080/a%20b HTTP/1.0", "GET absolute /a%20b escaped 1.0");
  acceptedLine("POST http://x HTTP/1.1", "POST absolute - 1.1");
  acceptedLine("GET http://x:80 HTTP/1.1", "GET absolute - 1.1");
  acceptedLine("GET http://x?a=b HTTP/1.1", "GET absolute - ?a=b 1.1");
  acceptedLine("GET http://x? HTTP/1.1", "GET absolute - 1.1");
  acceptedLine("GET http://[::1]:80/ HTTP/1.1", "GET absolute / 1.1");
  acceptedLine("OPTIONS http://x HTTP/1.1", "OPTIONS absolute - 1.1");
  acceptedLine("OPTIONS * HTTP/1.1", "OPTIONS asterisk * 1.1");
  acceptedLine("CONNECT x:443 HTTP/1.1", "CONNECT authority x:443 1.1");
  acceptedLine("CONNECT 127.0.0.1:80 HTTP/1.1", "CONNECT authority 127.0.0.1:80 1.1");
  acceptedLine("CONNECT [::1]:443 HTTP/1.1", "CONNECT authority [::1]:443 1.1");
  acceptedLine("CONNECT /a HTTP/1.1", "CONNECT origin /a 1.1");

  refusedLine("asterisk-form for GET", "GET * HTTP/1.1", 400, "malformed request target");
  refusedLine("asterisk-form with more", "OPTIONS *a HTTP/1.1", 400, "malformed request target");
  refusedLine("authority-form for GET", "GET x:80 HTTP/1.1", 400, "malformed request target");
  refusedLine("authority-form without a port", "CONNECT x HTTP/1.1", 400, "malformed request target");
  refusedLine("authority-form with an empty port", "CONNECT x: HTTP/1.1", 400, "malformed request target");
  refusedLine(
    "authority-form of a host that ends in a digit, without a port",
    "CONNECT x1 HTTP/1.1",
    400,
    "malformed request target",
  );
  refusedLine(
    "authority-form of an address without a port",
    "CONNECT 127.0.0.1 HTTP/1.1",
    400,
    "malformed request target",
  );
  refusedLine("authority-form without a host", "CONNECT :80 HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form for CONNECT", "CONNECT http://x:80 HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form of another scheme", "GET ftp://x/ HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form without slashes", "GET http:x/abcdefgh HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form without a host", "GET http:///abcdefgh HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form without anything", "GET http:// HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form with a port alone", "GET http://:80/ HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form with user information", "GET http://u:p@x/ HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form with a malformed port", "GET http://x:8a/ HTTP/1.1", 400, "malformed request target");
  refusedLine("absolute-form with a fragment", "GET http://x/#a HTTP/1.1", 400, "malformed request target");
  refusedLine("a path without its slash", "GET a HTTP/1.1", 400, "malformed request target");
});

describe("request line: refused with 400", () => {
  refusedLine("no method", "/ HTTP/1.1", 400, "malformed method");
  refusedLine("nothing but a method", "GET", 400, "malformed method");
  refusedLine("a space before it", " GET / HTTP/1.1", 400, "malformed method");
  refusedLine("a method that is no token", "G{T / HTTP/1.1", 400, "malformed method");
  refusedLine("a tab behind the method", "GET\t/ HTTP/1.1", 400, "control character");
  refusedLine("NUL in the method", "G\0T / HTTP/1.1", 400, "control character");
  refusedLine("a byte above ASCII in the method", "G\xc9T / HTTP/1.1", 400, "malformed method");
  refusedLine("two spaces before the target", "GET  / HTTP/1.1", 400, "malformed request target");
  refusedLine("no target", "GET HTTP/1.1", 400, "malformed request target");
  refusedLine("no target, but its spaces", "GET  HTTP/1.1", 400, "malformed request target");
  refusedLine("no version (HTTP/0.9)", "GET /", 400, "malformed request target");
  refusedLine("no version behind a query", "GET /?a", 400, "malformed request target");
  refusedLine("no version, but its space", "GET / ", 400, "malformed version");
  refusedLine("a fragment", "GET /a#b HTTP/1.1", 400, "malformed request target");
  refusedLine("a fragment behind a query", "GET /a?b#c HTTP/1.1", 400, "malformed request target");
  refusedLine("a tab in the path", "GET /a\tb HTTP/1.1", 400, "control character");
  refusedLine("a tab in the query", "GET /?a\tb HTTP/1.1", 400, "control character");
  refusedLine("NUL in the path", "GET /\0 HTTP/1.1", 400, "control character");
  refusedLine("NUL in the query", "GET /?\0 HTTP/1.1", 400, "control character");
  refusedLine("DEL in the path", "GET /abcdefgh\x7f HTTP/1.1", 400, "control character");
  refusedLine("DEL in the query", "GET /?abcdefgh\x7f HTTP/1.1", 400, "control character");
  refusedLine("a byte above ASCII in the path", "GET /\xc3\xa9 HTTP/1.1", 400, "malformed request target");
  refusedLine("a byte above ASCII in the query", "GET /?\xc3\xa9 HTTP/1.1", 400, "malformed request target");
  refusedLine(
    "a byte above ASCII in an absolute target",
    "GET http://x/\xff HTTP/1.1",
    400,
    "malformed request target",
  );
  refusedLine("a space in the path", "GET /a b HTTP/1.1", 400, "malformed version");
  refusedLine("two spaces before the version", "GET /  HTTP/1.1", 400, "malformed version");
  refusedLine("a space behind it", "GET / HTTP/1.1 ", 400, "malformed version");
  refusedLine("a version in lower case", "GET / http/1.1", 400, "malformed version");
  refusedLine("another protocol", "GET / HTCPCP/1.0", 400, "malformed version");
  refusedLine("a version without a minor", "GET / HTTP/1", 400, "malformed version");
  refusedLine("a version without digits", "GET / HTTP/", 400, "malformed version");
  refusedLine("a version with a comma", "GET / HTTP/1,1", 400, "malformed version");
  refusedLine("a version with letters", "GET / HTTP/a.b", 400, "malformed version");
  refusedLine("a major version of two digits", "GET / HTTP/11.1", 400, "malformed version");
  refusedLine("a minor version of two digits", "GET / HTTP/1.10", 400, "malformed version");
  refusedLine("a word behind the version", "GET / HTTP/1.1 a", 400, "malformed version");

  refused("bare LF at its end", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400, "bare LF");
  refused("bare LF behind the method", "GET\nHost: x\r\n\r\n", 400, "bare LF");
  refused("bare LF behind the path", "GET /\nHost: x\r\n\r\n", 400, "bare LF");
  refused("bare LF behind the query", "GET /?a\nHost: x\r\n\r\n", 400, "bare LF");
  refused("bare LF in the version", "GET / HT\nHost: x\r\n\r\n", 400, "bare LF");
  refused("bare CR at its end", "GET / HTTP/1.1\rHost: x\r\n\r\n", 400, "malformed version");
  refused("CR CR LF at its end", "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n", 400, "malformed version");
  refused("bare CR in the path", "GET /\ra HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed request target");
  refused("bare LF before it", "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bare LF");
  refused("bare CR before it", "\rGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed method");
  refused("an opening TLS handshake", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n", 400, "control character");
  refused("an opening of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "malformed request target");
});

describe("request line: refused with 501", () => {
  refusedLine("an unknown method", "FOO / HTTP/1.1", 501, "unknown method");
  refusedLine("a method in lower case", "get / HTTP/1.1", 501, "unknown method");
  refusedLine("a method that begins like another", "GETS / HTTP/1.1", 501, "unknown method");
  refusedLine("the beginning of a method", "GE / HTTP/1.1", 501, "unknown method");
  refusedLine("every character of a token", "!#$%&'*+-.^_`|~09azAZ / HTTP/1.1", 501, "unknown method");
});

describe("request line: refused with 505", () => {
  refusedLine("HTTP/2.0", "GET / HTTP/2.0", 505, "unknown HTTP version");
  refusedLine("HTTP/0.9", "GET / HTTP/0.9", 505, "unknown HTTP version");
  refusedLine("HTTP/1.2", "GET / HTTP/1.2", 505, "unknown HTTP version");
  refusedLine("HTTP/9.9", "GET / HTTP/9.9", 505, "unknown HTTP version");
  refusedLine("behind an absolute target", "GET http://x/ HTTP/3.0", 505, "unknown HTTP version");
});
