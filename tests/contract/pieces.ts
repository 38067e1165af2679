/** Ways to cut a message in two: each must be answered like the whole. */

/** Messages up to this size are cut at every offset. */
const EVERY = 2048;

/** The offsets to cut a message of `length` at: all of them, or of a long one the ends, the sizes of buffers and a sample. */
export function offsets(length: number): number[] {
  const all = Array.from({ length: length - 1 }, (_, i) => i + 1);
  if (length <= EVERY) return all;
  return all.filter((n) => n < 64 || n > length - 64 || n % 1024 <= 1 || n % 1024 === 1023 || n % 997 === 0);
}
