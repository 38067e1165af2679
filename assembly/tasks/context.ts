import { Head } from "../http/head";
import { Content } from "../http/chunked";
import { content, forgetHead, head } from "../http/parser";
import { Link, Route } from "../routing/route";
import { allowedMethods, captures, restoreAllowedMethods } from "../routing/router";
import { current } from "../server/current";
import { releaseBuffer, spareBuffer } from "../server/memory";

/**
 * A request as its handler sees it, kept while that waits.
 *
 *     ╒═ Content ═╤═ Head, with its fields ═╤═ captures, 8 bytes each ═╤═ bytes of head and content ═╕
 */
export class Context {
  private readonly block: ArrayBuffer;
  private readonly headSize: i32;
  private readonly route: Route | null = current.route;
  private readonly allowedMethods: i32 = allowedMethods;
  /** Middleware that comes next where it goes on. */
  private link: Link | null = null;
  private readonly decodedPath: usize = current.decodedPath;
  private readonly decodedLength: i32 = current.decodedLength;
  private readonly pathOwner: ArrayBuffer | null = current.pathOwner;

  /** Keeps the current request. Aborts where memory is short. */
  constructor() {
    const headSize = <i32>offsetof<Head>() + ((<i32>head.fields) << 3);
    const fixed = <i32>offsetof<Content>() + headSize + capturesSize();
    const length = content.start + content.length;
    const owner = spareBuffer(fixed + length);
    this.block = owner;
    this.headSize = headSize;
    const block = changetype<usize>(owner);
    memory.copy(block, changetype<usize>(content), offsetof<Content>());
    memory.copy(block + offsetof<Content>(), changetype<usize>(head), headSize);
    const base = block + fixed;
    memory.copy(base, current.base, length);
    let to = block + offsetof<Content>() + headSize;
    for (let at = captures; to < base; to += 8, at += 2 * sizeof<usize>()) {
      const from = load<usize>(at);
      const isHere = from - current.base <= <usize>length;
      store<usize>(to, isHere ? from - current.base + base : from);
      store<usize>(to, load<usize>(at, sizeof<usize>()), sizeof<usize>());
    }
  }

  /** Notes where the handler is in its chain. */
  leave(): void {
    this.link = current.link;
  }

  /** Makes it the current request again. */
  restore(): void {
    forgetHead();
    const block = changetype<usize>(this.block);
    memory.copy(changetype<usize>(content), block, offsetof<Content>());
    let p = block + offsetof<Content>();
    memory.copy(changetype<usize>(head), p, this.headSize);
    p += this.headSize;
    current.route = this.route;
    const size = capturesSize();
    memory.copy(captures, p, size);
    current.base = p + size;
    current.link = this.link;
    restoreAllowedMethods(this.allowedMethods);
    current.decodedPath = this.decodedPath;
    current.decodedLength = this.decodedLength;
    current.pathOwner = this.pathOwner;
  }

  /** Gives its memory back. */
  free(): void {
    releaseBuffer(this.block);
  }
}

/** Bytes of the current route's captures. */
function capturesSize(): i32 {
  const route = current.route;
  return route ? route.params << 3 : 0;
}
