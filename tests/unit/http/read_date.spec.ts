import { DATE_LENGTH, writeDate } from "microserver/http/date";
import { readDate } from "microserver/http/read_date";
import { writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const place: usize = heap.alloc(64);
/** 2026-11-23. */
const NOW: u32 = 1795392000;

class DateRow extends Row {
  constructor(
    private text: string,
    private expected: i64,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.text);
    writeLatin1(end, " GMT");
    expect(readDate(place, end, NOW)).toBe(this.expected);
  }
}

function date(text: string, expected: i64): void {
  testRow(text, new DateRow(text, expected));
}

function noDate(text: string): void {
  testRow(`"${text}"`, new DateRow(text, -1));
}

const IMF = "Sun, 06 Nov 1994 08:49:37 GMT";
const RFC850 = "Sunday, 06-Nov-94 08:49:37 GMT";
const ASCTIME = "Sun Nov  6 08:49:37 1994";

describe("dates (RFC 9110, 5.6.7)", () => {
  date(IMF, 784111777);
  date(RFC850, 784111777);
  date(ASCTIME, 784111777);
  date("Sun Nov 06 08:49:37 1994", 784111777);
  date("Wed Nov 16 08:49:37 1994", 784975777);
  date("Wednesday, 16-Nov-94 08:49:37 GMT", 784975777);
  date("Friday, 16-Nov-94 08:49:37 GMT", 784975777);
  date("Thu, 01 Jan 1970 00:00:00 GMT", 0);
  date("Wed, 31 Dec 1969 23:59:59 GMT", 0);
  date("Mon, 01 Jan 0000 00:00:00 GMT", 0);
  date("Sun, 07 Feb 2106 06:28:15 GMT", 4294967295);
  date("Sun, 07 Feb 2106 06:28:16 GMT", 4294967295);
  date("Fri, 31 Dec 9999 23:59:60 GMT", 4294967295);
  date("Thu, 31 Dec 1998 23:59:60 GMT", 915148800);
  date("Tue, 29 Feb 2000 00:00:00 GMT", 951782400);
});

describe("dates: a year of two digits is at most 50 years ahead", () => {
  date("Monday, 23-Nov-26 00:00:00 GMT", 1795392000);
  date("Sunday, 22-Nov-76 00:00:00 GMT", 3373228800);
  date("Tuesday, 30-Nov-76 00:00:00 GMT", 218160000);
  date("Thursday, 01-Dec-77 00:00:00 GMT", 249782400);
  date("Thursday, 31-Dec-99 00:00:00 GMT", 946598400);
  date("Saturday, 01-Jan-00 00:00:00 GMT", 946684800);
});

describe("dates: malformed", () => {
  noDate("");
  noDate("Sun");
  noDate("0");
  noDate("784111777");
  noDate("1994-11-06T08:49:37Z");
  noDate("Sun, 6 Nov 1994 08:49:37 GMT");
  noDate("Sun, 06 Nov 1994 08:49:37");
  noDate("Sun, 06 Nov 1994 08:49:37 UTC");
  noDate("Sun, 06 Nov 1994 08:49:37 GMT ");
  noDate("Sun, 06 Nov 1994 08:49:37 +0000");
  noDate("sun, 06 Nov 1994 08:49:37 GMT");
  noDate("Sun, 06 nov 1994 08:49:37 GMT");
  noDate("Xyz, 06 Nov 1994 08:49:37 GMT");
  noDate("Sun, 00 Nov 1994 08:49:37 GMT");
  noDate("Sun, 31 Nov 1994 08:49:37 GMT");
  noDate("Sun, 32 Dec 1994 08:49:37 GMT");
  noDate("Tue, 29 Feb 1994 08:49:37 GMT");
  noDate("Tue, 29 Feb 1900 08:49:37 GMT");
  noDate("Sun, 06 Nov 1994 24:00:00 GMT");
  noDate("Sun, 06 Nov 1994 08:60:37 GMT");
  noDate("Sun, 06 Nov 1994 08:49:61 GMT");
  noDate("Sun, 06 Nov -994 08:49:37 GMT");
  noDate("Sund, 06-Nov-94 08:49:37 GMT");
  noDate("Monday,Tuesday, 06-Nov-94 08:49:37 GMT");
  noDate("Sunday,, 06-Nov-94 08:49:37 GMT");
  noDate("Sunday, 06 Nov 94 08:49:37 GMT");
  noDate("Sunday, 06-Nov-1994 08:49:37 GMT");
  noDate("Sunday, 06-Nov-xx 08:49:37 GMT");
  noDate("Sun Nov 6 08:49:37 1994");
  noDate("Sun Nov  6 08:49:37 1994 GMT");
});

describe("dates: every byte counts", () => {
  it("no other byte gives the same time, and none too few a time at all", () => {
    const forms = [IMF, RFC850, ASCTIME];
    for (let i = 0; i < forms.length; i++) {
      const text = forms[i];
      const end = writeLatin1(place, text);
      for (let at = 0; at < text.length; at++) {
        expect(readDate(place, place + at, NOW)).toBe(-1, `${at} bytes of ${text}`);
        const code = <u32>load<u8>(place + at);
        for (let other = 0; other < 256; other++) {
          if (other == code || (i == 2 && at == 8 && other == 0x30)) continue;
          store<u8>(place + at, other);
          const found = readDate(place, end, NOW);
          if (found == 784111777) expect(found).toBe(-1, `byte ${other} at ${at} of ${text}`);
        }
        store<u8>(place + at, code);
      }
    }
  });
  it("every day from 1970 to 2106 is what was written", () => {
    for (let days: u32 = 0; days <= u32.MAX_VALUE / 86400; days++) {
      const time = days * 86400 + ((days * 7919) % 86400);
      writeDate(place, time);
      const found = readDate(place, place + DATE_LENGTH, NOW);
      if (found != time) expect(found).toBe(time);
    }
  });
});
