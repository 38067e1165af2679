import { ascii } from "../bytes/ascii";
import { readCookie } from "../http/cookie";
import { head } from "../http/parser";
import { fieldValue, findField } from "./fields";

/** The cookies that a request brings (RFC 6265 §5.4). */
export class Cookies {
  /** The value of a cookie, without quotes around it; null where there is none of that name. Names are case-sensitive. */
  get(name: string): string | null {
    const field = ascii("cookie");
    for (let i = findField(field); i >= 0; i = findField(field, i + 1)) {
      const from = fieldValue(i);
      const value = readCookie(from, from + head.fieldAt(i).valueLength, name);
      if (value !== null) return value;
    }
    return null;
  }

  has(name: string): bool {
    return this.get(name) !== null;
  }
}
