/** Decimal digits ↔ binary floating point, correctly rounded in both directions. */
import { Output } from "../bytes/output";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { BIG_SIZE, bigCompare, bigCopy, bigMultiply, bigScale, bigSet, bigSubtract, useBits } from "./big";

// @ts-ignore: decorator
@inline const INFINITY_BITS: u64 = 0x7ff0000000000000;
// @ts-ignore: decorator
@inline const FRACTION_BITS: u64 = 0x000fffffffffffff;
// @ts-ignore: decorator
@inline const HIDDEN_BIT: u64 = 0x0010000000000000;
/** Powers of ten up to this one are exact in f64. */
// @ts-ignore: decorator
@inline const EXACT_POWER: i32 = 22;
/** The longest text of a number, without its sign, is shorter; its digits are collected behind that. */
// @ts-ignore: decorator
@inline const TEXT_SIZE: i32 = 32;

/** The f64 nearest to `digits` × 10^`exponent`, ties to even; Infinity beyond its range. */
export function nearestF64(digits: u64, exponent: i32): f64 {
  if (digits == 0) return 0;
  if (abs(exponent) <= EXACT_POWER && digits <= HIDDEN_BIT << 1) return scale(<f64>digits, exponent);
  if (exponent > 308) return Infinity;
  if (exponent < -345) return 0;
  const exact = takeScratch(BIG_SIZE * 2);
  let bits = reinterpret<u64>(min(scale(<f64>digits, exponent), f64.MAX_VALUE));
  if (isAbove(exact, digits, exponent, bits)) {
    do bits++;
    while (bits < INFINITY_BITS && isAbove(exact, digits, exponent, bits));
  } else {
    while (bits > 0 && !isAbove(exact, digits, exponent, bits - 1)) bits--;
  }
  freeScratch(exact);
  return reinterpret<f64>(bits);
}

/** `value` × 10^`exponent`: exact while both are, else a few units in the last place off. */
function scale(value: f64, exponent: i32): f64 {
  let power: f64 = 1;
  let square: f64 = 10;
  if (exponent < -300) {
    // In two steps: the power is out of range, the result need not be.
    value *= 1e-300;
    exponent += 300;
  }
  for (let rest = abs(exponent); rest > 0; rest >>= 1) {
    if (rest & 1) power *= square;
    square *= square;
  }
  return exponent < 0 ? value / power : value * power;
}

/** Whether `digits` × 10^`exponent` rounds to an f64 above the one of these `bits`: it is compared with the midpoint. */
function isAbove(scratch: usize, digits: u64, exponent: i32, bits: u64): bool {
  const biased = <i32>(bits >> 52);
  const fraction = (bits & FRACTION_BITS) | (biased ? HIDDEN_BIT : 0);
  const shift = max(biased, 1) - 1076;
  const decimal = scratch;
  const midpoint = scratch + BIG_SIZE;
  const power = (abs(exponent) * 10) / 3 + 1;
  useBits(64 + max(max(0, -shift) + (exponent > 0 ? power : 0), max(0, shift) + (exponent < 0 ? power : 0)));
  bigSet(decimal, digits, max(0, -shift));
  bigSet(midpoint, (fraction << 1) | 1, max(0, shift));
  if (exponent < 0) bigScale(midpoint, -exponent);
  else bigScale(decimal, exponent);
  const order = bigCompare(decimal, midpoint);
  return order > 0 || (order == 0 && (fraction & 1) != 0);
}

/** Appends `value` in the fewest digits that read back as the same f64; `null` where it is not finite. */
export function writeF64(out: Output, value: f64): void {
  if (!writeSpecial(out, value)) return;
  if (writeShort(out, abs(value), false)) return;
  const bits = reinterpret<u64>(abs(value));
  const biased = <i32>(bits >> 52);
  const fraction = bits & FRACTION_BITS;
  writeShortest(out, fraction | (biased ? HIDDEN_BIT : 0), max(biased, 1) - 1075, fraction == 0 && biased > 1);
}

/** As `writeF64`, with the fewer digits that tell one f32 from the next. */
export function writeF32(out: Output, value: f32): void {
  if (!writeSpecial(out, value)) return;
  if (writeShort(out, abs(value), true)) return;
  const bits = reinterpret<u32>(abs(value));
  const biased = <i32>(bits >> 23);
  const fraction = bits & 0x7fffff;
  writeShortest(out, fraction | (biased ? 0x800000 : 0), max(biased, 1) - 150, fraction == 0 && biased > 1);
}

/** Appends the sign; false where that or `null` was all there is to write. */
function writeSpecial(out: Output, value: f64): bool {
  if (!isFinite(value)) {
    store<u32>(out.reserve(4), 0x6c6c756e); // null
    out.end += 4;
    return false;
  }
  if (reinterpret<i64>(value) < 0) out.byte(0x2d);
  return true;
}

/**
 * Appends `value` if it is an integer of at most 15 digits (`single`: 9) divided by an exact power of ten: so few digits
 * name one number only, and the smallest such power gives the fewest.
 */
function writeShort(out: Output, value: f64, single: bool): bool {
  const limit: f64 = single ? 1e9 : 1e15;
  let power: f64 = 1;
  for (let places = 0; places <= EXACT_POWER; places++, power *= 10) {
    const scaled = nearest(value * power);
    if (scaled >= limit) return false;
    const back = scaled / power;
    if ((single ? <f64>(<f32>back) : back) == value) {
      const to = out.reserve(TEXT_SIZE * 2);
      let first = to + TEXT_SIZE * 2;
      let rest = <u64>scaled;
      do {
        store<u8>(--first, <u32>(rest % 10) + 0x30);
        rest /= 10;
      } while (rest);
      const count = <i32>(to + TEXT_SIZE * 2 - first);
      out.end = writeDigits(to, first, count, count - places);
      return true;
    }
  }
  return false;
}

/**
 * Appends `fraction` × 2^`exponent` in the fewest digits that are nearer to it than to its neighbours
 * (Steele and White's free-format algorithm). The neighbour below is at half the distance where `narrow`.
 */
function writeShortest(out: Output, fraction: u64, exponent: i32, narrow: bool): void {
  const value = takeScratch(BIG_SIZE * 5);
  const unit = value + BIG_SIZE;
  const below = unit + BIG_SIZE;
  const above = narrow ? below + BIG_SIZE : below;
  const scratch = value + BIG_SIZE * 4;
  const inclusive = i32((fraction & 1) == 0);
  useBits(abs(exponent) + 72);
  const up = max(exponent, 0);
  bigSet(value, fraction, up + 1 + i32(narrow));
  bigSet(unit, 1, max(-exponent, 0) + 1 + i32(narrow));
  bigSet(below, 1, up);
  if (narrow) bigSet(above, 1, up + 1);
  let point = <i32>ceil(<f64>(exponent + 63 - <i32>clz(fraction)) * 0.30102999566398114 - 1e-10);
  if (point > 0) {
    bigScale(unit, point);
  } else {
    bigScale(value, -point);
    bigScale(below, -point);
    if (narrow) bigScale(above, -point);
  }
  if (compareSum(value, above, unit, scratch) + inclusive > 0) {
    point++;
    bigMultiply(unit, 10);
  }
  const to = out.reserve(TEXT_SIZE * 2);
  const first = to + TEXT_SIZE;
  let end = first;
  while (true) {
    bigMultiply(value, 10);
    bigMultiply(below, 10);
    if (narrow) bigMultiply(above, 10);
    let digit = 0x30;
    for (; bigCompare(value, unit) >= 0; digit++) bigSubtract(value, unit);
    const low = bigCompare(value, below) - inclusive < 0;
    const high = compareSum(value, above, unit, scratch) + inclusive > 0;
    if (high && (!low || compareSum(value, value, unit, scratch) + (digit & 1) > 0)) digit++;
    store<u8>(end++, digit);
    if (low || high) break;
  }
  freeScratch(value);
  out.end = writeDigits(to, first, <i32>(end - first), point);
}

/** Compares `a` + `b` with `c`. */
function compareSum(a: usize, b: usize, c: usize, scratch: usize): i32 {
  if (bigCompare(a, c) > 0) return 1;
  bigCopy(scratch, c);
  bigSubtract(scratch, a);
  return bigCompare(b, scratch);
}

/**
 * Writes 0.d₁d₂… × 10^`point` at `to`, its digits laid out as `f64.toString` does; returns the address behind.
 * The digits must lie TEXT_SIZE bytes or more behind `to`.
 */
function writeDigits(to: usize, digits: usize, count: i32, point: i32): usize {
  if (point > -6 && point <= 0) {
    store<u16>(to, 0x2e30); // 0.
    memory.fill(to + 2, 0x30, -point);
    to += 2 - point;
    memory.copy(to, digits, count);
    return to + count;
  }
  const whole = point > 0 && point <= 21 ? point : 1;
  memory.fill(to, 0x30, whole);
  memory.copy(to, digits, min(count, whole));
  to += whole;
  if (count > whole) {
    store<u8>(to++, 0x2e);
    memory.copy(to, digits + whole, count - whole);
    to += count - whole;
  } else if (whole == point) {
    store<u16>(to, 0x302e); // .0
    to += 2;
  }
  return whole == point ? to : writeExponent(to, point - 1);
}

function writeExponent(to: usize, exponent: i32): usize {
  store<u16>(to, exponent < 0 ? 0x2d65 : 0x2b65); // e- or e+
  to += 2;
  exponent = abs(exponent);
  for (let unit = exponent < 10 ? 1 : exponent < 100 ? 10 : 100; unit > 0; unit /= 10) {
    store<u8>(to++, 0x30 + ((exponent / unit) % 10));
  }
  return to;
}
