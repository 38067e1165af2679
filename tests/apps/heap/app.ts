// An app that makes garbage of all sizes, keeps some of it, and looks at what it kept.

import { MicroServer, Request, Response } from "microserver";
import { Flag } from "microserver/abi";
import { host } from "microserver/server/window";

export const app = new MicroServer();
app.maxKeepAliveRequests = 1_000_000;

class Kept {
  text: string = "";
  numbers: i32[] = [];
  other: Kept | null = null;

  constructor(readonly seed: i32) {
    this.text = `kept ${seed} `.repeat(1 + (seed & 31));
    for (let i = 0; i < (seed & 127); i++) this.numbers.push(seed + i);
  }

  get isWhole(): bool {
    if (this.text != `kept ${this.seed} `.repeat(1 + (this.seed & 31))) return false;
    if (this.numbers.length != (this.seed & 127)) return false;
    for (let i = 0; i < this.numbers.length; i++) if (this.numbers[i] != this.seed + i) return false;
    return true;
  }
}

const slots = new StaticArray<Kept | null>(16);
let state: u32 = 1;

/** A number below `limit`, the same ones in each run. */
function random(limit: u32): i32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return <i32>(state % limit);
}

/** Lets one refer to another, and that to none: so there are no chains. */
function refer(kept: Kept, other: Kept | null): void {
  kept.other = other;
  if (other) other.other = null;
}

/** Does `steps` things at random; says what was not as it was left. */
app.get("/churn/<int:steps>", (req) => {
  for (let i = req.params.int("steps"); i > 0; i--) {
    const slot = random(slots.length);
    const kept = slots[slot];
    if (kept) {
      if (!kept.isWhole) return Response.plain(`slot ${slot} is torn`);
      const other = kept.other;
      if (other && !other.isWhole) return Response.plain(`what slot ${slot} refers to is torn`);
    }
    const what = random(8);
    if (what < 2) slots[slot] = new Kept(random(10_000));
    else if (what == 2) slots[slot] = null;
    else if (what == 3 && kept) refer(kept, slots[random(slots.length)]);
    else if (what == 4 && kept) kept.other = null;
    else if (what == 5) new ArrayBuffer(random(900));
    else heap.free(heap.alloc(random(700)));
  }
  if (random(3) == 0) host.flags |= <u32>Flag.COLLECT;
  return Response.plain("whole");
});

app.get("/clear", (req) => {
  for (let i = 0; i < slots.length; i++) slots[i] = null;
  return Response.plain("");
});

/** Bytes of the heap that are free; asked for twice, the second answer leaves garbage out. */
app.get("/free", (req) => {
  host.flags |= <u32>Flag.COLLECT;
  return Response.plain(__freeMemory().toString());
});


@json
class Item {
  name: string = "none";
  on: bool = true;
  price: f64 = 1.5;
  share: f32 = 0;
  id: i32 = -1;
  count: u8 = 0;
  total: u64 = 0;
  aLongNameOfAField: i32 = 0;
}


@json
class Made {
  id: i32 = 0;
  tags: string[] = [];
}


@json
class Order {
  place: string = "";
  items: Item[] = [];
  made: Made[] = [];
  last: Item | null = null;
}

/** Reads an order and writes it again. */
app.post("/order", (req: Request) => {
  const order = req.json<Order>();
  return order === null ? Response.error(req.jsonError, 400) : Response.json(order);
});
