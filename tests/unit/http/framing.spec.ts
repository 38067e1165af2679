import { accepted, acceptedOptions, refused, refusedFields, View } from "./heads";

describe("Content-Length (RFC 9112, 6.3)", () => {
  acceptedOptions("0", "Content-Length: 0", "host length=0");
  acceptedOptions("5", "Content-Length: 5", "host length=5");
  acceptedOptions("in any case", "cOnTeNt-LeNgTh:5", "host length=5");
  acceptedOptions("with blanks around it", "Content-Length: \t5\t ", "host length=5");
  acceptedOptions("with leading zeros", "Content-Length: 0005", "host length=5");
  acceptedOptions("8192", "Content-Length: 8192", "host length=8192");
  acceptedOptions("the largest of 32 bits", "Content-Length: 4294967295", "host length=4294967295");
  acceptedOptions("more than 32 bits", "Content-Length: 4294967296", "host length=4294967295");
  acceptedOptions("the largest of 63 bits", "Content-Length: 9223372036854775807", "host length=4294967295");
  acceptedOptions("19 digits", "Content-Length: 9999999999999999999", "host length=4294967295");
  accepted("in HTTP/1.0", "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\n", View.OPTIONS, " length=5");
});

describe("Content-Length: refused", () => {
  refusedFields("empty", "Content-Length:", 400, "malformed Content-Length");
  refusedFields("20 digits", "Content-Length: 18446744073709551617", 400, "malformed Content-Length");
  refusedFields(
    "20 digits with leading zeros",
    "Content-Length: 00000000000000000005",
    400,
    "malformed Content-Length",
  );
  refusedFields("a sign", "Content-Length: +5", 400, "malformed Content-Length");
  refusedFields("negative", "Content-Length: -5", 400, "malformed Content-Length");
  refusedFields("hexadecimal", "Content-Length: 0x5", 400, "malformed Content-Length");
  refusedFields("a fraction", "Content-Length: 5.0", 400, "malformed Content-Length");
  refusedFields("a letter behind it", "Content-Length: 5a", 400, "malformed Content-Length");
  refusedFields("a blank within it", "Content-Length: 5 5", 400, "malformed Content-Length");
  refusedFields("a list", "Content-Length: 5, 5", 400, "malformed Content-Length");
  refusedFields("a digit above ASCII", "Content-Length: \xb2", 400, "malformed Content-Length");
  refusedFields("twice", "Content-Length: 5\r\nContent-Length: 6", 400, "Content-Length is repeated");
  refusedFields("twice the same", "Content-Length: 5\r\ncontent-length: 5", 400, "Content-Length is repeated");
  refusedFields("twice zero", "Content-Length: 0\r\nContent-Length: 0", 400, "Content-Length is repeated");
});

describe("Transfer-Encoding (RFC 9112, 6.1)", () => {
  acceptedOptions("chunked", "Transfer-Encoding: chunked", "host chunked");
  acceptedOptions("in any case", "transfer-encoding:CHUNKed", "host chunked");
  acceptedOptions("with blanks around it", "Transfer-Encoding: \tchunked ", "host chunked");
});

describe("Transfer-Encoding: refused", () => {
  refusedFields("empty", "Transfer-Encoding:", 400, "chunked is not the last coding");
  refusedFields("another coding", "Transfer-Encoding: gzip", 400, "chunked is not the last coding");
  refusedFields("identity", "Transfer-Encoding: identity", 400, "chunked is not the last coding");
  refusedFields("chunked first", "Transfer-Encoding: chunked, gzip", 400, "chunked is not the last coding");
  refusedFields("chunked and an empty element", "Transfer-Encoding: chunked,", 400, "chunked is not the last coding");
  refusedFields("chunked twice", "Transfer-Encoding: chunked, chunked", 400, "chunked is not the last coding");
  refusedFields(
    "chunked twice in two lines",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    400,
    "Transfer-Encoding is repeated",
  );
  refusedFields(
    "chunked, then another line",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip",
    400,
    "Transfer-Encoding is repeated",
  );
  refusedFields(
    "another line, then chunked",
    "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
    400,
    "chunked is not the last coding",
  );
  refusedFields("chunked behind another coding", "Transfer-Encoding: gzip, chunked", 501, "unknown transfer coding");
  refusedFields("the beginning of chunked", "Transfer-Encoding: chunke", 400, "chunked is not the last coding");
  refusedFields("more than chunked", "Transfer-Encoding: xchunked", 400, "chunked is not the last coding");
  refusedFields("chunked with a parameter", "Transfer-Encoding: chunked;q=1", 400, "chunked is not the last coding");
  refusedFields("chunked in quotes", 'Transfer-Encoding: "chunked"', 400, "chunked is not the last coding");
  refusedFields("chunked with a vertical tab", "Transfer-Encoding: \x0bchunked", 400, "control character");
  refusedFields(
    "beside Content-Length",
    "Content-Length: 5\r\nTransfer-Encoding: chunked",
    400,
    "Content-Length beside Transfer-Encoding",
  );
  refusedFields(
    "before Content-Length",
    "Transfer-Encoding: chunked\r\nContent-Length: 5",
    400,
    "Content-Length beside Transfer-Encoding",
  );
  refused("in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "Transfer-Encoding in HTTP/1.0");
});
