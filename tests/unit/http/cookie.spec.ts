import { secureEqualBytes, secureEquals } from "microserver/bytes/equals";
import { Output } from "microserver/bytes/output";
import { appendCookie, CookieOptions, readCookie, SameSite } from "microserver/http/cookie";
import { writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const place: usize = heap.alloc(1024);

class Cookie extends CookieOptions {
  constructor(
    public name: string,
    public value: string,
  ) {
    super();
  }

  appendTo(out: Output): void {
    appendCookie(out, this.name, this.value, this);
  }
}

class ReadRow extends Row {
  constructor(
    private field: string,
    private expected: string | null,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.field);
    writeLatin1(end, "5; a=b");
    expect(readCookie(place, end, "a")).toBe(this.expected);
  }
}

/** The value of the cookie "a". */
function reads(field: string, expected: string | null): void {
  testRow(`"${field}"`, new ReadRow(field, expected));
}

describe("a cookie of a Cookie field (RFC 6265, 4.2.1)", () => {
  reads("a=1", "1");
  reads("a=1; b=2", "1");
  reads("b=2; a=1", "1");
  reads("b=2;a=1;c=3", "1");
  reads("b=2;   a=1   ; c=3", "1");
  reads("a=1; a=2", "1");
  reads("a=", "");
  reads("a=; b=2", "");
  reads("a=b=c", "b=c");
  reads("a==", "=");
  reads("a = 1", "1");
  reads('a="1"', "1");
  reads('a=""', "");
  reads('a="', '"');
  reads('a="1', '"1');
  reads('a=1"', '1"');
  reads('a="1" x', '"1" x');
  reads("a=%41+b", "%41+b");
  reads("a=b, c", "b, c");
  reads("a=\xc3\xa9", "\xe9");
  reads("a=\xff", "\ufffd");
  reads("; ;; a=1", "1");
});

describe("a cookie that is not there", () => {
  reads("", null);
  reads("a", null);
  reads("=1", null);
  reads("b=a", null);
  reads("A=1", null);
  reads("aa=1", null);
  reads("a; b=1", null);
  reads("b=1; c=a=1", null);
  reads(";", null);
  reads("b=1;", null);
  reads("b=1; ", null);
});

function cookie(change: (cookie: Cookie) => void): string {
  const made = new Cookie("a", "1");
  change(made);
  const out = new Output();
  made.appendTo(out);
  return out.toString();
}

describe("Set-Cookie (RFC 6265, 4.1)", () => {
  it("has safe attributes unless told otherwise", () => {
    expect(cookie((c) => {})).toBe("a=1; Path=/; HttpOnly; SameSite=Lax");
  });
  it("can have none", () => {
    const text = cookie((c) => {
      c.path = "";
      c.httpOnly = false;
      c.sameSite = SameSite.UNSET;
    });
    expect(text).toBe("a=1");
  });
  it("can have all", () => {
    const text = cookie((c) => {
      c.path = "/app";
      c.domain = "example.com";
      c.maxAge = 3600;
      c.expires = 784111777;
      c.secure = true;
      c.sameSite = SameSite.STRICT;
    });
    expect(text).toBe(
      "a=1; Path=/app; Domain=example.com; Max-Age=3600; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Secure; HttpOnly; SameSite=Strict",
    );
  });
  it("deletes a cookie with Max-Age=0", () => {
    const text = cookie((c) => {
      c.value = "";
      c.maxAge = 0;
    });
    expect(text).toBe("a=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  });
  it("is sent by other sites where it is Secure and SameSite=None", () => {
    const text = cookie((c) => {
      c.secure = true;
      c.sameSite = SameSite.NONE;
    });
    expect(text).toBe("a=1; Path=/; Secure; HttpOnly; SameSite=None");
  });
  it("is read back", () => {
    const out = new Output();
    new Cookie("a", "!#$%&'()*+-./09:<=>?@AZ[]^_`az{|}~").appendTo(out);
    expect(readCookie(out.start, out.end, "a")).toBe("!#$%&'()*+-./09:<=>?@AZ[]^_`az{|}~");
  });
});

let refusedCookie: Cookie = new Cookie("a", "1");

class RefusedRow extends Row {
  constructor(private cookie: Cookie) {
    super();
  }

  check(): void {
    refusedCookie = this.cookie;
    expect(() => {
      refusedCookie.appendTo(new Output());
    }).toThrow();
  }
}

function refusedName(name: string): void {
  testRow(`name "${name}"`, new RefusedRow(new Cookie(name, "1")));
}

function refusedValue(value: string): void {
  testRow(`value "${value}"`, new RefusedRow(new Cookie("a", value)));
}

function refusedPath(path: string): void {
  const made = new Cookie("a", "1");
  made.path = path;
  testRow(`path "${path}"`, new RefusedRow(made));
}

function refusedDomain(domain: string): void {
  const made = new Cookie("a", "1");
  made.domain = domain;
  testRow(`domain "${domain}"`, new RefusedRow(made));
}

describe("Set-Cookie that is refused", () => {
  refusedName("");
  refusedName("a b");
  refusedName("a=b");
  refusedName("a;b");
  refusedName("a\r\nX: y");
  refusedName("\xe9");
  refusedName("\u0161");
  refusedValue("a b");
  refusedValue("a;b");
  refusedValue("a,b");
  refusedValue('"a"');
  refusedValue("a\\b");
  refusedValue("a\r\nX: y");
  refusedValue("a\0");
  refusedValue("\x7f");
  refusedValue("\xe9");
  refusedValue("\u0161");
  refusedPath("app");
  refusedPath("/; Secure");
  refusedPath("/\r\nX: y");
  refusedPath("/\x7f");
  refusedPath("/\u0120");
  refusedDomain("a;b");
  refusedDomain("a b");
  refusedDomain("a\r\nX: y");
  refusedDomain("\u0161.example");
  it("SameSite=None without Secure", () => {
    expect(() => {
      const made = new Cookie("a", "1");
      made.sameSite = SameSite.NONE;
      made.appendTo(new Output());
    }).toThrow();
  });
});

describe("secrets compared", () => {
  it("are equal where each character is", () => {
    expect(secureEquals("", "")).toBe(true);
    expect(secureEquals("key", "key")).toBe(true);
    expect(secureEquals("\u0161ecret", "\u0161ecret")).toBe(true);
  });
  it("differ where one of them is absent", () => {
    expect(secureEquals(null, "")).toBe(false);
    expect(secureEquals(null, "key")).toBe(false);
  });
  it("differ in length", () => {
    expect(secureEquals("key", "keys")).toBe(false);
    expect(secureEquals("keys", "key")).toBe(false);
    expect(secureEquals("", "k")).toBe(false);
  });
  it("differ where one bit does, at any length", () => {
    const other = place + 512;
    for (let length = 0; length < 40; length++) {
      memory.fill(place, 0x61, length + 1);
      memory.fill(other, 0x61, length);
      store<u8>(other + length, 0x62);
      expect(secureEqualBytes(place, other, length)).toBe(true, "what lies behind does not count");
      for (let bit = 0; bit < length * 8; bit++) {
        const at = other + (bit >> 3);
        store<u8>(at, (<u32>load<u8>(at)) ^ (1 << (bit & 7)));
        if (secureEqualBytes(place, other, length)) expect(bit).toBe(-1, `of ${length} bytes`);
        store<u8>(at, 0x61);
      }
    }
  });
});
