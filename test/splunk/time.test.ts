import { describe, expect, it } from "vitest";
import { relativeTime } from "../../src/splunk/time/relative.ts";
import { strftime } from "../../src/splunk/time/strftime.ts";
import { strptime } from "../../src/splunk/time/strptime.ts";
import { column, rows, value } from "./run.ts";

const at = (iso: string): number => Date.parse(iso) / 1000;

describe("relative times", () => {
  it.each([
    ["-1d@d", "UTC", "2024-03-15T10:20:30Z", "2024-03-14T00:00:00Z"],
    ["@h+30m", "UTC", "2024-03-15T10:20:30Z", "2024-03-15T10:30:00Z"],
    ["@w0", "UTC", "2024-03-15T10:20:30Z", "2024-03-10T00:00:00Z"],
    ["@w1", "UTC", "2024-03-15T10:20:30Z", "2024-03-11T00:00:00Z"],
    ["@w7", "UTC", "2024-03-15T10:20:30Z", "2024-03-10T00:00:00Z"],
    ["-1mon@mon", "UTC", "2024-03-31T10:20:30Z", "2024-02-01T00:00:00Z"],
    ["-1mon", "UTC", "2024-03-31T10:20:30Z", "2024-02-29T10:20:30Z"],
    ["@q", "UTC", "2024-05-15T10:20:30Z", "2024-04-01T00:00:00Z"],
    ["-y@y", "UTC", "2024-05-15T10:20:30Z", "2023-01-01T00:00:00Z"],
    ["+2hrs", "UTC", "2024-05-15T10:20:30Z", "2024-05-15T12:20:30Z"],
    ["now", "UTC", "2024-05-15T10:20:30Z", "2024-05-15T10:20:30Z"],
    ["@d", "Europe/Berlin", "2024-07-01T22:30:00Z", "2024-07-01T22:00:00Z"],
    ["-1d", "America/New_York", "2024-03-11T02:00:00Z", "2024-03-10T03:00:00Z"],
    ["@d", "America/New_York", "2024-03-10T20:00:00Z", "2024-03-10T05:00:00Z"],
    ["-24h", "America/New_York", "2024-03-11T02:00:00Z", "2024-03-10T02:00:00Z"],
    ["@h", "Asia/Kolkata", "2024-03-15T10:40:00Z", "2024-03-15T10:30:00Z"],
  ])("%s in %s from %s", (modifier, zone, from, expected) => {
    expect(relativeTime(at(from), modifier, zone)).toBe(at(expected));
  });

  it.each(["", "yesterday", "-1x", "@d1", "1d", "-1d@", "-99999999999y"])("%j is none", (modifier) => {
    expect(relativeTime(0, modifier, "America/New_York")).toBeNull();
  });
});

describe("times as text", () => {
  it.each([
    ["%Y-%m-%dT%H:%M:%S.%3N%z", "UTC", "2024-03-05T07:08:09.012+0000"],
    ["%d/%b/%y %I:%M %p", "UTC", "05/Mar/24 07:08 AM"],
    ["%F %T %:z", "Asia/Kolkata", "2024-03-05 12:38:09 +05:30"],
    ["%A %j %U %V %u %e|%k|%s", "UTC", "Tuesday 065 09 10 2  5| 7|1709622489"],
    ["%Q %6N %%", "UTC", "012 012345 %"],
    ["%x %X %D", "UTC", "03/05/24 07:08:09 03/05/24"],
    ["plain", "UTC", "plain"],
  ])("%s in %s", (format, zone, expected) => {
    expect(strftime(at("2024-03-05T07:08:09Z") + 0.012345, format, zone)).toBe(expected);
  });

  it.each([
    ["2024-03-05T07:08:09Z", "%Y-%m-%dT%H:%M:%S%Z", "2024-03-05T07:08:09Z"],
    ["2024-03-05 07:08:09.5 +0200", "%Y-%m-%d %H:%M:%S.%N %z", "2024-03-05T05:08:09.5Z"],
    ["5 Mar 2024 11:00 PM", "%d %b %Y %I:%M %p", "2024-03-05T22:00:00Z"],
    ["03/05/24", "%m/%d/%y", "2024-03-04T23:00:00Z"],
    ["1709622489", "%s", "2024-03-05T07:08:09Z"],
    ["2024-03-05 and more", "%Y-%m-%d", "2024-03-04T23:00:00Z"],
    ["07:00", "%H:%M", "2024-06-01T05:00:00Z"],
  ])("%s as %s in Berlin", (text, format, expected) => {
    expect(strptime(text, format, "Europe/Berlin", at("2024-06-01T12:00:00Z"))).toBe(at(expected));
  });

  it.each([
    ["2024-13-05", "%Y-%m-%d"],
    ["2024-02-30", "%Y-%m-%d"],
    ["nonsense", "%Y"],
    ["10", "%!"],
    ["a b", "%Z %Z"],
  ])("%s as %s is none", (text, format) => {
    expect(strptime(text, format, "UTC", 0)).toBeNull();
  });

  it("come back from what they were written as", () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]) {
      for (let time = at("2023-12-30T00:00:00Z"); time < at("2024-12-30T00:00:00Z"); time += 86_400 * 3 + 3607) {
        expect(strptime(strftime(time, "%Y-%m-%d %H:%M:%S %z", zone), "%Y-%m-%d %H:%M:%S %z", zone, 0)).toBe(time);
      }
    }
  });
});

it("bins of days begin at midnight of the zone", async () => {
  const events = [{ _time: at("2024-07-01T23:30:00Z") }];
  expect(await column("| bin _time span=1d", "_time", events)).toEqual([at("2024-07-01T00:00:00Z")]);
  expect(await column("| bin _time span=1d", "_time", events, { timeZone: "Europe/Berlin" })).toEqual([
    at("2024-07-01T22:00:00Z"),
  ]);
  expect(await column("| bin _time span=1mon", "_time", events)).toEqual([at("2024-07-01T00:00:00Z")]);
  expect(await column("| bin _time span=90m", "_time", events)).toEqual([at("2024-07-01T22:30:00Z")]);
});

it("now is the begin of the search", async () => {
  expect(await value("now()", {}, { now: "2024-01-01T00:00:00Z" })).toBe(at("2024-01-01T00:00:00Z"));
});

it("convert writes and reads times, and leaves what is none", async () => {
  const search = '| convert timeformat="%Y-%m-%d" ctime(a) mktime(b) as c | fields a c';
  expect(
    await rows(search, [
      { a: 0, b: "1970-01-02" },
      { a: "soon", b: "never" },
    ]),
  ).toEqual([{ a: "1970-01-01", c: "86400" }, { a: "soon" }]);
  expect(
    await rows("| convert dur2sec(d) memk(m) rmunit(u) rmcomma(k) num(n) auto(t)", [
      { d: "01:02:03", m: "2m", u: "5km", k: "1,000", n: "x", t: "x" },
    ]),
  ).toEqual([{ d: "3723", m: "2048", u: "5", k: "1000", t: "x" }]);
});

it("an unknown zone is refused", async () => {
  await expect(value("1", {}, { timeZone: "Mars/Olympus" })).rejects.toThrow(RangeError);
});
