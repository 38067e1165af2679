import { accepted, acceptedOptions, refusedFields, View } from "./heads";

describe("Connection (RFC 9110, 7.6.1)", () => {
  acceptedOptions("absent", "A: b", "host");
  acceptedOptions("close", "Connection: close", "host close");
  acceptedOptions("in any case", "CONNECTION: Close", "host close");
  acceptedOptions("keep-alive", "Connection: keep-alive", "host keep-alive");
  acceptedOptions("Upgrade", "Connection: Upgrade", "host upgrade");
  acceptedOptions("a list", "Connection: keep-alive, Upgrade", "host keep-alive upgrade");
  acceptedOptions("a list without blanks", "Connection: close,upgrade", "host close upgrade");
  acceptedOptions("a list with blanks and empty elements", "Connection: ,\t, close ,,", "host close");
  acceptedOptions("two lines", "Connection: keep-alive\r\nConnection: close", "host close keep-alive");
  acceptedOptions("an unknown option", "Connection: x", "host");
  acceptedOptions("an unknown option among others", "Connection: x, close, y", "host close");
  acceptedOptions("empty", "Connection:", "host");
  acceptedOptions("an option that begins like close", "Connection: closed", "host");
  acceptedOptions("an option that ends like close", "Connection: x-close", "host");
  acceptedOptions("close and a parameter", "Connection: close;a", "host");
  acceptedOptions("Proxy-Connection is another field", "Proxy-Connection: close", "host");
  acceptedOptions("Keep-Alive is another field", "Keep-Alive: timeout=5", "host");
  accepted("HTTP/1.0", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", View.OPTIONS, " keep-alive");
});

describe("Expect (RFC 9110, 10.1.1)", () => {
  acceptedOptions("100-continue", "Expect: 100-continue", "host continue");
  acceptedOptions("in any case", "expect: 100-Continue", "host continue");
  acceptedOptions("twice", "Expect: 100-continue\r\nExpect: 100-continue", "host continue");
  acceptedOptions("with a length", "Expect: 100-continue\r\nContent-Length: 5", "host length=5 continue");

  refusedFields("empty", "Expect:", 417, "unknown expectation");
  refusedFields("another", "Expect: 200-ok", 417, "unknown expectation");
  refusedFields("the beginning", "Expect: 100-continu", 417, "unknown expectation");
  refusedFields("a parameter", "Expect: 100-continue;a=b", 417, "unknown expectation");
  refusedFields("a list", "Expect: 100-continue, x", 417, "unknown expectation");
});
