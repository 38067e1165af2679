import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Head } from "../http/head";
import { Content } from "../http/chunked";
import { content, forgetHead, head } from "../http/parser";
import { Route } from "../routing/route";
import { captures } from "../routing/router";
import { current } from "../server/current";
import { tryAlloc } from "../server/memory";

/**
 * A request as its handler sees it, kept while that waits.
 *
 *     ╒═ Content ═╤═ Head, with its fields ═╤═ captures, 8 bytes each ═╤═ bytes of head and content ═╕
 */
export class Context {
  private block: usize = 0;
  private headSize: i32 = <i32>offsetof<Head>() + ((<i32>head.fields) << 3);
  private route: Route | null = current.route;
  private decodedPath: usize = current.decodedPath;
  private decodedLength: i32 = current.decodedLength;
  private pathOwner: ArrayBuffer | null = current.pathOwner;

  constructor() {
    const route = this.route;
    const capturesSize = route ? route.params << 3 : 0;
    const fixed = <i32>offsetof<Content>() + this.headSize + capturesSize;
    const length = content.start + content.length;
    const block = tryAlloc(fixed + length);
    if (!block) fail(ascii("out of memory: a handler cannot wait"));
    this.block = block;
    memory.copy(block, changetype<usize>(content), offsetof<Content>());
    memory.copy(block + offsetof<Content>(), changetype<usize>(head), this.headSize);
    const base = block + fixed;
    memory.copy(base, current.base, length);
    let to = block + offsetof<Content>() + this.headSize;
    for (let at = captures; to < base; to += 8, at += 2 * sizeof<usize>()) {
      const from = load<usize>(at);
      const isHere = from - current.base <= <usize>length;
      store<usize>(to, isHere ? from - current.base + base : from);
      store<usize>(to, load<usize>(at, sizeof<usize>()), sizeof<usize>());
    }
  }

  /** Makes it the current request again. */
  restore(): void {
    forgetHead();
    const block = this.block;
    memory.copy(changetype<usize>(content), block, offsetof<Content>());
    let p = block + offsetof<Content>();
    memory.copy(changetype<usize>(head), p, this.headSize);
    p += this.headSize;
    const route = this.route;
    const capturesSize = route ? (<usize>route.params) << 3 : 0;
    memory.copy(captures, p, capturesSize);
    current.base = p + capturesSize;
    current.route = route;
    current.decodedPath = this.decodedPath;
    current.decodedLength = this.decodedLength;
    current.pathOwner = this.pathOwner;
  }

  free(): void {
    if (this.block) heap.free(this.block);
    this.block = 0;
  }
}
