import {
  datetimeFormatProblem,
  isDatetimePart,
  isPeriod,
  isTimeZone,
  timespanFormatProblem,
} from "../runtime/index.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import { scalar } from "./define.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

const binnable: ParameterType = ["int", "long", "real", "decimal", "datetime", "timespan"];
const widest = (types: readonly ScalarType[]): ScalarType =>
  types.includes("unknown")
    ? "unknown"
    : types.includes("decimal")
      ? "decimal"
      : types.includes("real")
        ? "real"
        : "long";
const isOneOf = (type: ScalarType | undefined, ...types: readonly ScalarType[]): boolean =>
  type === undefined || type === "unknown" || types.includes(type);

/** Times have bins of a timespan, numbers of a number. */
function binned(types: readonly ScalarType[]): ScalarType | null {
  const [value = "unknown", size, fixed = value] = types;
  switch (value) {
    case "unknown":
      return "unknown";
    case "datetime":
      return isOneOf(size, "timespan", "datetime") && isOneOf(fixed, "datetime") ? value : null;
    case "timespan":
      return isOneOf(size, "timespan") && isOneOf(fixed, "timespan") ? value : null;
    default:
      return [size, fixed].every((t) => t === undefined || t === "unknown" || isNumeric(t)) ? widest(types) : null;
  }
}

/** Refuses a constant text that a test does not know. */
const knownText =
  (argument: number, isKnown: (text: string) => boolean, what: string): NonNullable<ScalarFunction["refuses"]> =>
  (constants) => {
    const text = constants[argument];
    return typeof text !== "string" || isKnown(text) ? null : { argument, message: `\`${text}\` is no ${what}` };
  };
const knownFormat =
  (problem: (format: string) => string | null): NonNullable<ScalarFunction["refuses"]> =>
  (constants) => {
    const [, format] = constants;
    if (typeof format !== "string") return null;
    const found = format === "" ? "" : problem(format);
    return found === null
      ? null
      : { argument: 1, message: found === "" ? "the format is empty" : `a format cannot hold \`${found}\`` };
  };

const start = (name: string, run: NonNullable<ScalarFunction["run"]>): ScalarFunction => ({
  name,
  parameters: ["datetime", "long"],
  optional: 1,
  returns: "datetime",
  nulls: "propagate",
  run,
  page: `${name}-function`,
});
const part = (name: string, run: NonNullable<ScalarFunction["run"]>, returns: ScalarType = "int"): ScalarFunction => ({
  name,
  parameters: ["datetime"],
  returns,
  nulls: "propagate",
  run,
  page: `${name}-function`,
});

/** Times. All of them UTC; weeks begin on Sunday. */
export const dates: readonly ScalarFunction[] = [
  {
    name: "now",
    parameters: ["timespan"],
    optional: 1,
    returns: "datetime",
    nulls: "propagate",
    clock: true,
    run: "now",
    spl: splForms.now,
    page: "now-function",
  },
  {
    name: "ago",
    parameters: ["timespan"],
    returns: "datetime",
    nulls: "propagate",
    clock: true,
    run: "ago",
    spl: splForms.ago,
    page: "ago-function",
  },
  { ...start("startofday", "startofday"), naming: "argument", spl: splForms.startofday },
  { ...start("startofweek", "startofweek"), spl: splForms.startofweek },
  start("startofmonth", "startofmonth"),
  start("startofyear", "startofyear"),
  start("endofday", "endofday"),
  start("endofweek", "endofweek"),
  start("endofmonth", "endofmonth"),
  start("endofyear", "endofyear"),
  {
    name: "bin",
    parameters: [binnable, binnable],
    returns: binned,
    nulls: "propagate",
    run: "bin",
    naming: "argument",
    spl: splForms.bin,
    page: "bin-function",
  },
  {
    name: "bin_at",
    parameters: [binnable, binnable, binnable],
    returns: binned,
    nulls: "propagate",
    run: "binAt",
    naming: "argument",
    page: "bin-at-function",
  },
  {
    name: "datetime_add",
    parameters: ["string", "long", "datetime"],
    returns: "datetime",
    nulls: "propagate",
    constants: [0],
    refuses: knownText(0, isPeriod, "period"),
    run: "datetimeAdd",
    spl: splForms.datetime_add,
    page: "datetime-add-function",
  },
  {
    name: "datetime_diff",
    parameters: ["string", "datetime", "datetime"],
    // Weeks are reals in the engine, though whole.
    returns: (_, [period]) => (typeof period === "string" && period.toLowerCase() === "week" ? "real" : "long"),
    nulls: "propagate",
    constants: [0],
    refuses: knownText(0, isPeriod, "period"),
    run: "datetimeDiff",
    spl: splForms.datetime_diff,
    page: "datetime-diff-function",
  },
  {
    name: "datetime_part",
    parameters: ["string", "datetime"],
    returns: "int",
    nulls: "propagate",
    constants: [0],
    refuses: knownText(0, isDatetimePart, "part of a datetime"),
    run: "datetimePart",
    page: "datetime-part-function",
  },
  {
    name: "format_datetime",
    parameters: ["datetime", "string"],
    returns: "string",
    nulls: "handles",
    constants: [1],
    refuses: knownFormat(datetimeFormatProblem),
    run: "formatDatetime",
    naming: "argument",
    spl: splForms.format_datetime,
    page: "format-datetime-function",
  },
  {
    name: "format_timespan",
    parameters: ["timespan", "string"],
    returns: "string",
    nulls: "handles",
    constants: [1],
    refuses: knownFormat(timespanFormatProblem),
    run: "formatTimespan",
    naming: "argument",
    page: "format-timespan-function",
  },
  { ...part("dayofweek", "dayofweek", "timespan"), spl: splForms.dayofweek },
  part("dayofmonth", "dayofmonth"),
  part("dayofyear", "dayofyear"),
  part("monthofyear", "monthofyear"),
  { ...part("hourofday", "hourofday"), spl: splForms.hourofday },
  part("getyear", "getyear"),
  part("getmonth", "getmonth"),
  {
    name: "week_of_year",
    parameters: ["datetime"],
    returns: "int",
    nulls: "propagate",
    run: "weekOfYear",
    page: "week-of-year-function",
  },
  {
    name: "make_datetime",
    parameters: ["any", "number", "number", "number", "number", "number"],
    optional: 5,
    returns: (types) => (types.length === 2 ? null : "datetime"),
    nulls: "propagate",
    naming: "only",
    run: "makeDatetime",
    page: "make-datetime-function",
  },
  {
    name: "make_timespan",
    parameters: ["any", "number", "number", "number"],
    optional: 3,
    returns: "timespan",
    nulls: "propagate",
    naming: "only",
    run: "makeTimespan",
    page: "make-timespan-function",
  },
  {
    name: "unixtime_seconds_todatetime",
    parameters: ["number"],
    returns: "datetime",
    nulls: "propagate",
    run: "unixtimeSecondsTodatetime",
    spl: splForms.unixtime_seconds_todatetime,
    page: "unixtime-seconds-todatetime-function",
  },
  {
    name: "unixtime_milliseconds_todatetime",
    parameters: ["number"],
    returns: "datetime",
    nulls: "propagate",
    run: "unixtimeMillisecondsTodatetime",
    spl: splForms.unixtime_milliseconds_todatetime,
    page: "unixtime-milliseconds-todatetime-function",
  },
  {
    name: "unixtime_microseconds_todatetime",
    parameters: ["number"],
    returns: "datetime",
    nulls: "propagate",
    run: "unixtimeMicrosecondsTodatetime",
    page: "unixtime-microseconds-todatetime-function",
  },
  {
    name: "unixtime_nanoseconds_todatetime",
    parameters: ["number"],
    returns: "datetime",
    nulls: "propagate",
    run: "unixtimeNanosecondsTodatetime",
    page: "unixtime-nanoseconds-todatetime-function",
  },
  scalar("datetime_utc_to_local", ["datetime", "string"], "datetime", {
    refuses: knownText(1, isTimeZone, "time zone"),
    run: "datetimeUtcToLocal",
  }),
  scalar("datetime_local_to_utc", ["datetime", "string"], "datetime", {
    refuses: knownText(1, isTimeZone, "time zone"),
    run: "datetimeLocalToUtc",
  }),
  scalar("datetime_list_timezones", [], "dynamic", { page: "datetime-list-timezones" }),
  scalar("around", ["any", "any", "any"], "bool", { run: "around" }),
  scalar("bin_auto", [binnable], ([type = "unknown"]) => (type === "int" ? "long" : type), { naming: "argument" }),
];
