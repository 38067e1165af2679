import { ascii } from "../bytes/ascii";
import { DATE_LENGTH } from "./date";

// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
// @ts-ignore: decorator
@inline const SPACE: u32 = 0x20;
// @ts-ignore: decorator
@inline const HYPHEN: u32 = 0x2d;
// @ts-ignore: decorator
@inline const SPACE_GMT: u32 = 0x544d4720;
// @ts-ignore: decorator
@inline const ASCTIME_LENGTH: usize = 24;
/** Of what follows the comma of an rfc850-date. */
// @ts-ignore: decorator
@inline const RFC850_LENGTH: usize = 24;
/** 50 years of 365.25 days, in s. */
// @ts-ignore: decorator
@inline const FIFTY_YEARS: i64 = 1577880000;
/** Months of 31 days, a bit each, from March on. */
// @ts-ignore: decorator
@inline const LONG_MONTHS: i32 = 0x6b5;
// @ts-ignore: decorator
@inline const LONGEST_DAY_NAME: usize = 9;

/**
 * The time that the HTTP-date [from, end) means, in s since 1970-01-01: IMF-fixdate, or the obsolete rfc850-date and
 * asctime-date (RFC 9110 §5.6.7). -1 where it is none of them. What a u32 cannot hold becomes its nearest value.
 * A year of two digits is no more than 50 years after `now` (s).
 */
export function readDate(from: usize, end: usize, now: u32): i64 {
  const length = end - from;
  if (length < ASCTIME_LENGTH || indexOf(from, ascii("MonTueWedThuFriSatSun")) < 0) return -1;

  if (load<u8>(from, 3) == COMMA) {
    const marks = load<u8>(from, 4) == SPACE && load<u8>(from, 7) == SPACE && load<u8>(from, 11) == SPACE;
    if (!marks || length != DATE_LENGTH || load<u8>(from, 16) != SPACE || load<u32>(from, 25) != SPACE_GMT) return -1;
    return timeOf(twoDigits(from + 5), from + 8, fourDigits(from + 12), from + 17);
  }

  if (load<u8>(from, 3) == SPACE) {
    const marks = load<u8>(from, 7) == SPACE && load<u8>(from, 10) == SPACE && load<u8>(from, 19) == SPACE;
    if (!marks || length != ASCTIME_LENGTH) return -1;
    const day = load<u8>(from, 8) == SPACE ? digit(from + 9) : twoDigits(from + 8);
    return timeOf(day, from + 4, fourDigits(from + 20), from + 11);
  }

  const p = end - RFC850_LENGTH;
  const marks = load<u8>(p, 4) == HYPHEN && load<u8>(p, 8) == HYPHEN && load<u8>(p, 11) == SPACE;
  if (!marks || load<u16>(p) != (COMMA | (SPACE << 8)) || load<u32>(p, 20) != SPACE_GMT || !isDayName(from, p)) {
    return -1;
  }
  const short = twoDigits(p + 9);
  if (short < 0) return -1;
  const time = timeOf(twoDigits(p + 2), p + 5, short + 2000, p + 12);
  return time > <i64>now + FIFTY_YEARS ? timeOf(twoDigits(p + 2), p + 5, short + 1900, p + 12) : time;
}

/** Whether [from, end), which begins with a day's first three letters, is its whole name. */
function isDayName(from: usize, end: usize): bool {
  const length = end - from;
  if (length > LONGEST_DAY_NAME) return false;
  let p = ascii("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday,") + 1;
  while (load<u16>(p) != load<u16>(from) || load<u8>(p, 2) != load<u8>(from, 2)) p++;
  return memory.compare(p, from, length) == 0 && load<u8>(p + length) == COMMA;
}

/** The time of a day (1 to 31), month (three letters), year and time of day (hh:mm:ss); -1 where one is malformed. */
function timeOf(day: i32, month: usize, year: i32, clock: usize): i64 {
  const hours = twoDigits(clock);
  const minutes = twoDigits(clock + 3);
  const seconds = twoDigits(clock + 6);
  if ((day | year | hours | minutes | seconds) < 0) return -1;
  if (load<u8>(clock, 2) != 0x3a || load<u8>(clock, 5) != 0x3a || hours > 23 || minutes > 59 || seconds > 60) return -1;
  const march = indexOf(month, ascii("MarAprMayJunJulAugSepOctNovDecJanFeb"));
  if (march < 0 || day < 1) return -1;

  // Years begin in March, so that a leap day ends one; 146,097 days are 400 years.
  const shifted = <u32>(year - i32(march >= 10) + 400);
  const isLeap = !(year & 3) && (year % 100 != 0 || year % 400 == 0);
  const longest = march == 11 ? 28 + i32(isLeap) : 30 + ((LONG_MONTHS >> march) & 1);
  if (day > longest) return -1;
  const era = shifted / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = <u32>(153 * march + 2) / 5 + day - 1;
  const days = <i32>(era * 146097 + yearOfEra * 365 + (yearOfEra >> 2) - yearOfEra / 100 + dayOfYear) - 719468 - 146097;
  const time = <i64>days * 86400 + hours * 3600 + minutes * 60 + seconds;
  return max<i64>(0, min<i64>(time, 0xffffffff));
}

/** Which of `names`, of three letters each, stands at `p`; -1 where none does. */
function indexOf(p: usize, names: usize): i32 {
  const count = <i32>load<u8>(names) / 3;
  for (let i = 0; i < count; i++) {
    const name = names + 1 + i * 3;
    if (load<u16>(name) == load<u16>(p) && load<u8>(name, 2) == load<u8>(p, 2)) return i;
  }
  return -1;
}

/** The value of decimal digits at `p`, negative where they are none. */
function digit(p: usize): i32 {
  const value = <i32>load<u8>(p) - 0x30;
  return value > 9 ? -1 : value;
}

function twoDigits(p: usize): i32 {
  const high = digit(p);
  const low = digit(p + 1);
  return (high | low) < 0 ? -1 : high * 10 + low;
}

function fourDigits(p: usize): i32 {
  const high = twoDigits(p);
  const low = twoDigits(p + 2);
  return (high | low) < 0 ? -1 : high * 100 + low;
}
