import { accepted, refused, View } from "./heads";

function acceptedHost(value: string): void {
  accepted(value, `GET / HTTP/1.1\r\nHost: ${value}\r\n\r\n`, View.FIELDS, "Host=" + value);
}

function malformedHost(name: string, value: string): void {
  refused(name, `GET / HTTP/1.1\r\nHost: ${value}\r\n\r\n`, 400, "malformed Host");
}

describe("Host: before any that is good", () => {
  malformedHost("empty", "");
});

describe("Host (RFC 9112, 3.2; RFC 3986, 3.2.2)", () => {
  acceptedHost("x");
  acceptedHost("example.org");
  acceptedHost("example.org.");
  acceptedHost("EXAMPLE.org:8080");
  acceptedHost("192.168.4.1");
  acceptedHost("192.168.4.1:80");
  acceptedHost("x:");
  acceptedHost("x:0");
  acceptedHost("x:65535");
  acceptedHost("[::1]");
  acceptedHost("[::1]:8080");
  acceptedHost("[2001:DB8::ffff:192.0.2.1]");
  acceptedHost("a-_~!$&'()*+;=%41");
});

describe("Host: refused", () => {
  malformedHost("empty", "");
  malformedHost("nothing but blanks", " \t");
  malformedHost("a port alone", ":80");
  malformedHost("a port above 65535", "x:65536");
  malformedHost("a port of six digits", "x:000080");
  malformedHost("a port with a letter", "x:80a");
  malformedHost("a negative port", "x:-1");
  malformedHost("two ports", "x:80:80");
  malformedHost("user information", "u@x");
  malformedHost("a path", "x/a");
  malformedHost("a query", "x?a");
  malformedHost("a fragment", "x#a");
  malformedHost("a backslash", "x\\a");
  malformedHost("a space", "x y");
  malformedHost("two hosts joined by a comma", "x, y");
  malformedHost("a byte above ASCII", "\xe9");
  malformedHost("an address without its brackets", "::1");
  malformedHost("an address without its end", "[::1");
  malformedHost("an address without its start", "::1]");
  malformedHost("an empty address", "[]");
  malformedHost("an address with a zone", "[fe80::1%25eth0]");
  malformedHost("an address with a letter that is no digit", "[::g]");
  malformedHost("an address with a port without a colon", "[::1]80");

  refused("missing", "GET / HTTP/1.1\r\n\r\n", 400, "Host is missing");
  refused("missing among others", "GET / HTTP/1.1\r\nHosts: x\r\nA: b\r\n\r\n", 400, "Host is missing");
  refused("missing for an absolute target", "GET http://x/ HTTP/1.1\r\n\r\n", 400, "Host is missing");
  refused("twice", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "Host is repeated");
  refused("twice the same", "GET / HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n", 400, "Host is repeated");
  refused("twice in HTTP/1.0", "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", 400, "Host is repeated");
  refused("malformed in HTTP/1.0", "GET / HTTP/1.0\r\nHost: u@x\r\n\r\n", 400, "malformed Host");
});

describe("Host: in any case of letters, with or without HTTP/1.1", () => {
  accepted("host", "GET / HTTP/1.1\r\nhost: x\r\n\r\n", View.OPTIONS, "host");
  accepted("HOST", "GET / HTTP/1.1\r\nHOST:x\r\n\r\n", View.OPTIONS, "host");
  accepted("hOsT", "GET / HTTP/1.1\r\nhOsT: x \r\n\r\n", View.OPTIONS, "host");
  accepted("behind others", "GET / HTTP/1.1\r\nA: b\r\nHost: x\r\n\r\n", View.OPTIONS, "host");
  accepted(
    "of another host than an absolute target",
    "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n",
    View.OPTIONS,
    "host",
  );
  accepted("absent in HTTP/1.0", "GET / HTTP/1.0\r\nA: b\r\n\r\n", View.OPTIONS, "");
  accepted("present in HTTP/1.0", "GET / HTTP/1.0\r\nHost: x\r\n\r\n", View.OPTIONS, "host");
});

// A value that equals the last good one is not checked again.
describe("Host: like the last good one", () => {
  acceptedHost("abcdefgh.org:8080");
  malformedHost("but for its last byte", "abcdefgh.org:808a");
  malformedHost("but for its first byte", "@bcdefgh.org:8080");
  malformedHost("but for its ninth byte", "abcdefgh@org:8080");
  malformedHost("with more behind it", "abcdefgh.org:8080/");
  acceptedHost("abcdefgh");
  malformedHost("of eight bytes, but for its last byte", "abcdefg@");
  malformedHost("of eight bytes, but for its first byte", "@bcdefgh");
  acceptedHost("abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh:");
  malformedHost("of 64 bytes", "abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh@");
  acceptedHost("abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh-abcdefgh:80");
  malformedHost("empty, behind one of 65 bytes", "");
});
