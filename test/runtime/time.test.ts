import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  datetimeAdd,
  datetimeDiff,
  dayofweek,
  endofmonth,
  endofweek,
  formatDatetime,
  formatTimespan,
  makeDatetime,
  makeTimespan,
  parseDatetime,
  parseTimespan,
  printDatetime,
  printTimespan,
  startofday,
  startofweek,
  Timespan,
  tostring,
  unixtimeSecondsTodatetime,
  weekOfYear,
} from "../../src/runtime/index.ts";
import { Datetime } from "../../src/types/time.ts";

const time = (text: string): Datetime => {
  const found = parseDatetime(text);
  if (found === null) throw new Error(text);
  return found;
};

describe("reading", () => {
  it.each([
    ["2020-06-15", "2020-06-15T00:00:00.0000000Z"],
    ["2020-06-15 13:45", "2020-06-15T13:45:00.0000000Z"],
    ["2020-06-15T13:45:09.1234567Z", "2020-06-15T13:45:09.1234567Z"],
    ["2020-06-15T13:45:09.12+02:00", "2020-06-15T11:45:09.1200000Z"],
    ["02/17/2016 08:40:01", "2016-02-17T08:40:01.0000000Z"],
    ["Sat, 8 Nov 2014 15:55:55 GMT", "2014-11-08T15:55:55.0000000Z"],
    ["Nov 8, 2014 3:05 pm", "2014-11-08T15:05:00.0000000Z"],
    ["0001-01-01", "0001-01-01T00:00:00.0000000Z"],
  ])("%s", (text, expected) => {
    expect(printDatetime(time(text))).toBe(expected);
  });

  it.each(["", "x", "2020-13-01", "2020-02-30", "2020-01-01T25:00", "20", "2020-06-15x", `2020${"0".repeat(1000)}`])(
    "not %j",
    (text) => {
      expect(parseDatetime(text)).toBeNull();
    },
  );

  it.each([
    ["1d", "1.00:00:00"],
    ["1.5h", "01:30:00"],
    ["-90s", "-00:01:30"],
    ["100ns", "00:00:00.0000001"],
    ["1tick", "00:00:00.0000001"],
    ["1.02:03:04.5", "1.02:03:04.5000000"],
    ["13:00", "13:00:00"],
    ["250 ms", "00:00:00.2500000"],
  ])("the length %s", (text, expected) => {
    const span = parseTimespan(text);
    expect(span && printTimespan(span)).toBe(expected);
  });

  it("takes no number for a length", () => {
    expect([parseTimespan("1.5"), parseTimespan("1 fortnight"), parseTimespan("25:61")]).toEqual([null, null, null]);
  });

  it("gives back what was printed", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n }), (ticks) => {
        expect(parseDatetime(printDatetime(new Datetime(ticks)))?.ticks).toBe(ticks);
        expect(parseTimespan(printTimespan(new Timespan(-ticks)))?.ticks).toBe(-ticks);
      }),
    );
  });
});

describe("the calendar", () => {
  it("starts weeks on Sunday, and numbers them by ISO", () => {
    expect(tostring(startofweek(time("2020-06-15")))).toBe("2020-06-14T00:00:00.0000000Z");
    expect(tostring(endofweek(time("2020-06-15"), 2))).toBe("2020-07-04T23:59:59.9999999Z");
    expect([
      weekOfYear(time("2016-01-01")),
      weekOfYear(time("2020-12-31")),
      tostring(dayofweek(time("2020-06-14"))),
    ]).toEqual([53, 53, "00:00:00"]);
  });
  it("keeps the day when months are added, as far as there is one", () => {
    expect(tostring(datetimeAdd("month", 1, time("2020-01-31")))).toBe("2020-02-29T00:00:00.0000000Z");
    expect(tostring(endofmonth(time("1900-02-10")))).toBe("1900-02-28T23:59:59.9999999Z");
    expect(tostring(startofday(time("2020-06-15T13:45:00"), -3))).toBe("2020-06-12T00:00:00.0000000Z");
  });
  it("counts the borders between two times", () => {
    expect(datetimeDiff("year", time("2017-01-01"), time("2000-12-31"))).toBe(17);
    expect(datetimeDiff("Hour", time("2017-10-31 01:00"), time("2017-10-30 23:59"))).toBe(2);
    expect(datetimeDiff("week", time("2017-10-29"), time("2017-09-30 23:59"))).toBe(5);
    expect(datetimeDiff("aeon", time("2017-10-29"), time("2017-09-30"))).toBeNull();
  });
  it("knows what does not exist", () => {
    expect([makeDatetime(2020, 13, 1), makeTimespan(0, 25, 61, 61.5), makeTimespan(-1, -2)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(tostring(unixtimeSecondsTodatetime(1_546_300_800))).toBe("2019-01-01T00:00:00.0000000Z");
  });
});

it("fills in formats", () => {
  expect(formatDatetime(time("2020-06-15T13:45:09.123"), "M/d/yyyy h:mm:ss tt [fff]")).toBe(
    "6/15/2020 1:45:09 PM [123]",
  );
  expect(formatTimespan(parseTimespan("-1.02:30:00"), "d.hh:mm")).toBe("-1.02:30");
  expect(formatDatetime(null, "yyyy")).toBe("");
});
