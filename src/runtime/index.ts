/**
 * What a ported rule runs on: KQL's functions, operators and aggregates, and the pipeline of rows. Functions are named as in KQL, in
 * camel case; operators by their meaning. All take and return the forms of `Value` and none fails on data: what KQL answers with null is null.
 *
 * @packageDocumentation
 */
export { Datetime, parseDatetime, parseTimespan, printDatetime, printTimespan, Timespan } from "../types/time.ts";
export type { Bag, Dynamic, DynamicArray, Long, Value } from "../types/value.ts";
export { access } from "./access.ts";
export type { Aggregate, Group, Selector } from "./aggregate.ts";
export * from "./arithmetic.ts";
export * from "./arrays.ts";
export * from "./bags.ts";
export { bin, binAt } from "./bin.ts";
export { type Cell, cellOf } from "./cell.ts";
export * from "./collections.ts";
export type { ColumnType, RowOf, Schema } from "./columns.ts";
export { between, equal, greater, greaterOrEqual, isIn, isInIgnoreCase, less, lessOrEqual } from "./compare.ts";
export { gettype, tobool, todatetime, toguid, toint, tolong, toreal, totimespan } from "./convert.ts";
export * from "./dates.ts";
export * from "./encoding.ts";
export * from "./extremes.ts";
export { formatDatetime, formatTimespan } from "./format-time.ts";
export * from "./ip.ts";
export { parseJson } from "./json.ts";
export { datetime, timespan } from "./literals.ts";
export * from "./logic.ts";
export * from "./math.ts";
export { type ParseStep, skip } from "./parsing.ts";
export { regexProblem } from "./regex.ts";
export * from "./regex-functions.ts";
export { Rows } from "./rows.ts";
export * from "./sets.ts";
export { ascending, descending, type SortKey } from "./sorting.ts";
export { type Events, from, fromRows, rangeRows, union } from "./sources.ts";
export * from "./spreads.ts";
export {
  contains,
  containsCs,
  endswith,
  endswithCs,
  equalIgnoreCase,
  has,
  hasAll,
  hasAny,
  hasCs,
  hasprefix,
  hasprefixCs,
  hassuffix,
  hassuffixCs,
  startswith,
  startswithCs,
} from "./string-tests.ts";
export * from "./strings.ts";
export * from "./sums.ts";
export { tostring, tostringDynamic, tostringReal } from "./text.ts";
