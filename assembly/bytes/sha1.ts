import { freeScratch, takeScratch } from "./scratch";

/** Bytes of a digest. */
// @ts-ignore: decorator
@inline export const DIGEST_SIZE: i32 = 20;

// @ts-ignore: decorator
@inline const BLOCK_SIZE: usize = 64;
/** Bytes of the message schedule: 80 words. */
// @ts-ignore: decorator
@inline const SCHEDULE_SIZE: i32 = 320;

/** The hash value between blocks. */
@unmanaged
class Hash {
  a: u32;
  b: u32;
  c: u32;
  d: u32;
  e: u32;
}

/**
 * Writes the SHA-1 of `length` bytes at `from` to `to`, which may be `from` (FIPS 180-4 §6.1). It protects against nobody: use
 * it where a protocol asks for it.
 */
export function sha1(from: usize, length: i32, to: usize): void {
  const schedule = takeScratch(SCHEDULE_SIZE + DIGEST_SIZE);
  const hash = changetype<Hash>(schedule + SCHEDULE_SIZE);
  hash.a = 0x67452301;
  hash.b = 0xefcdab89;
  hash.c = 0x98badcfe;
  hash.d = 0x10325476;
  hash.e = 0xc3d2e1f0;

  const end = from + length;
  for (; from + BLOCK_SIZE <= end; from += BLOCK_SIZE) {
    memory.copy(schedule, from, BLOCK_SIZE);
    hashBlock(hash, schedule);
  }
  const rest = end - from;
  memory.fill(schedule, 0, BLOCK_SIZE);
  memory.copy(schedule, from, rest);
  store<u8>(schedule + rest, 0x80);
  if (rest >= BLOCK_SIZE - 8) {
    hashBlock(hash, schedule);
    memory.fill(schedule, 0, BLOCK_SIZE);
  }
  store<u64>(schedule, bswap((<u64>length) << 3), BLOCK_SIZE - 8);
  hashBlock(hash, schedule);

  for (let i = 0; i < DIGEST_SIZE; i += 4) store<u32>(to + i, bswap(load<u32>(changetype<usize>(hash) + i)));
  freeScratch(schedule);
}

/** Takes in the block that the schedule begins with. */
function hashBlock(hash: Hash, schedule: usize): void {
  let p = schedule;
  for (; p < schedule + BLOCK_SIZE; p += 4) store<u32>(p, bswap(load<u32>(p)));
  for (p = schedule; p < schedule + SCHEDULE_SIZE - BLOCK_SIZE; p += 4) {
    store<u32>(p, rotl(load<u32>(p, 52) ^ load<u32>(p, 32) ^ load<u32>(p, 8) ^ load<u32>(p), 1), BLOCK_SIZE);
  }

  let a = hash.a;
  let b = hash.b;
  let c = hash.c;
  let d = hash.d;
  let e = hash.e;
  p = schedule;
  for (let stage = 0; stage < 4; stage++) {
    const constant = stage < 2 ? (stage ? 0x6ed9eba1 : 0x5a827999) : stage == 2 ? 0x8f1bbcdc : 0xca62c1d6;
    for (const stop = p + SCHEDULE_SIZE / 4; p < stop; p += 4) {
      let f = b ^ c ^ d;
      if (!stage) f = d ^ (b & (c ^ d));
      else if (stage == 2) f = (b & c) | (d & (b | c));
      const next = rotl(a, 5) + f + e + constant + load<u32>(p);
      e = d;
      d = c;
      c = rotl(b, 30);
      b = a;
      a = next;
    }
  }
  hash.a += a;
  hash.b += b;
  hash.c += c;
  hash.d += d;
  hash.e += e;
}
