import { openMultipart } from "microserver/http/multipart";
import { writeLatin1 } from "../latin1";
import { feed, form, formOf, part, refusedForm, start, result } from "./forms";

const LINE_70 = "0123456789012345678901234567890123456789012345678901234567890123456789";

describe("multipart form (RFC 7578)", () => {
  form("a field", part('name="a"') + "1\r\n--b--\r\n", "[a|-|]1;.");
  form("two fields", part('name="a"') + "1\r\n" + part('name="b"') + "2\r\n--b--\r\n", "[a|-|]1;[b|-|]2;.");
  form(
    "a file",
    part('name="f"; filename="a.png"', "Content-Type: image/png\r\n") + "\x89PNG\r\n\x1a\n\r\n--b--\r\n",
    "[f|a.png|image/png]\x89PNG\r\n\x1a\n;.",
  );
  form("no parts", "--b--\r\n", ".");
  form("no line end behind the last boundary", part('name="a"') + "1\r\n--b--", "[a|-|]1;.");
  form("an empty field", part('name="a"') + "\r\n--b--\r\n", "[a|-|];.");
  form("a field without even a line end", part('name="a"') + "--b--\r\n", "[a|-|];.");
  form("a field without it between others", part('name="a"') + part('name="b"') + "2\r\n--b--", "[a|-|];[b|-|]2;.");
  form("a line end as data", part('name="a"') + "\r\n\r\n--b--", "[a|-|]\r\n;.");
  form("several lines", part('name="a"') + "1\r\n2\r\n\r\n3\r\n--b--", "[a|-|]1\r\n2\r\n\r\n3;.");
  form(
    "every kind of byte",
    part('name="a"') + "\0\r\n\t\x7f\x80\xff\n\r\r\n--b--",
    "[a|-|]\0\r\n\t\x7f\x80\xff\n\r;.",
  );
});

describe("multipart form: around the parts (RFC 2046, 5.1.1)", () => {
  form("a preamble", "This is a form.\r\n" + part('name="a"') + "1\r\n--b--", "[a|-|]1;.");
  form("a line end before the first boundary", "\r\n" + part('name="a"') + "1\r\n--b--", "[a|-|]1;.");
  form("a boundary within a line of the preamble", "x--b\r\n" + part('name="a"') + "1\r\n--b--", "[a|-|]1;.");
  form("hyphens in the preamble", "--\r\n--c\r\n-" + "\r\n" + part('name="a"') + "1\r\n--b--", "[a|-|]1;.");
  form("an epilogue", part('name="a"') + "1\r\n--b--\r\nbye\r\n--b\r\nX\r\n\r\n--b--", "[a|-|]1;.");
  form("blanks behind the boundaries", `--b \t\r\n${part('name="a"').substring(5)}1\r\n--b-- \t\r\n`, "[a|-|]1;.");
});

describe("multipart form: data that is nearly a boundary", () => {
  form("its beginning", part('name="a"') + "\r\n--\r\n-\r\n--c\r\n--b--", "[a|-|]\r\n--\r\n-\r\n--c;.");
  form("CR before it", part('name="a"') + "1\r\r\n--b--", "[a|-|]1\r;.");
  form("CR LF CR before it", part('name="a"') + "1\r\n\r\r\n\r\n--b--", "[a|-|]1\r\n\r\r\n;.");
  form("hyphens before it", part('name="a"') + "--\r\n--\r\n--b--", "[a|-|]--\r\n--;.");
  form("it without a line end", part('name="a"') + "1--b--\r\n--b--", "[a|-|]1--b--;.");
  form("it behind LF", part('name="a"') + "1\n--b--\r\n--b--", "[a|-|]1\n--b--;.");
  form("it behind CR", part('name="a"') + "1\r--b--\r\n--b--", "[a|-|]1\r--b--;.");
  form("in capitals", part('name="a"') + "1\r\n--B--\r\n--b--", "[a|-|]1\r\n--B--;.");
  form("at the beginning of the data", part('name="a"') + "--c\r\n--b--", "[a|-|]--c;.");
  form("a hyphen at the beginning", part('name="a"') + "-\r\n--b--", "[a|-|]-;.");
  form(
    "long runs of it",
    part('name="a"') + "\r\n--".repeat(300) + "\r\n--b--",
    "[a|-|]" + "\r\n--".repeat(300) + ";.",
  );
  form("long runs of CR", part('name="a"') + "\r".repeat(1000) + "\r\n--b--", "[a|-|]" + "\r".repeat(1000) + ";.");
});

describe("multipart form: the boundary", () => {
  formOf("b", "--b--", ".");
  formOf(LINE_70, `--${LINE_70}--`, ".");
  formOf(
    "----WebKitFormBoundary7MA4YWxkTrZu0gW",
    '------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name="a"\r\n\r\n' +
      "\r\n------WebKitFormBoundary7MA4YWxkTrZu0gX\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n",
    "[a|-|]\r\n------WebKitFormBoundary7MA4YWxkTrZu0gX;.",
  );
  formOf("a'()+_,-./:=? b", "--a'()+_,-./:=? b--", ".");
});

describe("multipart form: what a part's head says (RFC 7578, 4.2)", () => {
  form("a token as name", part("name=a") + "\r\n--b--", "[a|-|];.");
  form("names in capitals", "--b\r\nCONTENT-DISPOSITION: FORM-DATA; NAME=a\r\n\r\n\r\n--b--", "[a|-|];.");
  form("no space", "--b\r\nContent-Disposition:form-data;name=a;filename=c\r\n\r\n\r\n--b--", "[a|c|];.");
  form("blanks", "--b\r\nContent-Disposition: \t form-data ; name=a ; filename=c \t\r\n\r\n\r\n--b--", "[a|c|];.");
  form("the file name first", part('filename="x"; name="a"') + "\r\n--b--", "[a|x|];.");
  form("an empty name", part('name=""') + "\r\n--b--", "[|-|];.");
  form("no file chosen", part('name="f"; filename=""') + "\r\n--b--", "[f||];.");
  form("UTF-8", part('name="\xc3\xa9"; filename="\xe2\x82\xac.txt"') + "\r\n--b--", "[\xc3\xa9|\xe2\x82\xac.txt|];.");
  form("quotes in quotes", part('name="a\\"b\\\\"; filename="\\"c\\""') + "\r\n--b--", '[a"b\\|"c"|];.');
  form("quotes in quotes, the file first", part('filename="\\"c\\""; name="a\\"b"') + "\r\n--b--", '[a"b|"c"|];.');
  form("a semicolon in quotes", part('name="a; filename=b"') + "\r\n--b--", "[a; filename=b|-|];.");
  form("percent-encoding stays", part('name="a%22"') + "\r\n--b--", "[a%22|-|];.");
  form("other parameters", part("x=1; name=a; filename*=UTF-8''c") + "\r\n--b--", "[a|-|];.");
  form(
    "a type with parameters",
    part("name=a", "Content-Type: text/plain; charset=x\r\n") + "1\r\n--b--",
    "[a|-|text/plain; charset=x]1;.",
  );
  form("other fields", part("name=a", "X-A: 1\r\nX-B:\r\n") + "\r\n--b--", "[a|-|];.");
  form("an encoding that is none", part("name=a", "Content-Transfer-Encoding: BINARY\r\n") + "\r\n--b--", "[a|-|];.");
});

describe("multipart form: a file name has no folder", () => {
  form("of Unix", part('name=f; filename="/etc/passwd"') + "\r\n--b--", "[f|passwd|];.");
  form("above", part('name=f; filename="../../a.txt"') + "\r\n--b--", "[f|a.txt|];.");
  form("of Windows", part('name=f; filename="C:\\\\a\\\\b.txt"') + "\r\n--b--", "[f|b.txt|];.");
  form("only a folder", part('name=f; filename="a/"') + "\r\n--b--", "[f||];.");
  form("two dots", part('name=f; filename=".."') + "\r\n--b--", "[f||];.");
  form("two dots in a folder", part('name=f; filename="a/.."') + "\r\n--b--", "[f||];.");
  form("a dot", part('name=f; filename="."') + "\r\n--b--", "[f||];.");
  form("three dots", part('name=f; filename="..."') + "\r\n--b--", "[f|...|];.");
});

describe("multipart form that is refused", () => {
  refusedForm("text behind a boundary", "--bx\r\n", 400, "malformed boundary");
  refusedForm("one hyphen behind it", "--b-\r\n", 400, "malformed boundary");
  refusedForm("a hyphen behind a blank", "--b --\r\n", 400, "malformed boundary");
  refusedForm("a bare LF behind it", "--b\n", 400, "malformed boundary");
  refusedForm("a bare CR behind it", "--b\rX", 400, "malformed boundary");
  refusedForm("a part without a head", "--b\r\n\r\n1\r\n--b--", 400, "a part has no name");
  refusedForm("no disposition", "--b\r\nX: y\r\n\r\n", 400, "a part has no name");
  refusedForm("no name", part('filename="a"'), 400, "malformed Content-Disposition");
  refusedForm(
    "nothing but form-data",
    "--b\r\nContent-Disposition: form-data\r\n\r\n",
    400,
    "malformed Content-Disposition",
  );
  refusedForm("an attachment", "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n", 400, "a part is no form-data");
  refusedForm("an open quote", part('name="a'), 400, "malformed Content-Disposition");
  refusedForm("an open quote of a file", part('name="a"; filename="x'), 400, "malformed Content-Disposition");
  refusedForm("an empty disposition", "--b\r\nContent-Disposition:\r\n\r\n", 400, "a part is no form-data");
  refusedForm(
    "two dispositions",
    part("name=a", "Content-Disposition: form-data; name=b\r\n"),
    400,
    "Content-Disposition is repeated",
  );
  refusedForm(
    "base64",
    part("name=a", "Content-Transfer-Encoding: base64\r\n"),
    400,
    "unknown transfer encoding of a part",
  );
  refusedForm("no colon", part("name=a", "X\r\n"), 400, "malformed field line of a part");
  refusedForm("a space before the colon", part("name=a", "X : y\r\n"), 400, "malformed field line of a part");
  refusedForm("no field name", part("name=a", ": y\r\n"), 400, "malformed field line of a part");
  refusedForm("a folded line", part("name=a", " y\r\n"), 400, "malformed field line of a part");
  refusedForm("NUL", part('name="\0"'), 400, "control character in a part");
  refusedForm("a bare LF", part("name=a", "X: y\nZ: y\r\n"), 400, "control character in a part");
  refusedForm("DEL", part("name=a", "X: \x7f\r\n"), 400, "control character in a part");
  refusedForm("a bare CR", part("name=a", "X: y\rZ\r\n"), 400, "bare CR in a part's field lines");
  refusedForm(
    "a field line that does not end",
    part("name=a", "X: " + "y".repeat(2000)),
    400,
    "field lines of a part are too long",
  );
  refusedForm(
    "too many field lines",
    part("name=a", "X: y\r\n".repeat(200)),
    400,
    "field lines of a part are too long",
  );
  refusedForm("too many parts", part("name=a").repeat(33), 413, "too many parts");
});

describe("multipart form: field lines of 1024 bytes", () => {
  const fixed = "Content-Disposition: form-data; name=a\r\nX: \r\n\r\n".length;
  form("are the most", part("name=a", "X: " + "y".repeat(1024 - fixed) + "\r\n") + "\r\n--b--", "[a|-|];.");
  refusedForm(
    "and 1025 too many",
    part("name=a", "X: " + "y".repeat(1025 - fixed) + "\r\n"),
    400,
    "field lines of a part are too long",
  );
});

describe("multipart form: 32 parts", () => {
  form("are the most", (part("name=a") + "\r\n").repeat(32) + "--b--", "[a|-|];".repeat(32) + ".");
});

describe("multipart form that is cut off", () => {
  it("is not whole, whatever is missing", () => {
    const content = "x\r\n" + part('name="a"; filename="b"', "X: y\r\n") + "1\r\n--b--";
    for (let length = 0; length < content.length; length++) {
      start("b", content);
      expect(feed(0, length)).toBe(true, `${length} bytes`);
      expect(result().endsWith(".")).toBe(false, `${length} bytes`);
    }
  });
});

describe("multipart form: data of chance", () => {
  it("comes out as it went in, in pieces of any size", () => {
    const pieces = [
      "\r\n--boundar",
      "\r\n--",
      "\r\n",
      "\r",
      "\n",
      "-",
      "--boundary",
      "y",
      "\r\n--boundar\r\n--bound",
      "a",
    ];
    let seed: u32 = 12345;
    for (let round = 0; round < 200; round++) {
      let data = "";
      let expected = "";
      for (let i = 0; i < 12; i++) {
        seed = seed * 1664525 + 1013904223;
        const next = expected + pieces[(seed >> 16) % pieces.length];
        if (!("\r\n" + next).includes("\r\n--boundary")) expected = next;
      }
      data = '--boundary\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + expected + "\r\n--boundary--";
      start("boundary", data);
      for (let at = 0; at < data.length;) {
        seed = seed * 1664525 + 1013904223;
        const to = min(data.length, at + 1 + <i32>((seed >> 16) % 17));
        expect(feed(at, to)).toBe(true);
        at = to;
      }
      expect(result()).toBe("[a|-|]" + expected + ";.");
    }
  });
});

function opens(type: string): bool {
  const place = heap.alloc(256);
  const end = writeLatin1(place, type);
  writeLatin1(end, "b");
  const reader = openMultipart(place, end);
  heap.free(place);
  return reader !== null;
}

describe("multipart form: its Content-Type", () => {
  it("names the boundary", () => {
    expect(opens("multipart/form-data; boundary=b")).toBe(true);
    expect(opens('Multipart/Form-Data;charset=utf-8; BOUNDARY="b c"')).toBe(true);
    expect(opens(`multipart/form-data; boundary=${LINE_70}`)).toBe(true);
  });
  it("is of another kind", () => {
    expect(opens("")).toBe(false);
    expect(opens("multipart/mixed; boundary=b")).toBe(false);
    expect(opens("application/x-www-form-urlencoded")).toBe(false);
  });
  it("has no boundary that can be one", () => {
    expect(opens("multipart/form-data")).toBe(false);
    expect(opens("multipart/form-data; boundary=")).toBe(false);
    expect(opens('multipart/form-data; boundary=""')).toBe(false);
    expect(opens('multipart/form-data; boundary="b ')).toBe(false);
    expect(opens('multipart/form-data; boundary="b "')).toBe(false);
    expect(opens(`multipart/form-data; boundary=${LINE_70}1`)).toBe(false);
  });
});
