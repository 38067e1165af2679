import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { writeDate } from "../http/date";
import { host } from "../server/window";

/** Length in bytes of a time. */
// @ts-ignore: decorator
@inline const LENGTH: i32 = 20;

// @ts-ignore: decorator
@lazy const text: usize = memory.data(32);
/** The time that `text` says, in s since 1970-01-01. */
// @ts-ignore: decorator
@lazy let written: u32 = 0;

/** Appends the time in UTC as `2026-01-01T00:00:00Z` (RFC 3339), or `+12s` since the start of the machine while it is unknown. */
export function appendTime(out: Output): void {
  const time = host.unixTime;
  if (!time) {
    out.byte(0x2b);
    out.int(host.now / 1000);
    out.byte(0x73);
    return;
  }
  if (time != written) writeTime(time);
  out.bytes(text, LENGTH);
}

/** Makes `text` say `time`. */
function writeTime(time: u32): void {
  written = time;
  const date = text;
  writeDate(date, time);
  const month = load<u32>(date, 8) & 0xffffff;
  const year = load<u32>(date, 12);
  const day = load<u16>(date, 5);
  memory.copy(date + 11, date + 17, 8);
  store<u8>(date, 0x5a, 19);
  store<u8>(date, 0x54, 10);
  store<u32>(date, year);
  store<u8>(date, 0x2d, 4);
  const number = monthNumber(month);
  store<u16>(date, 0x3030 + number / 10 + ((number % 10) << 8), 5);
  store<u8>(date, 0x2d, 7);
  store<u16>(date, day, 8);
}

/** 1 to 12, of the three letters of a name. */
function monthNumber(name: u32): u32 {
  let number = 1;
  for (let p = ascii("JanFebMarAprMayJunJulAugSepOctNovDec") + 1; (load<u32>(p) & 0xffffff) != name; p += 3) number++;
  return number;
}
