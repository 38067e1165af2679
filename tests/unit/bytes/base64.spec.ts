import { base64Length, decodeBase64, encodeBase64 } from "microserver/bytes/base64";
import { DIGEST_SIZE, sha1 } from "microserver/bytes/sha1";
import { readLatin1, writeLatin1 } from "../latin1";

const place: usize = heap.alloc(4096);
const result: usize = heap.alloc(4096);

function encoded(bytes: string): string {
  writeLatin1(place, bytes);
  memory.fill(result, 0x78, 1024);
  const end = encodeBase64(place, bytes.length, result);
  expect(<i32>(end - result)).toBe(base64Length(bytes.length));
  expect(load<u8>(end)).toBe(0x78, "what lies behind");
  return readLatin1(result, end);
}

/** The bytes, or "refused". */
function decoded(text: string): string {
  writeLatin1(place, text);
  const length = decodeBase64(place, text.length, result);
  return length < 0 ? "refused" : readLatin1(result, result + length);
}

function isRefused(text: string): bool {
  return decoded(text) == "refused";
}

describe("base64 (RFC 4648)", () => {
  it("has the test vectors of section 10", () => {
    const texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
    const forms = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
    for (let i = 0; i < texts.length; i++) {
      expect(encoded(texts[i])).toBe(forms[i]);
      expect(decoded(forms[i])).toBe(texts[i]);
    }
  });
  it("has the alphabet of table 1", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    expect(encoded(decoded(alphabet))).toBe(alphabet);
    expect(decoded(alphabet).substring(0, 3)).toBe("\0\x10\x83");
  });
  it("decodes what it encoded, of all lengths and bytes", () => {
    for (let length = 0; length < 300; length++) {
      for (let i = 0; i < length; i++) store<u8>(place + i, i * 7 + length);
      const bytes = readLatin1(place, place + length);
      expect(decoded(encoded(bytes))).toBe(bytes);
    }
  });
  it("decodes in place", () => {
    writeLatin1(place, "Zm9vYmE=");
    expect(decodeBase64(place, 8, place)).toBe(5);
    expect(readLatin1(place, place + 5)).toBe("fooba");
  });
});

describe("base64: refused", () => {
  it("characters outside the alphabet, wherever they are", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (let code = 0; code < 256; code++) {
      const character = String.fromCharCode(code);
      if (alphabet.includes(character)) {
        expect(isRefused(character.repeat(4))).toBe(false, `character ${code}`);
        continue;
      }
      expect(isRefused(character + "AAA")).toBe(true, `character ${code}, first`);
      expect(isRefused("AA" + character + "A")).toBe(true, `character ${code}, third`);
      if (character != "=") expect(isRefused("AAA" + character)).toBe(true, `character ${code}, last`);
    }
  });
  it("padding that is missing", () => {
    expect(isRefused("Zg")).toBe(true);
    expect(isRefused("Zg=")).toBe(true);
    expect(isRefused("Zm8")).toBe(true);
    expect(isRefused("Z")).toBe(true);
  });
  it("padding that is too much or in the middle", () => {
    expect(isRefused("Z===")).toBe(true);
    expect(isRefused("====")).toBe(true);
    expect(isRefused("Zm9v====")).toBe(true);
    expect(isRefused("Zg==Zg==")).toBe(true);
    expect(isRefused("Z=g=")).toBe(true);
  });
  it("unused bits that are set", () => {
    expect(isRefused("Zh==")).toBe(true);
    expect(isRefused("Zm9=")).toBe(true);
    expect(isRefused("AB==")).toBe(true);
    expect(isRefused("AAB=")).toBe(true);
  });
  it("blanks and line ends", () => {
    expect(isRefused("Zm9v\r\n")).toBe(true);
    expect(isRefused("Zm9v YmFy")).toBe(true);
    expect(isRefused("Zm9\n")).toBe(true);
  });
});

function digest(text: string): string {
  writeLatin1(place, text);
  sha1(place, text.length, result);
  let hex = "";
  for (let i = 0; i < DIGEST_SIZE; i++) {
    const byte = load<u8>(result + i);
    hex += (byte >> 4).toString(16) + (byte & 15).toString(16);
  }
  return hex;
}

describe("SHA-1 (FIPS 180-4)", () => {
  it("has the published examples", () => {
    expect(digest("")).toBe("da39a3ee5e6b4b0d3255bfef95601890afd80709");
    expect(digest("abc")).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
    expect(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
    );
  });
  it("pads every length around a block", () => {
    expect(digest("a".repeat(55))).toBe("c1c8bbdc22796e28c0e15163d20899b65621d65a");
    expect(digest("a".repeat(56))).toBe("c2db330f6083854c99d4b5bfb6e8f29f201be699");
    expect(digest("a".repeat(63))).toBe("03f09f5b158a7a8cdad920bddc29b81c18a551f5");
    expect(digest("a".repeat(64))).toBe("0098ba824b5c16427bd7a1122a5a442a25ec644d");
    expect(digest("a".repeat(65))).toBe("11655326c708d70319be2610e8a57d9a5b959d3b");
    expect(digest("a".repeat(119))).toBe("ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56");
    expect(digest("a".repeat(120))).toBe("f34c1488385346a55709ba056ddd08280dd4c6d6");
    expect(digest("a".repeat(128))).toBe("ad5b3fdbcb526778c2839d2f151ea753995e26a0");
    expect(digest("a".repeat(1000))).toBe("291e9a6c66994949b57ba5e650361e98fc36b1ba");
  });
  it("writes over what it read", () => {
    writeLatin1(place, "abc");
    sha1(place, 3, place);
    expect(load<u32>(place)).toBe(0x363e99a9);
  });
});
