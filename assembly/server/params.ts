import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { decodeText } from "../bytes/text";
import { HeadFlag } from "../http/head";
import { head } from "../http/parser";
import { componentText } from "../http/url";
import { CLOSE, COLON, OPEN } from "../routing/pattern";
import { Route } from "../routing/route";
import { captures } from "../routing/router";
import { current } from "./current";

/** What only "int" of the parameter types begins with. */
// @ts-ignore: decorator
@inline const INT_INITIAL: u32 = 0x69;

/** The parameters of the route's pattern: `/users/<int:id>` has `id`. */
export class Params {
  /** A parameter's text, decoded. Aborts where the pattern has no such parameter. */
  get(name: string): string {
    const at = find(name, false);
    const from = load<usize>(at);
    const length = load<usize>(at, sizeof<usize>());
    return decodePiece(from, length);
  }

  /** The number of an `<int:…>` parameter. Aborts where the pattern has none of that name. */
  int(name: string): i32 {
    const at = find(name, true);
    let p = load<usize>(at);
    let value = 0;
    for (const end = p + load<usize>(at, sizeof<usize>()); p < end; p++) value = value * 10 + load<u8>(p) - 0x30;
    return value;
  }
}

/** Text of a captured piece of the path. */
export function decodePiece(from: usize, length: usize): string {
  return head.has(HeadFlag.ESCAPED) ? componentText(from, from + length, false) : decodeText(from, <i32>length);
}

/** What was asked for last, and where it is: mostly it is asked for again. */
// @ts-ignore: decorator
@lazy let lastRoute: Route | null = null;
// @ts-ignore: decorator
@lazy let lastName: string = "";
// @ts-ignore: decorator
@lazy let lastIsInt: bool = false;
// @ts-ignore: decorator
@lazy let lastFound: usize = 0;

/** Address of a parameter's capture; with `isInt` of an `<int:…>` parameter's. */
function find(name: string, isInt: bool): usize {
  const route = current.route;
  if (
    changetype<usize>(name) != changetype<usize>(lastName) ||
    changetype<usize>(route) != changetype<usize>(lastRoute) ||
    isInt != lastIsInt
  ) {
    lastFound = captures + <usize>indexOfParam(route, name, isInt) * 2 * sizeof<usize>();
    lastRoute = route;
    lastName = name;
    lastIsInt = isInt;
  }
  return lastFound;
}

/** Which of a route's parameters is called `name`; with `isInt` of `<int:…>` ones. Aborts where there is none. */
export function indexOfParam(route: Route | null, name: string, isInt: bool): i32 {
  const pattern = route ? route.pattern : "";
  const nameSize = (<usize>name.length) << 1;
  let p = changetype<usize>(pattern);
  let index = 0;
  for (const end = p + ((<usize>pattern.length) << 1); p < end; p += 2) {
    if (load<u16>(p) != OPEN) continue;
    let from = p + 2;
    let typed = false;
    for (p = from; load<u16>(p) != CLOSE; p += 2) {
      if (load<u16>(p) != COLON) continue;
      typed = load<u16>(from) == INT_INITIAL;
      from = p + 2;
    }
    if (p - from == nameSize && (typed || !isInt) && memory.compare(from, changetype<usize>(name), nameSize) == 0) {
      return index;
    }
    index++;
  }
  fail(isInt ? ascii("the route has no <int:…> parameter ") : ascii("the route has no parameter "), name);
  return 0;
}

/** Text of the parameter `index`, decoded. */
export function captureAt(index: i32): string {
  const at = captures + <usize>index * 2 * sizeof<usize>();
  return decodePiece(load<usize>(at), load<usize>(at, sizeof<usize>()));
}
