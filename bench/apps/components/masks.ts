import { unmask } from "microserver/websocket/mask";

// @ts-ignore: decorator
@inline const KEY: u32 = 0x8f3a61c7;

/** Unmasks `length` bytes; returns the first of them. */
export function maskByWords(base: usize, length: i32, rounds: i32): i32 {
  for (let n = 0; n < rounds; n++) unmask(base, length, KEY);
  return load<u8>(base);
}

/** The same, byte by byte. */
export function maskByBytes(base: usize, length: i32, rounds: i32): i32 {
  for (let n = 0; n < rounds; n++) maskBytes(base, length, KEY);
  return load<u8>(base);
}

function maskBytes(p: usize, length: i32, key: u32): void {
  const end = p + length;
  for (; p < end; p++) {
    store<u8>(p, load<u8>(p) ^ (<u8>key));
    key = rotr(key, 8);
  }
}
