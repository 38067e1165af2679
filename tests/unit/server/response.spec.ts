import { Response } from "microserver/server/response";
import { writes } from "./answers";

describe("Response", () => {
  writes(
    "plain",
    () => Response.plain("hi"),
    "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 2|hi",
  );
  writes(
    "html",
    () => Response.html("<p>"),
    "HTTP/1.1 200 OK|Content-Type: text/html; charset=utf-8|Content-Length: 3|<p>",
  );
  writes(
    "json",
    () => Response.json<i32[]>([1, 2]),
    "HTTP/1.1 200 OK|Content-Type: application/json|Content-Length: 6|[1, 2]",
  );
  writes(
    "json, a string",
    () => Response.json<string>('"'),
    'HTTP/1.1 200 OK|Content-Type: application/json|Content-Length: 4|"\\""',
  );
  writes(
    "error",
    () => Response.error("bad", 400),
    'HTTP/1.1 400 Bad Request|Content-Type: application/json|Content-Length: 29|{"error": "bad", "code": 400}',
  );
  writes(
    "error with quotes",
    () => Response.error('"'),
    'HTTP/1.1 500 Internal Server Error|Content-Type: application/json|Content-Length: 28|{"error": "\\"", "code": 500}',
  );
  writes(
    "bytes",
    () => Response.bytes(bytes()),
    "HTTP/1.1 200 OK|Content-Type: application/octet-stream|Content-Length: 3|\0\x7f\xff",
  );
  writes(
    "bytes of a type",
    () => Response.bytes(bytes(), "image/png", 201),
    "HTTP/1.1 201 Created|Content-Type: image/png|Content-Length: 3|\0\x7f\xff",
  );
  writes(
    "some of an array's bytes",
    () => Response.bytes(bytes().subarray(1, 2)),
    "HTTP/1.1 200 OK|Content-Type: application/octet-stream|Content-Length: 1|\x7f",
  );
  writes(
    "no bytes",
    () => Response.bytes(new Uint8Array(0)),
    "HTTP/1.1 200 OK|Content-Type: application/octet-stream|Content-Length: 0|",
  );
  writes("empty", () => Response.empty(), "HTTP/1.1 204 No Content|");
  writes("empty with a status", () => Response.empty(200), "HTTP/1.1 200 OK|Content-Length: 0|");
  writes("a new one", () => new Response(), "HTTP/1.1 200 OK|Content-Length: 0|");
  writes(
    "a new one with text",
    () => new Response("hi"),
    "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 2|hi",
  );
  writes(
    "a new one with text and status",
    () => new Response("hi", 404),
    "HTTP/1.1 404 Not Found|Content-Type: text/plain; charset=utf-8|Content-Length: 2|hi",
  );
  writes(
    "a new one with text of a type",
    () => new Response("a,b", 200, "text/csv"),
    "HTTP/1.1 200 OK|Content-Type: text/csv|Content-Length: 3|a,b",
  );
  writes(
    "a new one of a type without text",
    () => new Response("", 200, "text/csv"),
    "HTTP/1.1 200 OK|Content-Type: text/csv|Content-Length: 0|",
  );
  writes("a new one of no type", () => new Response("hi", 200, ""), "HTTP/1.1 200 OK|Content-Length: 2|hi");
  writes(
    "no text",
    () => Response.plain(""),
    "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 0|",
  );
  writes(
    "text as UTF-8",
    () => Response.plain("Zoë \ud83d\ude00 \ud800"),
    "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 13|Zo\xc3\xab \xf0\x9f\x98\x80 \xef\xbf\xbd",
  );
});

describe("Response: status", () => {
  writes(
    "with a reason phrase",
    () => Response.plain("", 418),
    "HTTP/1.1 418 I'm a Teapot|Content-Type: text/plain; charset=utf-8|Content-Length: 0|",
  );
  writes(
    "without a reason phrase",
    () => Response.plain("", 299),
    "HTTP/1.1 299 |Content-Type: text/plain; charset=utf-8|Content-Length: 0|",
  );
  writes(
    "with the longest reason phrase",
    () => Response.empty(431),
    "HTTP/1.1 431 Request Header Fields Too Large|Content-Length: 0|",
  );
  writes(
    "204, which has no content",
    () => Response.plain("hi", 204),
    "HTTP/1.1 204 No Content|Content-Type: text/plain; charset=utf-8|",
  );
  writes(
    "304, which has no content",
    () => Response.html("hi", 304).header("ETag", '"a"'),
    'HTTP/1.1 304 Not Modified|ETag: "a"|Content-Type: text/html; charset=utf-8|',
  );
  writes("304 without a type", () => Response.empty(304), "HTTP/1.1 304 Not Modified|");
});

describe("Response: redirect", () => {
  writes("by default", () => Response.redirect("/a"), "HTTP/1.1 302 Found|Location: /a|Content-Length: 0|");
  writes(
    "for good",
    () => Response.redirect("https://x/a?b=c#d", 308),
    "HTTP/1.1 308 Permanent Redirect|Location: https://x/a?b=c#d|Content-Length: 0|",
  );
  writes(
    "with a further field",
    () => Response.redirect("/", 303).header("X-A", "b"),
    "HTTP/1.1 303 See Other|Location: /|X-A: b|Content-Length: 0|",
  );
});

describe("Response: field lines", () => {
  writes(
    "one",
    () => Response.plain("hi").header("X-A", "b"),
    "HTTP/1.1 200 OK|X-A: b|Content-Type: text/plain; charset=utf-8|Content-Length: 2|hi",
  );
  writes(
    "several of one name",
    () => Response.empty().header("Set-Cookie", "a=b").header("Set-Cookie", "c=d"),
    "HTTP/1.1 204 No Content|Set-Cookie: a=b|Set-Cookie: c=d|",
  );
  writes("empty", () => Response.empty().header("X-A", ""), "HTTP/1.1 204 No Content|X-A: |");
  writes(
    "a tab and bytes above ASCII",
    () => Response.empty().header("X-A", "a\té"),
    "HTTP/1.1 204 No Content|X-A: a\t\xc3\xa9|",
  );
  writes(
    "every character of a token",
    () => Response.empty().header("!#$%&'*+-.^_`|~09azAZ", "b"),
    "HTTP/1.1 204 No Content|!#$%&'*+-.^_`|~09azAZ: b|",
  );
  writes(
    "Content-Type in place of another",
    () => Response.plain("hi").header("Content-Type", "text/csv"),
    "HTTP/1.1 200 OK|Content-Type: text/csv|Content-Length: 2|hi",
  );
  writes(
    "Content-Type in any case",
    () => Response.plain("hi").header("content-TYPE", "text/csv"),
    "HTTP/1.1 200 OK|Content-Type: text/csv|Content-Length: 2|hi",
  );
  writes(
    "Content-Type twice",
    () => Response.plain("hi").header("Content-Type", "a/b").header("Content-Type", "c/d"),
    "HTTP/1.1 200 OK|Content-Type: c/d|Content-Length: 2|hi",
  );
  writes(
    "Content-Type of a new one with text",
    () => new Response("hi").header("Content-Type", "a/b"),
    "HTTP/1.1 200 OK|Content-Type: a/b|Content-Length: 2|hi",
  );
  writes(
    "names that begin like those of the server",
    () => Response.empty().header("Dat", "a").header("Servers", "b"),
    "HTTP/1.1 204 No Content|Dat: a|Servers: b|",
  );
});

function bytes(): Uint8Array {
  const bytes = new Uint8Array(3);
  bytes[1] = 0x7f;
  bytes[2] = 0xff;
  return bytes;
}
