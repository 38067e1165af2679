import { ascii } from "../bytes/ascii";

/** Length in bytes of an IMF-fixdate. */
// @ts-ignore: decorator
@inline export const DATE_LENGTH: i32 = 29;

// @ts-ignore: decorator
@inline const SECONDS_A_DAY: u32 = 86400;

/** Writes `time` (s since 1970-01-01) at `to` as IMF-fixdate, e.g. `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). */
export function writeDate(to: usize, time: u32): void {
  const days = time / SECONDS_A_DAY;
  const seconds = time % SECONDS_A_DAY;

  // Days since 0000-03-01, so that a leap day ends its year; 146,097 days are 400 years.
  const shifted = days + 719468;
  const era = shifted / 146097;
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - yearOfEra / 100);
  const march = (5 * dayOfYear + 2) / 153;
  const day = dayOfYear - (153 * march + 2) / 5 + 1;
  const year = yearOfEra + era * 400 + u32(march >= 10);

  memory.copy(to, ascii("Thu, 01 Jan 1970 00:00:00 GMT") + 1, DATE_LENGTH);
  memory.copy(to, ascii("ThuFriSatSunMonTueWed") + 1 + (days % 7) * 3, 3);
  memory.copy(to + 8, ascii("MarAprMayJunJulAugSepOctNovDecJanFeb") + 1 + march * 3, 3);
  twoDigits(to + 5, day);
  twoDigits(to + 12, year / 100);
  twoDigits(to + 14, year % 100);
  twoDigits(to + 17, seconds / 3600);
  twoDigits(to + 20, (seconds / 60) % 60);
  twoDigits(to + 23, seconds % 60);
}

// @ts-ignore: decorator
@inline
function twoDigits(to: usize, value: u32): void {
  store<u16>(to, 0x3030 + value / 10 + ((value % 10) << 8));
}
