import { newBuffer } from "../bytes/buffer";
import { allKeys, allValues, lastValue, PairReader } from "../http/form";
import { head } from "../http/parser";
import { Route } from "../routing/route";
import { captureAt, indexOfParam } from "../server/params";
import { current } from "../server/current";

/** What a handshake asked for. */
export class Handshake {
  readonly params: WebSocketParams;
  readonly query: WebSocketQuery = new WebSocketQuery();

  constructor(readonly protocol: string) {
    this.params = new WebSocketParams(changetype<Route>(current.route));
  }
}

/** The parameters of a WebSocket's pattern: `/chat/<room>` has `room`. */
export class WebSocketParams {
  private readonly values: StaticArray<string>;

  /** Of the handshake that is current. */
  constructor(private readonly route: Route) {
    const values = new StaticArray<string>(route.params);
    for (let i = 0; i < route.params; i++) unchecked((values[i] = captureAt(i)));
    this.values = values;
  }

  /** A parameter's text, decoded. Aborts where the pattern has no such parameter. */
  get(name: string): string {
    return unchecked(this.values[indexOfParam(this.route, name, false)]);
  }

  /** The number of an `<int:…>` parameter. Aborts where the pattern has none of that name. */
  int(name: string): i32 {
    const digits = unchecked(this.values[indexOfParam(this.route, name, true)]);
    let value = 0;
    for (let i = 0; i < digits.length; i++) value = value * 10 + digits.charCodeAt(i) - 0x30;
    return value;
  }
}

/** The parameters behind the "?" of a handshake's target: see `Query`. */
export class WebSocketQuery {
  private readonly text: ArrayBuffer = newBuffer(head.queryLength);

  /** Of the handshake that is current. */
  constructor() {
    const length = <usize>head.queryLength;
    if (length) memory.copy(changetype<usize>(this.text), current.base + head.query, length);
  }

  /** The value of a key, null where it is absent. */
  get(key: string): string | null {
    return lastValue(this.pairs, key);
  }

  /** The values of a key, in the order they came. */
  all(key: string): string[] {
    return allValues(this.pairs, key);
  }

  has(key: string): bool {
    return this.get(key) !== null;
  }

  /** The keys, each once, in the order they first came. */
  keys(): string[] {
    return allKeys(this.pairs);
  }

  private get pairs(): PairReader {
    const from = changetype<usize>(this.text);
    return new PairReader(from, from + this.text.byteLength);
  }
}
