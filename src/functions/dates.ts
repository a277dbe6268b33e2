import type { ScalarType } from "../types/scalar-type.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

const binnable: ParameterType = ["int", "long", "real", "decimal", "datetime", "timespan", "dynamic"];
const binned = (types: readonly ScalarType[]): ScalarType => {
  const [value = "unknown", size = "unknown"] = types;
  if (value === "datetime" || value === "timespan" || value === "dynamic") return value;
  return value === "real" || size === "real" ? "real" : value === "decimal" || size === "decimal" ? "decimal" : "long";
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
  { name: "now", parameters: ["timespan"], optional: 1, returns: "datetime", nulls: "propagate", clock: true, run: "now", spl: splForms.now, page: "now-function" },
  { name: "ago", parameters: ["timespan"], returns: "datetime", nulls: "propagate", clock: true, run: "ago", spl: splForms.ago, page: "ago-function" },
  { ...start("startofday", "startofday"), naming: "argument", spl: splForms.startofday },
  { ...start("startofweek", "startofweek"), spl: splForms.startofweek },
  start("startofmonth", "startofmonth"),
  start("startofyear", "startofyear"),
  start("endofday", "endofday"),
  start("endofweek", "endofweek"),
  start("endofmonth", "endofmonth"),
  start("endofyear", "endofyear"),
  { name: "bin", parameters: [binnable, binnable], returns: binned, nulls: "propagate", run: "bin", naming: "argument", spl: splForms.bin, page: "bin-function" },
  { name: "bin_at", parameters: [binnable, binnable, binnable], returns: binned, nulls: "propagate", run: "binAt", naming: "argument", page: "bin-at-function" },
  { name: "datetime_add", parameters: ["string", "long", "datetime"], returns: "datetime", nulls: "propagate", run: "datetimeAdd", spl: splForms.datetime_add, page: "datetime-add-function" },
  { name: "datetime_diff", parameters: ["string", "datetime", "datetime"], returns: "long", nulls: "propagate", run: "datetimeDiff", spl: splForms.datetime_diff, page: "datetime-diff-function" },
  { name: "datetime_part", parameters: ["string", "datetime"], returns: "long", nulls: "propagate", run: "datetimePart", page: "datetime-part-function" },
  { name: "format_datetime", parameters: ["datetime", "string"], returns: "string", nulls: "handles", run: "formatDatetime", naming: "argument", spl: splForms.format_datetime, page: "format-datetime-function" },
  { name: "format_timespan", parameters: ["timespan", "string"], returns: "string", nulls: "handles", run: "formatTimespan", naming: "argument", page: "format-timespan-function" },
  { ...part("dayofweek", "dayofweek", "timespan"), spl: splForms.dayofweek },
  part("dayofmonth", "dayofmonth"),
  part("dayofyear", "dayofyear"),
  part("monthofyear", "monthofyear"),
  { ...part("hourofday", "hourofday"), spl: splForms.hourofday },
  part("getyear", "getyear"),
  part("getmonth", "getmonth"),
  { name: "week_of_year", parameters: ["datetime"], returns: "long", nulls: "propagate", run: "weekOfYear", page: "week-of-year-function" },
  { name: "make_datetime", parameters: ["any", "long", "long", "long", "long", "real"], optional: 5, returns: "datetime", nulls: "propagate", run: "makeDatetime", page: "make-datetime-function" },
  { name: "make_timespan", parameters: ["long", "long", "real", "real"], optional: 2, returns: "timespan", nulls: "propagate", run: "makeTimespan", page: "make-timespan-function" },
  { name: "unixtime_seconds_todatetime", parameters: ["number"], returns: "datetime", nulls: "propagate", run: "unixtimeSecondsTodatetime", spl: splForms.unixtime_seconds_todatetime, page: "unixtime-seconds-todatetime-function" },
  { name: "unixtime_milliseconds_todatetime", parameters: ["number"], returns: "datetime", nulls: "propagate", run: "unixtimeMillisecondsTodatetime", spl: splForms.unixtime_milliseconds_todatetime, page: "unixtime-milliseconds-todatetime-function" },
  { name: "unixtime_microseconds_todatetime", parameters: ["number"], returns: "datetime", nulls: "propagate", run: "unixtimeMicrosecondsTodatetime", page: "unixtime-microseconds-todatetime-function" },
  { name: "unixtime_nanoseconds_todatetime", parameters: ["number"], returns: "datetime", nulls: "propagate", run: "unixtimeNanosecondsTodatetime", page: "unixtime-nanoseconds-todatetime-function" },
];
