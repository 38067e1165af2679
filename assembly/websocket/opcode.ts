/** What a frame is (RFC 6455 §5.2). */
export const enum Opcode {
  CONTINUATION = 0,
  TEXT = 1,
  BINARY = 2,
  CLOSE = 8,
  PING = 9,
  PONG = 10,
}

/** The bit of an opcode that control frames have (RFC 6455 §5.5). */
// @ts-ignore: decorator
@inline export const CONTROL: u32 = 8;

/** Bytes of payload that a control frame may have (RFC 6455 §5.5). */
// @ts-ignore: decorator
@inline export const CONTROL_SIZE: i32 = 125;

/** The bit of a frame's first byte that says it is its message's last. */
// @ts-ignore: decorator
@inline export const FIN: u32 = 0x80;
