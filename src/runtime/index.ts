/**
 * What a ported rule runs on: KQL's functions, operators and aggregates, and the pipeline of rows. Functions are named as in KQL, in
 * camel case; operators by their meaning. All take and return the forms of `Value` and none fails on data: what KQL answers with null is null.
 *
 * @packageDocumentation
 */
export { Decimal } from "../types/decimal.ts";
export { Datetime, parseDatetime, parseTimespan, printDatetime, printTimespan, Timespan } from "../types/time.ts";
export { type Bag, type Dynamic, type DynamicArray, type Long, Real, type Value } from "../types/value.ts";
export { access } from "./access.ts";
export { activeUsersCount, activityCountsMetrics, rollingPercentile } from "./activity.ts";
export type { Aggregate, Group, Selector } from "./aggregate.ts";
export * from "./arithmetic.ts";
export * from "./arrays.ts";
export * from "./bags.ts";
export { bin, binAt } from "./bin.ts";
export * from "./bits.ts";
export { buildschema } from "./build-schema.ts";
export { type Cell, cellOf } from "./cell.ts";
export * from "./codepoints.ts";
export * from "./collections.ts";
export type { ColumnType, RowOf, Schema } from "./columns.ts";
export { between, equal, greater, greaterOrEqual, isIn, isInIgnoreCase, less, lessOrEqual } from "./compare.ts";
export { gettype, tobool, todatetime, todecimal, toguid, toint, tolong, toreal, totimespan } from "./convert.ts";
export * from "./dates.ts";
export * from "./digests.ts";
export * from "./encoding.ts";
export * from "./extremes.ts";
export { formatBytes } from "./format-bytes.ts";
export {
  datetimeFormatProblem,
  formatDatetime,
  formatTimespan,
  timespanFormatProblem,
} from "./format-time.ts";
export { geoIntersection2polygons, geoUnionPolygonsArray } from "./geo-boolean.ts";
export { geoPointBuffer } from "./geo-buffer.ts";
export { geoLineToS2cells, geoPolygonToS2cells } from "./geo-covering.ts";
export { geoLineDensify, geoPolygonDensify } from "./geo-densify.ts";
export * from "./geo-measures.ts";
export { geoIntersection2lines, geoIntersectionLineWithPolygon } from "./geo-overlay.ts";
export * from "./geo-wkt.ts";
export * from "./geohash.ts";
export * from "./h3-cells.ts";
export * from "./hashes.ts";
export * from "./ip.ts";
export * from "./ipv6.ts";
export { parseJson } from "./json.ts";
export { datetime, decimal, real, timespan } from "./literals.ts";
export * from "./logic.ts";
export * from "./math.ts";
export * from "./parse-text.ts";
export { type ParseStep, skip } from "./parsing.ts";
export * from "./percentiles.ts";
export { regexGroups, regexProblem } from "./regex.ts";
export * from "./regex-functions.ts";
export { Rows } from "./rows.ts";
export {
  geoPointToS2cell,
  geoS2cellNeighbors,
  geoS2cellToCentralPoint,
  geoS2cellToPolygon,
} from "./s2-cells.ts";
export * from "./series.ts";
export { series, seriesOfReals } from "./series.ts";
export * from "./series-elements.ts";
export * from "./series-filters.ts";
export * from "./series-measures.ts";
export * from "./sets.ts";
export * from "./sketches.ts";
export { ascending, descending, type SortKey } from "./sorting.ts";
export { type Events, from, fromRows, rangeRows, union } from "./sources.ts";
export * from "./special-functions.ts";
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
  hasAnyIndex,
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
export * from "./time-zones.ts";
export { treepath } from "./treepath.ts";
export * from "./units.ts";
export {
  next,
  prev,
  rowCumsum,
  rowCumsumReal,
  rowNumber,
  rowRankDense,
  rowRankMin,
  rowWindowSession,
  type WindowFunction,
} from "./window.ts";
export { parseXml } from "./xml.ts";
