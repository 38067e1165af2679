import { accepted, acceptedFields, refused, refusedFields, View } from "./heads";

describe("field lines: names (RFC 9112, 5)", () => {
  acceptedFields("a letter", "A: b", "A=b");
  acceptedFields("in any case", "aCCept: b", "aCCept=b");
  acceptedFields("every character of a token", "!#$%&'*+-.^_`|~09azAZ: b", "!#$%&'*+-.^_`|~09azAZ=b");
  acceptedFields("eight letters", "abcdefgh: b", "abcdefgh=b");
  acceptedFields("sixteen letters", "abcdefghijklmnop: b", "abcdefghijklmnop=b");
  acceptedFields("names that begin like known ones", "Hos: a\r\nHostt: b\r\nConnectio: c", "Hos=a|Hostt=b|Connectio=c");
  acceptedFields(
    "names as long as known ones",
    "Cost: a\r\nAccept: b\r\nUser-Agent: c",
    "Cost=a|Accept=b|User-Agent=c",
  );
  acceptedFields("the same name twice", "A: b\r\nA: c", "A=b|A=c");
});

describe("field lines: values", () => {
  acceptedFields("empty", "A:", "A=");
  acceptedFields("without a space before it", "A:b", "A=b");
  acceptedFields("nothing but blanks", "A: \t ", "A=");
  acceptedFields("blanks around it", "A:  \t b \t ", "A=b");
  acceptedFields("blanks within it", "A: b \t c", "A=b \t c");
  acceptedFields("a tab alone before it", "A:\tb", "A=b");
  acceptedFields("a colon in it", "A: b:c", "A=b:c");
  acceptedFields("a colon at its start", "A: :", "A=:");
  acceptedFields("bytes above ASCII", "A: \x80\xc3\xa9\xff", "A=\x80\xc3\xa9\xff");
  acceptedFields(
    "visible characters",
    "A: !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~",
    "A=!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~",
  );
  acceptedFields("long", "A: 0123456789012345678901234567890123456789", "A=0123456789012345678901234567890123456789");
  acceptedFields("several", "A: b\r\nC: d\r\nE: f", "A=b|C=d|E=f");
});

describe("field lines: heads of real clients", () => {
  accepted(
    "a browser",
    "GET /static/app.js?v=3 HTTP/1.1\r\nHost: 192.168.4.1:8080\r\nConnection: keep-alive\r\n" +
      'sec-ch-ua: "Chromium";v="130", "Not?A_Brand";v="99"\r\nUpgrade-Insecure-Requests: 1\r\n' +
      "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nAccept-Language: de,en;q=0.7\r\n\r\n",
    View.FIELDS,
    "Host=192.168.4.1:8080|Connection=keep-alive|" +
      'sec-ch-ua="Chromium";v="130", "Not?A_Brand";v="99"|Upgrade-Insecure-Requests=1|' +
      "Accept=text/html,application/xhtml+xml;q=0.9,*/*;q=0.8|Accept-Language=de,en;q=0.7",
  );
  accepted(
    "curl",
    "PUT /a HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\nContent-Length: 3\r\n\r\n",
    View.FIELDS,
    "Host=x|User-Agent=curl/8.0|Accept=*/*|Content-Length=3",
  );
  accepted("HTTP/1.0 without a field", "GET / HTTP/1.0\r\n\r\n", View.FIELDS, "");
});

describe("field lines: refused with 400", () => {
  refusedFields("space before the colon", "A : b", 400, "space before the colon");
  refusedFields("tab before the colon", "A\t: b", 400, "space before the colon");
  refusedFields("space before the colon of a known field", "Content-Length : 1", 400, "space before the colon");
  refusedFields("space in the name", "A B: c", 400, "space before the colon");
  refusedFields("obsolete line folding by a space", "A: b\r\n c", 400, "obsolete line folding");
  refusedFields("obsolete line folding by a tab", "A: b\r\n\tc", 400, "obsolete line folding");
  refusedFields("a line of a space", "A: b\r\n ", 400, "obsolete line folding");
  refusedFields("an empty name", ": b", 400, "empty field name");
  refusedFields("no colon", "A", 400, "field line without a colon");
  refusedFields("no colon in a line of eight", "abcdefgh", 400, "field line without a colon");
  refusedFields("a name that is no token", "A(: b", 400, "malformed field name");
  refusedFields("a quote in the name", 'abcdefg": b', 400, "malformed field name");
  refusedFields("a byte above ASCII in the name", "A\xe9: b", 400, "malformed field name");
  refusedFields("NUL in the name", "A\0: b", 400, "control character");
  refusedFields("DEL in the name", "A\x7f: b", 400, "control character");
  refusedFields("NUL in the value", "A: b\0c", 400, "control character");
  refusedFields("NUL at the end of the value", "A: b\0", 400, "control character");
  refusedFields("DEL in the value", "A: abcdefgh\x7f", 400, "control character");
  refusedFields("a control character in the value", "A: \x01", 400, "control character");
  refusedFields("a vertical tab in the value", "A: b\x0bc", 400, "control character");
  refusedFields("bare LF at its end", "A: b\nC: d", 400, "bare LF");
  refusedFields("bare LF in a name", "A\nC: d", 400, "bare LF");
  refusedFields("bare LF in place of a name", "A: b\r\n\nC: d", 400, "bare LF");
  refusedFields("bare CR in the value", "A: b\rc", 400, "bare CR");
  refusedFields("CR CR LF at its end", "A: b\r\r\nC: d", 400, "bare CR");
  refusedFields("bare CR in place of a name", "A: b\r\n\rC: d", 400, "bare CR");
  refused("bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: x\r\n\n", 400, "bare LF");
  refused("CR CR LF at the end of the head", "GET / HTTP/1.1\r\nHost: x\r\n\r\r\n", 400, "bare CR");
  refused("a blank before the first line", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400, "obsolete line folding");
});
