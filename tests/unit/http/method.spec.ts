import { Method, methodName, methodOf, ROUTABLE_METHODS } from "microserver/http/method";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const text: usize = heap.alloc(64);

class MethodRow extends Row {
  constructor(
    private token: string,
    private method: i32,
  ) {
    super();
  }

  check(): void {
    writeLatin1(text, this.token + "S");
    expect(<i32>methodOf(text, this.token.length)).toBe(this.method);
    if (!this.method) return;
    const name = methodName(this.method);
    expect(readLatin1(name + 1, name + 1 + load<u8>(name))).toBe(this.token);
  }
}

function known(token: string, method: Method): void {
  testRow(token, new MethodRow(token, method));
}

function unknown(token: string): void {
  testRow(`"${token}"`, new MethodRow(token, 0));
}

describe("known methods (RFC 9110, 9.3; RFC 5789)", () => {
  known("GET", Method.GET);
  known("HEAD", Method.HEAD);
  known("POST", Method.POST);
  known("PUT", Method.PUT);
  known("DELETE", Method.DELETE);
  known("PATCH", Method.PATCH);
  known("OPTIONS", Method.OPTIONS);
  known("CONNECT", Method.CONNECT);
  known("TRACE", Method.TRACE);
});

describe("unknown methods", () => {
  unknown("");
  unknown("get");
  unknown("Get");
  unknown("GE");
  unknown("GETS");
  unknown("GEX");
  unknown("PROPFIND");
  unknown("OPTIONSS");
});

describe("methods that can have a route", () => {
  it("are all but CONNECT and TRACE", () => {
    const all = Method.GET | Method.HEAD | Method.POST | Method.PUT | Method.DELETE | Method.PATCH | Method.OPTIONS;
    expect(ROUTABLE_METHODS).toBe(all);
  });
});
