import { Route } from "./route";

/** A node of the trie: a literal label, then what may follow it. */
export class Node {
  /** The label's first eight bytes, and which of them count. */
  word: u64 = 0;
  mask: u64 = 0;
  /** UTF-8 bytes of the label. */
  label: usize = 0;
  length: i32 = 0;
  /** Literal children; their labels begin with different bytes. */
  child: Node | null = null;
  sibling: Node | null = null;
  /** Whether one of the next three is there. */
  hasParams: bool = false;
  int: Node | null = null;
  segment: Node | null = null;
  rest: Node | null = null;
  /** Routes that end here, and the methods they answer. */
  routes: Route | null = null;
  methods: i32 = 0;

  setLabel(label: usize, length: i32): void {
    this.label = label;
    this.length = length;
    this.mask = length >= 8 ? u64.MAX_VALUE : ((<u64>1) << (length << 3)) - 1;
    this.word = 0;
    memory.copy(changetype<usize>(this) + offsetof<Node>("word"), label, min(length, 8));
  }

  /** Whether the bytes at `p`, of which `word` holds the first eight, begin with the label. */
  // @ts-ignore: decorator
  @inline
  matches(p: usize, word: u64): bool {
    return (
      (word & this.mask) == this.word &&
      (this.length <= 8 || memory.compare(p + 8, this.label + 8, this.length - 8) == 0)
    );
  }
}
