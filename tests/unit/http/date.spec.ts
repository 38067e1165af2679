import { DATE_LENGTH, writeDate } from "microserver/http/date";
import { readLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const text: usize = heap.alloc(64);

function dateOf(time: u32): string {
  writeDate(text, time);
  return readLatin1(text, text + DATE_LENGTH);
}

class DateRow extends Row {
  constructor(
    private time: u32,
    private date: string,
  ) {
    super();
  }

  check(): void {
    memory.fill(text, 0x78, 64);
    expect(dateOf(this.time)).toBe(this.date);
    expect(readLatin1(text + DATE_LENGTH, text + DATE_LENGTH + 4)).toBe("xxxx", "behind it");
  }
}

function date(time: u32, date: string): void {
  testRow(`${time}: ${date}`, new DateRow(time, date));
}

describe("IMF-fixdate (RFC 9110, 5.6.7)", () => {
  date(0, "Thu, 01 Jan 1970 00:00:00 GMT");
  date(1, "Thu, 01 Jan 1970 00:00:01 GMT");
  date(59, "Thu, 01 Jan 1970 00:00:59 GMT");
  date(60, "Thu, 01 Jan 1970 00:01:00 GMT");
  date(3599, "Thu, 01 Jan 1970 00:59:59 GMT");
  date(3600, "Thu, 01 Jan 1970 01:00:00 GMT");
  date(86399, "Thu, 01 Jan 1970 23:59:59 GMT");
  date(86400, "Fri, 02 Jan 1970 00:00:00 GMT");
  date(784111777, "Sun, 06 Nov 1994 08:49:37 GMT");
  date(68169599, "Mon, 28 Feb 1972 23:59:59 GMT");
  date(68169600, "Tue, 29 Feb 1972 00:00:00 GMT");
  date(68256000, "Wed, 01 Mar 1972 00:00:00 GMT");
  date(946684799, "Fri, 31 Dec 1999 23:59:59 GMT");
  date(946684800, "Sat, 01 Jan 2000 00:00:00 GMT");
  date(951782400, "Tue, 29 Feb 2000 00:00:00 GMT");
  date(951868800, "Wed, 01 Mar 2000 00:00:00 GMT");
  date(978307199, "Sun, 31 Dec 2000 23:59:59 GMT");
  date(1709164800, "Thu, 29 Feb 2024 00:00:00 GMT");
  date(2147483647, "Tue, 19 Jan 2038 03:14:07 GMT");
  date(2147483648, "Tue, 19 Jan 2038 03:14:08 GMT");
  date(4107542399, "Sun, 28 Feb 2100 23:59:59 GMT");
  date(4107542400, "Mon, 01 Mar 2100 00:00:00 GMT");
  date(4294967295, "Sun, 07 Feb 2106 06:28:15 GMT");
});

const WEEKDAYS = "SunMonTueWedThuFriSat";
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

function isLeap(year: i32): bool {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

function daysOf(month: i32, year: i32): i32 {
  if (month == 1) return isLeap(year) ? 29 : 28;
  return month == 3 || month == 5 || month == 8 || month == 10 ? 30 : 31;
}

describe("dates, against a calendar", () => {
  it("every day from 1970 to 2106", () => {
    let day = 1;
    let month = 0;
    let year = 1970;
    for (let days: u32 = 0; days <= u32.MAX_VALUE / 86400; days++) {
      const weekday = <i32>((days + 4) % 7) * 3;
      const expected =
        `${WEEKDAYS.substr(weekday, 3)}, ${day.toString().padStart(2, "0")} ${MONTHS.substr(month * 3, 3)} ` +
        `${year} 00:00:00 GMT`;
      if (dateOf(days * 86400) != expected) expect(dateOf(days * 86400)).toBe(expected);
      if (++day > daysOf(month, year)) {
        day = 1;
        if (++month == 12) {
          month = 0;
          year++;
        }
      }
    }
    expect(year).toBe(2106);
  });
  it("every second of a day", () => {
    for (let time: u32 = 0; time < 86400; time++) {
      writeDate(text, 951782400 + time);
      const hours = load<u8>(text + 17) * 10 + load<u8>(text + 18) - 0x30 * 11;
      const minutes = load<u8>(text + 20) * 10 + load<u8>(text + 21) - 0x30 * 11;
      const seconds = load<u8>(text + 23) * 10 + load<u8>(text + 24) - 0x30 * 11;
      const read = <u32>hours * 3600 + <u32>minutes * 60 + <u32>seconds;
      if (read != time || seconds > 59 || minutes > 59) expect(read).toBe(time);
    }
    expect(dateOf(951782400 + 86399)).toBe("Tue, 29 Feb 2000 23:59:59 GMT");
  });
});
