import { findPhrase, hasNoContent, phrase as found, phraseLength } from "microserver/http/status";
import { readLatin1 } from "../latin1";
import { Row, testRow } from "../table";

class PhraseRow extends Row {
  constructor(
    private status: i32,
    private phrase: string,
  ) {
    super();
  }

  check(): void {
    findPhrase(this.status);
    expect(readLatin1(found, found + phraseLength)).toBe(this.phrase);
  }
}

function phrase(status: i32, phrase: string): void {
  testRow(`${status} ${phrase}`, new PhraseRow(status, phrase));
}

describe("reason phrases (RFC 9110, 15; RFC 6585)", () => {
  phrase(101, "Switching Protocols");
  phrase(200, "OK");
  phrase(201, "Created");
  phrase(202, "Accepted");
  phrase(204, "No Content");
  phrase(206, "Partial Content");
  phrase(301, "Moved Permanently");
  phrase(302, "Found");
  phrase(303, "See Other");
  phrase(304, "Not Modified");
  phrase(307, "Temporary Redirect");
  phrase(308, "Permanent Redirect");
  phrase(400, "Bad Request");
  phrase(401, "Unauthorized");
  phrase(403, "Forbidden");
  phrase(404, "Not Found");
  phrase(405, "Method Not Allowed");
  phrase(406, "Not Acceptable");
  phrase(408, "Request Timeout");
  phrase(409, "Conflict");
  phrase(410, "Gone");
  phrase(411, "Length Required");
  phrase(412, "Precondition Failed");
  phrase(413, "Content Too Large");
  phrase(414, "URI Too Long");
  phrase(415, "Unsupported Media Type");
  phrase(416, "Range Not Satisfiable");
  phrase(417, "Expectation Failed");
  phrase(422, "Unprocessable Content");
  phrase(426, "Upgrade Required");
  phrase(429, "Too Many Requests");
  phrase(431, "Request Header Fields Too Large");
  phrase(500, "Internal Server Error");
  phrase(501, "Not Implemented");
  phrase(503, "Service Unavailable");
  phrase(505, "HTTP Version Not Supported");
  phrase(418, "I'm a Teapot");
  phrase(100, "");
  phrase(199, "");
  phrase(203, "");
  phrase(299, "");
  phrase(305, "");
  phrase(402, "");
  phrase(499, "");
  phrase(599, "");
  phrase(999, "");
  phrase(0, "");
  phrase(-1, "");
});

describe("statuses without content (RFC 9110, 6.4.1)", () => {
  it("are 1xx, 204 and 304", () => {
    for (let status = 100; status < 600; status++) {
      expect(hasNoContent(status)).toBe(status < 200 || status == 204 || status == 304, `${status}`);
    }
  });
});
