import { peer } from "../abi";
import { ascii } from "../bytes/ascii";
import { secureEqualBytes } from "../bytes/equals";
import { checkSetting } from "../server/check_setting";
import { current } from "../server/current";
import { failure } from "../server/dispatch";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { host } from "../server/window";
import { Next } from "./chain";
import { Middleware } from "./middleware";

// A client in the table:
//
//     ╒═ address, 48 bytes ════════╤═ full u32 ═╤═ used u32 ═╕
//     │ as text, zeros behind it   │ ms         │ ms         │
//     └────────────────────────────┴────────────┴────────────┘
//     full: when it may make all its requests at once again; used: when it came last

// @ts-ignore: decorator
@inline const ADDRESS_SIZE: usize = 48;
// @ts-ignore: decorator
@inline const FULL: usize = 48;
// @ts-ignore: decorator
@inline const USED: usize = 52;
// @ts-ignore: decorator
@inline const CLIENT_SIZE: usize = 56;
// @ts-ignore: decorator
@inline const MAX_CLIENTS: i32 = 1000;
// @ts-ignore: decorator
@inline const MAX_SECONDS: i32 = 86400;

/**
 * Lets each IP address make so many `requests` in so many `seconds`: at once, then one as each `seconds / requests` passes. 429
 * with Retry-After above. Who has not come for longest makes room in a table that is full.
 */
export class RateLimit extends Middleware {
  /** At most 1,000 a second. */
  requests: i32 = 60;
  /** 1 to 86,400. */
  seconds: i32 = 60;
  /** Addresses that are remembered, 56 bytes each; 1 to 1,000. */
  clients: i32 = 32;

  private table: usize = 0;
  /** Behind the clients that are known. */
  private end: usize = 0;
  /** ms that a request costs, and how many may be owed. */
  private cost: u32 = 0;
  private limit: u32 = 0;

  prepare(): void {
    if (this.table) return;
    this.limit = checkSetting(ascii("RateLimit.seconds"), this.seconds, 1, MAX_SECONDS) * 1000;
    checkSetting(ascii("RateLimit.requests"), this.requests, 1, this.limit);
    checkSetting(ascii("RateLimit.clients"), this.clients, 1, MAX_CLIENTS);
    this.cost = this.limit / this.requests;
    this.limit = this.cost * this.requests;
    this.table = heap.alloc(<usize>this.clients * CLIENT_SIZE + ADDRESS_SIZE);
    this.end = this.table;
  }

  handle(request: Request, next: Next): Response {
    const client = this.client();
    const now = host.now;
    let owed = load<u32>(client, FULL) - now;
    if (owed > this.limit) owed = 0;
    store<u32>(client, now, USED);
    owed += this.cost;
    if (owed <= this.limit) {
      store<u32>(client, now + owed, FULL);
      return next.run(request);
    }
    const response = failure(429);
    const fields = response.fields;
    fields.ascii(ascii("Retry-After: "));
    fields.int((owed - this.limit + 999) / 1000);
    fields.ascii(ascii("\r\n"));
    return response;
  }

  /** The client of the current request. */
  private client(): usize {
    const table = this.table;
    const wanted = table + <usize>this.clients * CLIENT_SIZE;
    memory.fill(wanted, 0, ADDRESS_SIZE);
    peer(current.conn, wanted, <i32>ADDRESS_SIZE);
    const now = host.now;
    let oldest = table;
    let age: u32 = 0;
    let p = table;
    for (const end = this.end; p < end; p += CLIENT_SIZE) {
      if (load<u64>(p, 8) == load<u64>(wanted, 8) && secureEqualBytes(p, wanted, <i32>ADDRESS_SIZE)) return p;
      const idle = now - load<u32>(p, USED);
      if (idle < age) continue;
      age = idle;
      oldest = p;
    }
    if (p == wanted) p = oldest;
    else this.end = p + CLIENT_SIZE;
    memory.copy(p, wanted, ADDRESS_SIZE);
    store<u32>(p, now, FULL);
    return p;
  }
}
