import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { Connection } from "../server/connection";
import { deliver } from "../server/send";

/** Room before a piece for its size in hexadecimal and CR LF (RFC 9112 §7.1). */
// @ts-ignore: decorator
@inline const SIZE_LINE: i32 = 10;
// @ts-ignore: decorator
@inline const PIECE: i32 = 512;
// @ts-ignore: decorator
@inline const CR_LF: u32 = 0x0a0d;

/** The piece that is being put together. */
// @ts-ignore: decorator
@lazy const piece: Output = new Output(memory.data(PIECE), PIECE);

/** Writes content of an answer piece by piece. */
export class Writer {
  constructor(
    /** Null once the client is gone. */
    public connection: Connection | null,
    private readonly isChunked: bool,
  ) {}

  /** Whether the client is still there. */
  get isOpen(): bool {
    const c = this.connection;
    return c != null && !c.isGone;
  }

  /** Sends text as UTF-8. Waits while the client does not take what was sent before. False where it is gone. */
  write(text: string): bool {
    const out = this.begin();
    out.text(text);
    return this.end();
  }

  /** Sends bytes; as `write`. */
  writeBytes(bytes: Uint8Array): bool {
    const out = this.begin();
    out.bytes(bytes.dataStart, bytes.length);
    return this.end();
  }

  /** Empties the buffer that a piece is put together in. */
  protected begin(): Output {
    piece.reset();
    piece.reserve(SIZE_LINE);
    piece.end += SIZE_LINE;
    return piece;
  }

  /** Sends the piece. */
  protected end(): bool {
    const c = this.connection;
    const length = piece.length - SIZE_LINE;
    if (!c || c.isGone) return false;
    if (length) {
      let from = piece.start + SIZE_LINE;
      if (this.isChunked) {
        store<u16>(piece.reserve(2), CR_LF);
        piece.end += 2;
        from = piece.start + SIZE_LINE;
        store<u16>((from -= 2), CR_LF);
        for (let rest = length; rest; rest >>= 4) {
          const digit = rest & 15;
          store<u8>(--from, digit < 10 ? digit + 0x30 : digit + 0x57);
        }
      }
      deliver(c, from, <i32>(piece.end - from));
      piece.reset();
    }
    return this.settle(c);
  }

  /** Waits until the client has taken what was sent. */
  protected settle(c: Connection): bool {
    return !c.isGone;
  }

  /** Ends the content. */
  finish(): void {
    const c = this.connection;
    const last = ascii("0\r\n\r\n");
    if (c && this.isChunked) deliver(c, last + 1, load<u8>(last));
  }
}
