import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { decodeText } from "../bytes/text";
import { append, bytesOf, lengthOf } from "./block";

/**
 * A message that has come. What it says is made when it is asked for; it can be asked until the handler asks for the next
 * message, or returns.
 */
export class Message {
  private read: string | null = null;
  /** Holds the bytes, where they lie no more in the memory that they came in. */
  private block: usize = 0;

  /** Of `length` bytes at `from`. */
  constructor(
    /** Whether it is text. */
    readonly isText: bool,
    private from: usize,
    /** Length in bytes. */
    readonly length: i32,
    /** There is room before the bytes for a frame's header. */
    public hasRoom: bool,
  ) {}

  /** A message whose bytes are in a block, which it takes over. */
  static inBlock(isText: bool, block: usize): Message {
    const message = new Message(isText, bytesOf(block), lengthOf(block), true);
    message.block = block;
    return message;
  }

  /** The message as text; of binary ones, what is no UTF-8 becomes U+FFFD. */
  get text(): string {
    const read = this.read;
    if (read !== null) return read;
    const text = decodeText(this.start, this.length);
    this.read = text;
    return text;
  }

  /** The message as bytes, copied. */
  get bytes(): Uint8Array {
    const from = this.start;
    const bytes = new Uint8Array(this.length);
    memory.copy(bytes.dataStart, from, this.length);
    return bytes;
  }

  /** Address of the bytes. Aborts where they are gone. */
  get start(): usize {
    if (!this.from) fail(ascii("the message is gone: read it before the next one is asked for"));
    return this.from;
  }

  /** Moves the bytes to memory of its own. False where there is none. */
  keep(): bool {
    if (this.block) return true;
    const block = append(0, this.from, this.length, this.length);
    if (!block) return false;
    this.block = block;
    this.from = bytesOf(block);
    this.hasRoom = true;
    return true;
  }

  /** Gives the bytes up. */
  drop(): void {
    if (this.block) heap.free(this.block);
    this.block = 0;
    this.from = 0;
  }
}
