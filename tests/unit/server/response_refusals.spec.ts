import { Response } from "microserver/server/response";
import { Row, testRow } from "../table";

let name = "";
let value = "";

class RefusedField extends Row {
  constructor(
    private name: string,
    private value: string,
  ) {
    super();
  }

  check(): void {
    name = this.name;
    value = this.value;
    expect(() => {
      Response.empty().header(name, value);
    }).toThrow();
  }
}

class RefusedValue extends Row {
  constructor(
    private value: string,
    private use: () => void,
  ) {
    super();
  }

  check(): void {
    value = this.value;
    expect(this.use).toThrow();
  }
}

function refusedName(what: string, name: string): void {
  testRow(what, new RefusedField(name, "value"));
}

/** Every kind of value that would end the line it stands in. */
function refusedValues(use: () => void): void {
  testRow("with CR LF", new RefusedValue("a\r\nX: b", use));
  testRow("with CR", new RefusedValue("a\rb", use));
  testRow("with LF", new RefusedValue("a\nb", use));
  testRow("with NUL", new RefusedValue("a\0b", use));
  testRow("with LF at its start", new RefusedValue("\na", use));
  testRow("with CR at its end", new RefusedValue("a\r", use));
}

describe("field names that are refused", () => {
  refusedName("empty", "");
  refusedName("a space", "X A");
  refusedName("a space at its end", "X-A ");
  refusedName("a colon", "X-A:");
  refusedName("CR LF", "X-A\r\nX-B");
  refusedName("LF", "X\nA");
  refusedName("NUL", "X\0A");
  refusedName("a character above ASCII", "X-é");
  refusedName("a character that ends like one of a token", "X-\u0141");
  refusedName("a parenthesis", "X(A)");
});

describe("fields that the server itself sets", () => {
  refusedName("Content-Length", "Content-Length");
  refusedName("Transfer-Encoding", "Transfer-Encoding");
  refusedName("Connection", "Connection");
  refusedName("Keep-Alive", "Keep-Alive");
  refusedName("Date", "Date");
  refusedName("Server", "Server");
  refusedName("in any case", "cOnTeNt-LeNgTh");
});

describe("a field value that is refused", () => {
  refusedValues(() => {
    Response.empty().header("X-A", value);
  });
});

describe("a Content-Type that is refused", () => {
  refusedValues(() => {
    Response.plain("hi").header("Content-Type", value);
  });
});

describe("a Content-Type of a new Response that is refused", () => {
  refusedValues(() => {
    new Response("hi", 200, value);
  });
});

describe("a Content-Type of bytes that is refused", () => {
  refusedValues(() => {
    Response.bytes(new Uint8Array(1), value);
  });
});

describe("a Location that is refused", () => {
  refusedValues(() => {
    Response.redirect(value);
  });
});
