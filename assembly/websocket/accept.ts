import { ascii, copyAscii } from "../bytes/ascii";
import { decodeBase64, encodeBase64 } from "../bytes/base64";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { DIGEST_SIZE, sha1 } from "../bytes/sha1";

/** Bytes of a Sec-WebSocket-Key: the base64 of 16 bytes. */
// @ts-ignore: decorator
@inline export const KEY_LENGTH: i32 = 24;
/** Bytes of a Sec-WebSocket-Accept. */
// @ts-ignore: decorator
@inline export const ACCEPT_LENGTH: i32 = 28;

// @ts-ignore: decorator
@inline const GUID_LENGTH: i32 = 36;

/** Whether a field value is a Sec-WebSocket-Key (RFC 6455 §4.2.1). */
export function isKey(from: usize, length: i32): bool {
  if (length != KEY_LENGTH) return false;
  const nonce = takeScratch(KEY_LENGTH);
  const size = decodeBase64(from, length, nonce);
  freeScratch(nonce);
  return size == 16;
}

/** Writes the Sec-WebSocket-Accept that answers the key at `key` (RFC 6455 §4.2.2); returns the address behind. */
export function writeAccept(to: usize, key: usize): usize {
  const text = takeScratch(KEY_LENGTH + GUID_LENGTH);
  memory.copy(text, key, KEY_LENGTH);
  copyAscii(text + KEY_LENGTH, ascii("258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
  sha1(text, KEY_LENGTH + GUID_LENGTH, text);
  const end = encodeBase64(text, DIGEST_SIZE, to);
  freeScratch(text);
  return end;
}
