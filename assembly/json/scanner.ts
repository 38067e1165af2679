import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { decodeText } from "../bytes/text";
import { passNumber, stop } from "./number";
import { writePath } from "./path";
import { escapeLength, passPlain, sequenceLength } from "./string";

/** A number that does not fit is shown up to this length. */
// @ts-ignore: decorator
@inline const SHOWN: usize = 24;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;

/**
 * Passes over the tokens of JSON text (RFC 8259), strictly and without traps. At the first fault it notes what it
 * expected and where, and stands at the end from then on: nothing more is found, so every loop ends.
 */
export class JsonScanner {
  /** Address of the text's end, and of the byte that comes next. */
  readonly end: usize;
  next: usize;
  /** Arrays and objects around it; 0 after a fault. */
  protected depth: i32 = 0;
  /** Where the content of the string that was passed over last begins, and whether it has escapes. */
  protected content: usize = 0;
  protected escaped: bool = false;
  /** What was expected (an `ascii` text); 0 while all is well. */
  private expected: usize = 0;
  private fault: usize = 0;
  /** The end of a number that does not fit what was expected; else 0. */
  private misfit: usize = 0;

  constructor(
    private start: usize,
    length: i32,
  ) {
    this.next = start;
    this.end = start + length;
  }

  get failed(): bool {
    return this.expected != 0;
  }

  /** The fault as people read it: `readings[2].name: expected a string at byte 40`; empty while all is well. */
  get error(): string {
    if (!this.expected) return "";
    const out = new Output();
    if (writePath(out, this.start, this.fault)) out.ascii(ascii(": "));
    if (this.misfit) {
      out.bytes(this.fault, <i32>min(this.misfit - this.fault, SHOWN));
      out.ascii(ascii(" does not fit "));
    } else {
      out.ascii(ascii("expected "));
    }
    out.ascii(this.expected);
    out.ascii(ascii(" at byte "));
    out.int(this.fault - this.start);
    return decodeText(out.start, out.length);
  }

  /** Passes over white space; returns the byte behind it, 0 at the end. */
  protected peek(): u32 {
    const end = this.end;
    let at = this.next;
    let byte: u32 = 0;
    for (; at < end; at++) {
      byte = load<u8>(at);
      if (byte > 0x20 || (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09)) break;
      byte = 0;
    }
    this.next = at;
    return byte;
  }

  /** As `peek`, where mostly no white space comes. */
  // @ts-ignore: decorator
  @inline
  protected glance(): u32 {
    const at = this.next;
    const byte = at < this.end ? <u32>load<u8>(at) : 0;
    return byte > 0x20 ? byte : this.peek();
  }

  /** Notes that `what`, an `ascii` text, should come next; always false. */
  protected refuse(what: usize): bool {
    return this.refuseAt(this.next, what);
  }

  protected refuseAt(at: usize, what: usize): bool {
    if (!this.expected) {
      this.expected = what;
      this.fault = at;
    }
    this.next = this.end;
    this.depth = 0;
    return false;
  }

  /** Notes that the number from `at` to here does not fit the type `name`. */
  protected refuseNumber(at: usize, name: usize): void {
    if (!this.expected) this.misfit = this.next;
    this.refuseAt(at, name);
  }

  /** Passes over the four bytes at `at` if they are `word`. */
  protected passWord(at: usize, word: u32): bool {
    if (at + 4 > this.end || load<u32>(at) != word) return false;
    this.next = at + 4;
    return true;
  }

  /** Passes over the number that comes next; see `number.ts` for what it is. */
  protected passNumber(): bool {
    const at = this.next;
    if (passNumber(at, this.end)) {
      this.next = stop;
      return true;
    }
    return this.refuseAt(stop, stop == at ? ascii("a number") : ascii("a digit"));
  }

  /** Passes over the string whose opening quote comes next. */
  protected passString(): bool {
    const end = this.end;
    let at = this.next + 1;
    this.content = at;
    this.escaped = false;
    while (true) {
      at = passPlain(at, end);
      if (at >= end) return this.refuseAt(end, ascii("a closing quote"));
      const byte = <u32>load<u8>(at);
      if (byte == QUOTE) break;
      let length: i32;
      if (byte == BACKSLASH) {
        this.escaped = true;
        length = escapeLength(at, end);
        if (!length) return this.refuseAt(at, ascii("a valid escape"));
      } else {
        if (byte < 0x20) return this.refuseAt(at, ascii("an escape for a control character"));
        length = sequenceLength(at, end);
        if (!length) return this.refuseAt(at, ascii("UTF-8"));
      }
      at += length;
    }
    this.next = at + 1;
    return true;
  }
}
