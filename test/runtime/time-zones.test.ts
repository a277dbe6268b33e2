import { describe, expect, it } from "vitest";
import { runKql } from "../../src/run.ts";
import { datetime, datetimeLocalToUtc, datetimeUtcToLocal, dayofweek } from "../../src/runtime/index.ts";

const local = (time: string, zone: string): string => String(datetimeUtcToLocal(datetime(time), zone));
const utc = (time: string, zone: string): string => String(datetimeLocalToUtc(datetime(time), zone));

describe("time zones", () => {
  it("shift in winter and in summer", () => {
    expect(local("2020-07-02T20:02:20.1234567Z", "US/Pacific")).toBe("2020-07-02T13:02:20.1234567Z");
    expect(utc("2020-02-02T20:02:20Z", "US/Pacific")).toBe("2020-02-03T04:02:20.0000000Z");
    expect(utc("2020-02-02T20:02:20Z", "Europe/Paris")).toBe("2020-02-02T19:02:20.0000000Z");
  });
  it("an hour that comes twice is the first, one that does not come is as before the change", () => {
    expect(utc("2020-10-25T02:30:00Z", "Europe/Paris")).toBe("2020-10-25T00:30:00.0000000Z");
    expect(utc("2020-03-29T02:30:00Z", "Europe/Paris")).toBe("2020-03-29T01:30:00.0000000Z");
  });
  it("an unknown zone gives null", () => {
    expect(datetimeUtcToLocal(datetime("2020-01-01"), "Mars/Olympus")).toBeNull();
  });
});

it("the very last day has no day of the week in the engine", () => {
  expect(dayofweek(datetime("9999-12-31"))).toBeNull();
  expect(String(dayofweek(datetime("9999-12-30")))).toBe("4.00:00:00");
});

const refused = async (query: string): Promise<string> => {
  try {
    await runKql(query, { now: "2026-01-01T00:00:00Z" });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe("constants that a function refuses", () => {
  it.each([
    ["print format_datetime(datetime(2020-01-01), 'yyyy-MM-ddTHH:mm')", "1:45"],
    ["print format_datetime(datetime(2020-01-01), '')", "the format is empty"],
    ["print format_timespan(1d, '%d')", "a format cannot hold `%`"],
    ["print datetime_part('weeek', datetime(2020-01-01))", "`weeek` is no part of a datetime"],
    ["print datetime_add('dayz', 1, datetime(2020-01-01))", "`dayz` is no period"],
    ["print datetime_utc_to_local(datetime(2020-01-01), 'Europe/Nowhere')", "is no time zone"],
    ["print make_datetime(2020, 1)", "not defined for"],
    ["print datetime(2020-01-01) + 1", "not defined for a datetime and a long"],
    ["print bin(datetime(2020-01-01), 1)", "not defined for a datetime and a long"],
  ])("%s", async (query, message) => {
    expect(await refused(query)).toContain(message);
  });
  it("weeks are counted in reals, other periods in whole numbers", async () => {
    const { columns } = await runKql(
      "print w = datetime_diff('Week', datetime(2020-01-15), datetime(2020-01-01)), d = datetime_diff('day', datetime(2020-01-15), datetime(2020-01-01))",
      { now: "2026-01-01T00:00:00Z" },
    );
    expect(columns.map((c) => c.type)).toEqual(["real", "long"]);
  });
});
