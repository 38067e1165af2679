import { Output } from "../bytes/output";
import { Connection } from "../server/connection";
import { deliver } from "../server/send";

/** Room before a piece for its size as a chunk, in hexadecimal, and CR LF (RFC 9112 §7.1). */
// @ts-ignore: decorator
@inline const SIZE_LINE: i32 = 10;
// @ts-ignore: decorator
@inline const PIECE: i32 = 512;
// @ts-ignore: decorator
@inline const CR_LF: u16 = 0x0a0d;

/** The piece of content that is being put together. */
// @ts-ignore: decorator
@lazy const piece: Output = new Output(memory.data(PIECE), PIECE);

/** Begins a piece of about that many bytes: write it to what this returns. */
export function beginPiece(length: i32): Output {
  piece.reset();
  piece.end = piece.reserve(SIZE_LINE + length + 2) + SIZE_LINE;
  return piece;
}

/** Bytes of the piece. */
export function pieceLength(): i32 {
  return piece.length - SIZE_LINE;
}

/** Sends the piece to a client, or queues what that does not take; an empty one is none. It stays as it is. */
export function deliverPiece(c: Connection, isChunked: bool): void {
  const length = pieceLength();
  if (!length) return;
  let from = piece.start + SIZE_LINE;
  let end = piece.end;
  if (isChunked) {
    end = piece.reserve(2);
    store<u16>(end, CR_LF);
    end += 2;
    from = piece.start + SIZE_LINE - 2;
    store<u16>(from, CR_LF);
    for (let rest = length; rest; rest >>= 4) {
      const digit = rest & 15;
      store<u8>(--from, digit < 10 ? digit + 0x30 : digit + 0x57);
    }
  }
  deliver(c, from, <i32>(end - from), piece.owner);
}
