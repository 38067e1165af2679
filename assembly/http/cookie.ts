import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { decodeText } from "../bytes/text";
import { beforeBlanks, behindBlanks } from "./blanks";
import { DATE_LENGTH, writeDate } from "./date";
import { isTokenCharacter } from "./token";

// @ts-ignore: decorator
@inline const SEMICOLON: u32 = 0x3b;
// @ts-ignore: decorator
@inline const EQUALS: u32 = 0x3d;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;

/**
 * The value of a cookie in the Cookie field value [from, end) (RFC 6265 §4.2.1), without quotes around it; null where there
 * is none of that name. Names are case-sensitive. The first counts: clients send the one with the longest path first.
 */
export function readCookie(from: usize, end: usize, name: string): string | null {
  for (let p = from; p < end; p++) {
    const pair = behindBlanks(p, end);
    let equals: usize = 0;
    for (p = pair; p < end && load<u8>(p) != SEMICOLON; p++) if (load<u8>(p) == EQUALS && !equals) equals = p;
    if (!equals || !isText(pair, beforeBlanks(pair, equals), name)) continue;
    let value = behindBlanks(equals + 1, p);
    let valueEnd = beforeBlanks(value, p);
    if (valueEnd >= value + 2 && load<u8>(value) == QUOTE && load<u8>(valueEnd - 1) == QUOTE) {
      value++;
      valueEnd--;
    }
    return decodeText(value, <i32>(valueEnd - value));
  }
  return null;
}

/** Which requests from other sites bring a cookie along. */
export const enum SameSite {
  /** The attribute is not sent; browsers then take it for LAX. */
  UNSET,
  /** All of them; browsers ask for `secure` then. */
  NONE,
  /** Only those that lead the user to the page. */
  LAX,
  /** None. */
  STRICT,
}

/** How a cookie is set (RFC 6265 §4.1). */
export class CookieOptions {
  /** The paths it is sent for; the folder of the request's path where it is empty. */
  path: string = "/";
  /** The host whose subdomains get it as well; only the host that set it where it is empty. */
  domain: string = "";
  /** How long it is kept, in s: 0 deletes it, below 0 it is kept until the browser ends, or until `expires`. */
  maxAge: i32 = -1;
  /** When it ends, in s since 1970-01-01, for clients that know no Max-Age; 0 where that is not said. */
  expires: u32 = 0;
  /** Whether it is sent on encrypted connections alone. */
  secure: bool = false;
  /** Whether the page's scripts are kept from it. */
  httpOnly: bool = true;
  sameSite: SameSite = SameSite.LAX;
}

/**
 * Appends the value of a Set-Cookie field. The cookie's name is a token, its value of printable ASCII without space, quotes,
 * comma, semicolon and backslash: encode others. Aborts where a part of it is malformed.
 */
export function appendCookie(out: Output, name: string, value: string, options: CookieOptions): void {
  if (!name.length || !isMadeOf(name, Characters.TOKEN)) fail(ascii("a cookie's name must be a token: "), name);
  if (!isMadeOf(value, Characters.COOKIE)) {
    fail(ascii("encode the value, it has characters that a cookie cannot have: "), name);
  }
  if (!isMadeOf(options.path, Characters.PATH) || (options.path.length && options.path.charCodeAt(0) != 0x2f)) {
    fail(ascii("a cookie's path must begin with / and have no ; or control characters: "), name);
  }
  if (!isMadeOf(options.domain, Characters.DOMAIN)) fail(ascii("a cookie's domain must be a host name: "), name);
  if (options.sameSite == SameSite.NONE && !options.secure)
    fail(ascii("browsers want Secure with SameSite=None: "), name);

  out.text(name);
  out.byte(EQUALS);
  out.text(value);
  if (options.path.length) {
    out.ascii(ascii("; Path="));
    out.text(options.path);
  }
  if (options.domain.length) {
    out.ascii(ascii("; Domain="));
    out.text(options.domain);
  }
  if (options.maxAge >= 0) {
    out.ascii(ascii("; Max-Age="));
    out.int(options.maxAge);
  }
  if (options.expires) {
    out.ascii(ascii("; Expires="));
    writeDate(out.reserve(DATE_LENGTH), options.expires);
    out.end += DATE_LENGTH;
  }
  if (options.secure) out.ascii(ascii("; Secure"));
  if (options.httpOnly) out.ascii(ascii("; HttpOnly"));
  if (options.sameSite == SameSite.NONE) out.ascii(ascii("; SameSite=None"));
  else if (options.sameSite == SameSite.LAX) out.ascii(ascii("; SameSite=Lax"));
  else if (options.sameSite == SameSite.STRICT) out.ascii(ascii("; SameSite=Strict"));
}

const enum Characters {
  TOKEN,
  COOKIE,
  PATH,
  DOMAIN,
}

function isMadeOf(text: string, characters: Characters): bool {
  for (let i = 0; i < text.length; i++) if (!isOne(text.charCodeAt(i), characters)) return false;
  return true;
}

function isOne(code: u32, characters: Characters): bool {
  if (characters == Characters.TOKEN) return isTokenCharacter(code);
  if (characters == Characters.PATH) return code - 0x20 < 0x5f && code != SEMICOLON;
  if (characters == Characters.DOMAIN) {
    return (code | 0x20) - 0x61 < 26 || code - 0x30 < 10 || code == 0x2d || code == 0x2e;
  }
  return code - 0x21 < 0x5e && code != QUOTE && code != COMMA && code != SEMICOLON && code != BACKSLASH;
}

/** Whether [from, end) is `name`, a token. */
function isText(from: usize, end: usize, name: string): bool {
  const length = name.length;
  if (end - from != length) return false;
  for (let i = 0; i < length; i++) if (load<u8>(from + i) != name.charCodeAt(i)) return false;
  return true;
}
