import { ascii } from "microserver/bytes/ascii";
import { equalsIgnoreCase, isHostCharacter, isTokenCharacter } from "microserver/http/token";
import { writeLatin1 } from "../latin1";

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const TOKEN = LETTERS_AND_DIGITS + "!#$%&'*+-.^_`|~";
/** Unreserved characters, sub-delimiters and what percent-encoding needs; no comma, which joins field lines. */
const HOST = LETTERS_AND_DIGITS + "-._~!$&'()*+;=%:";

const text: usize = heap.alloc(64);

function equals(bytes: string): bool {
  writeLatin1(text, bytes);
  return equalsIgnoreCase(text, bytes.length, ascii("a-z{@"));
}

describe("characters", () => {
  it("of a token (RFC 9110, 5.6.2)", () => {
    for (let code = 0; code < 512; code++) {
      expect(isTokenCharacter(code)).toBe(TOKEN.includes(String.fromCharCode(code)), `character ${code}`);
    }
  });
  it("of a host (RFC 3986, 3.2.2)", () => {
    for (let code = 0; code < 512; code++) {
      expect(isHostCharacter(code)).toBe(HOST.includes(String.fromCharCode(code)), `character ${code}`);
    }
  });
});

describe("equality without regard to case", () => {
  it("holds for the same text", () => {
    expect(equals("a-z{@")).toBe(true);
  });
  it("holds for letters of the other case", () => {
    expect(equals("A-Z{@")).toBe(true);
  });
  it("does not hold for what differs from a letter by that bit alone", () => {
    expect(equals("a-z[@")).toBe(false);
    expect(equals("a-z{`")).toBe(false);
    expect(equals("a\rz{@")).toBe(false);
  });
  it("does not hold for a longer or shorter text", () => {
    expect(equals("a-z{")).toBe(false);
    expect(equals("a-z{@@")).toBe(false);
    expect(equals("")).toBe(false);
  });
  it("does not hold for a byte above ASCII", () => {
    expect(equals("\xc1-z{@")).toBe(false);
    expect(equals("\xe1-z{@")).toBe(false);
  });
});
