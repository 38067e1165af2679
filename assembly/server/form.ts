import { ascii } from "../bytes/ascii";
import { allKeys, allValues, lastValue, PairReader } from "../http/form";
import { isMediaType } from "../http/media_type";
import { content, head } from "../http/parser";
import { current } from "./current";
import { fieldValue, findField } from "./fields";

/**
 * The fields of a form in application/x-www-form-urlencoded content; content of another type has none. "+" is a space, a
 * field alone has the value "". Where one is repeated, the last one counts, and `all` has every one.
 */
export class Form {
  /** The value of a field, null where it is absent. */
  get(name: string): string | null {
    return lastValue(pairs(), name);
  }

  /** The values of a field, in the order they came. */
  all(name: string): string[] {
    return allValues(pairs(), name);
  }

  has(name: string): bool {
    return this.get(name) !== null;
  }

  /** The names, each once, in the order they first came. */
  keys(): string[] {
    return allKeys(pairs());
  }
}

/** The pairs of the current request's content. */
function pairs(): PairReader {
  const from = current.base + content.start;
  return new PairReader(from, isForm() ? from + content.length : from);
}

function isForm(): bool {
  const i = findField(ascii("content-type"));
  if (i < 0) return false;
  const from = fieldValue(i);
  return isMediaType(from, from + head.fieldAt(i).valueLength, ascii("application/x-www-form-urlencoded"));
}
