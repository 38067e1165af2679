import { allKeys, allValues, lastValue, PairReader } from "../http/form";
import { head } from "../http/parser";
import { current } from "./current";

/**
 * The parameters behind the "?" of a target, as `key=value&key=value`; "+" is a space, a key alone has the value "".
 * Where a key is repeated, the last one counts, and `all` has every one.
 */
export class Query {
  /** The value of a key, null where it is absent. */
  get(key: string): string | null {
    return lastValue(pairs(), key);
  }

  /** The values of a key, in the order they came. */
  all(key: string): string[] {
    return allValues(pairs(), key);
  }

  has(key: string): bool {
    return this.get(key) !== null;
  }

  /** The keys, each once, in the order they first came. */
  keys(): string[] {
    return allKeys(pairs());
  }
}

/** The pairs of the current request's query. */
function pairs(): PairReader {
  const from = current.base + head.query;
  return new PairReader(from, from + head.queryLength);
}
