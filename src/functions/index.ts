import { addresses } from "./addresses.ts";
import { aggregateSynonyms, aggregates } from "./aggregates.ts";
import { arithmetic } from "./arithmetic.ts";
import { bags } from "./bags.ts";
import { bits } from "./bits.ts";
import { conversions } from "./conversions.ts";
import { dates } from "./dates.ts";
import { dynamics } from "./dynamics.ts";
import { encodings } from "./encodings.ts";
import { environment } from "./environment.ts";
import { fieldTransforms } from "./fields.ts";
import { geo } from "./geo.ts";
import { hashes } from "./hashes.ts";
import { numbers } from "./numbers.ts";
import { operators } from "./operators.ts";
import type { AggregateFunction, ScalarFunction } from "./row.ts";
import { series } from "./series.ts";
import { sketches } from "./sketches.ts";
import { strings } from "./strings.ts";
import { textParsing } from "./text-parsing.ts";
import { units } from "./units.ts";

export type {
  AggregateFunction,
  Constants,
  ParameterType,
  ResultType,
  ScalarFunction,
  SplArguments,
  SplForm,
} from "./row.ts";

/** Other names of a function; the plan holds the first name alone. */
const synonyms: Readonly<Record<string, string>> = {
  todouble: "toreal",
  toboolean: "tobool",
  todynamic: "parse_json",
  parsejson: "parse_json",
  toobject: "parse_json",
  iif: "iff",
  floor: "bin",
  notempty: "isnotempty",
  notnull: "isnotnull",
  pack: "bag_pack",
  pack_dictionary: "bag_pack",
  extractall: "extract_all",
  extractjson: "extract_json",
  array_strcat: "strcat_array",
  array_iif: "array_iff",
  arraylength: "array_length",
  to_utf8: "unicode_codepoints_from_string",
  make_string: "unicode_codepoints_to_string",
  totime: "totimespan",
  base64_encodestring: "base64_encode_tostring",
  base64_decodestring: "base64_decode_tostring",
  parseurl: "parse_url",
  parseurlquery: "parse_urlquery",
  extentid: "extent_id",
  current_cursor: "cursor_current",
  weekofyear: "week_of_year",
  datepart: "datetime_part",
  merge_tdigest: "tdigest_merge",
};

const scalars: ReadonlyMap<string, ScalarFunction> = new Map(
  [
    ...operators,
    ...arithmetic,
    ...strings,
    ...encodings,
    ...textParsing,
    ...conversions,
    ...bags,
    ...dynamics,
    ...dates,
    ...numbers,
    ...bits,
    ...hashes,
    ...addresses,
    ...series,
    ...sketches,
    ...units,
    ...geo,
    ...environment,
    ...fieldTransforms,
  ].map((f) => [f.name, f]),
);
const aggregateRows: ReadonlyMap<string, AggregateFunction> = new Map(aggregates.map((f) => [f.name, f]));

/** The row of a scalar function or operator by any of its names. */
export function scalarFunction(name: string): ScalarFunction | undefined {
  return scalars.get(name) ?? scalars.get(synonyms[name] ?? "");
}

const words: ReadonlySet<string> = new Set([...operators.map((row) => row.name), "neg"]);

/** Whether a name is an operator's, which no call can have: `a has b`, never `has(a, b)`. */
export function isOperator(name: string): boolean {
  return words.has(name);
}

/** The row of an aggregate by any of its names; that of an older name has its own naming. */
export function aggregateFunction(name: string): AggregateFunction | undefined {
  const older = Object.hasOwn(aggregateSynonyms, name) ? aggregateSynonyms[name] : undefined;
  const row = aggregateRows.get(older?.name ?? name);
  return row && older ? { ...row, prefix: older.prefix ?? row.prefix, older } : row;
}

/** All names that a query may use, for suggestions. */
export function functionNames(): readonly string[] {
  return [
    ...scalars.keys(),
    ...aggregateRows.keys(),
    ...Object.keys(synonyms),
    ...Object.keys(aggregateSynonyms),
  ].filter((n) => /^[a-z]/.test(n));
}
