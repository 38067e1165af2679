/** JSON numbers (RFC 8259, section 6): their digits, and what integer they are. */

// @ts-ignore: decorator
@inline const MINUS: u32 = 0x2d;
/** The largest number of digits with room for one more, and the largest digit that then still fits 64 bits. */
// @ts-ignore: decorator
@inline const ALMOST_FULL: u64 = 1844674407370955161;
// @ts-ignore: decorator
@inline const LAST_DIGIT: u32 = 5;
/** Exponents are not counted beyond this: the number is 0 or too large long before. */
// @ts-ignore: decorator
@inline const EXPONENT_LIMIT: i32 = 99999;

/** The number that was passed over last: ±`digits` × 10^`exponent`; more digits than that, cut off, where `lossy`. */
export let negative: bool = false;
export let digits: u64 = 0;
export let exponent: i32 = 0;
export let lossy: bool = false;
/** Where passing over it stopped. */
export let stop: usize = 0;

/** Passes over the number at `at` and notes it. False where a digit is missing, at `stop`. */
export function passNumber(at: usize, end: usize): bool {
  let byte = byteAt(at, end);
  negative = byte == MINUS;
  if (negative) byte = byteAt(++at, end);
  stop = at;
  if (!isDigit(byte)) return false;
  const zero = byte == 0x30;
  let fraction = false;
  let sum: u64 = 0;
  let power = 0;
  lossy = false;
  while (true) {
    const digit = byte - 0x30;
    if (!lossy && (sum < ALMOST_FULL || (sum == ALMOST_FULL && digit <= LAST_DIGIT))) {
      sum = sum * 10 + digit;
      power -= i32(fraction);
    } else {
      lossy = lossy || digit != 0;
      power += i32(!fraction);
    }
    byte = byteAt(++at, end);
    if (byte == 0x2e && !fraction) {
      fraction = true;
      byte = byteAt(++at, end);
      stop = at;
      if (!isDigit(byte)) return false;
    } else if (!isDigit(byte) || (zero && !fraction)) {
      break;
    }
  }
  stop = at;
  digits = sum;
  exponent = power;
  return (byte | 0x20) != 0x65 || passExponent(at + 1, end);
}

function passExponent(at: usize, end: usize): bool {
  let byte = byteAt(at, end);
  const down = byte == MINUS;
  if (down || byte == 0x2b) byte = byteAt(++at, end);
  stop = at;
  if (!isDigit(byte)) return false;
  let power = 0;
  do {
    power = min(power * 10 + <i32>(byte - 0x30), EXPONENT_LIMIT);
    byte = byteAt(++at, end);
  } while (isDigit(byte));
  stop = at;
  exponent += down ? -power : power;
  return true;
}

/** Whether the number is whole. If it is and 64 bits hold it, `exponent` is 0 afterwards, else greater. */
export function makeWhole(): bool {
  if (lossy) return exponent > 0;
  if (!digits) exponent = 0;
  for (; exponent < 0; exponent++) {
    if (digits % 10) return false;
    digits /= 10;
  }
  for (; exponent > 0 && digits <= u64.MAX_VALUE / 10; exponent--) digits *= 10;
  return true;
}

/** Whether the number, made whole, fits an integer type of `bits` bits. */
export function fits(bits: i32, signed: bool): bool {
  const most = (u64.MAX_VALUE >> (64 - bits)) >> u64(signed);
  return exponent == 0 && digits <= (negative ? (signed ? most + 1 : 0) : most);
}

// @ts-ignore: decorator
@inline
function byteAt(at: usize, end: usize): u32 {
  return at < end ? <u32>load<u8>(at) : 0;
}

// @ts-ignore: decorator
@inline
function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}
