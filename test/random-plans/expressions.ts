import { functionNames, isOperator, scalarFunction } from "../../src/functions/index.ts";
import type { ParameterType, ScalarFunction } from "../../src/functions/row.ts";
import type { Column } from "../../src/types/scalar-type.ts";
import type { Choices } from "./choices.ts";
import { literals, type Type } from "./tables.ts";

const types = Object.keys(literals) as readonly Type[];

/** Functions whose result is not the same each time, or that stop the query. */
const excluded = new Set(["rand", "new_guid", "row_id", "assert", "now", "ago", "extent_id", "ingestion_time"]);

/** Every scalar function that runs, by name, synonyms left out. */
export const functions: readonly ScalarFunction[] = [
  ...new Map(
    functionNames().flatMap((name) => {
      const row = isOperator(name) ? undefined : scalarFunction(name);
      return row?.run !== undefined && !excluded.has(row.name) ? [[row.name, row] as const] : [];
    }),
  ).values(),
];

/** The types that a parameter takes. */
export function typesOf(parameter: ParameterType): readonly Type[] {
  if (parameter === "any" || parameter === "unknown") return types;
  if (parameter === "text") return ["string", "string", "dynamic", "long", "guid", "real"];
  if (parameter === "number") return ["long", "real", "int", "decimal"];
  if (parameter === "regex") return ["string"];
  if (typeof parameter !== "string") return parameter.flatMap(typesOf);
  if (parameter === "real" || parameter === "decimal") return [parameter, "long", "int"];
  if (parameter === "long") return ["long", "int"];
  return [parameter];
}

export const patterns = [
  '"a"',
  '"([a-z]+)"',
  '@"(\\w)=(\\w+)"',
  '"(?i)^NET"',
  '"[^a]*$"',
  '"."',
  '""',
  '"(?P<n>[0-9]+)"',
  '"[ a]"',
  "'\\\\b'",
] as const;
/** Constants that only some functions understand, by function and place. */
const meant: Readonly<Record<string, Readonly<Record<number, readonly [string, ...string[]]>>>> = {
  format_datetime: { 1: ['"yyyy-MM-dd HH:mm:ss.fffffff"', '"d/M/yy h:m tt"', '"[MM]"'] },
  format_timespan: { 1: ['"ddd.hh:mm:ss.fffffff"', '"h:m"', '"[d]"'] },
  datetime_part: { 0: ['"year"', '"week_of_year"', '"nanosecond"', '"dayofyear"'] },
  datetime_add: { 0: ['"month"', '"day"', '"microsecond"', '"year"'] },
  datetime_diff: { 0: ['"month"', '"week"', '"second"', '"year"'] },
  datetime_utc_to_local: { 1: ['"Europe/Berlin"', '"US/Pacific"'] },
  datetime_local_to_utc: { 1: ['"Europe/Berlin"', '"US/Pacific"'] },
  extract_json: { 0: ['"$.k"', '"$.k[0]"'] },
  extract: { 3: ["typeof(long)", "typeof(string)"] },
  bag_pack: { 0: ['"k"'], 2: ['"n"'], 4: ['"o"'] },
  bag_set_key: { 1: ['"k"', '"$.k.n"', '"$.z[0]"'] },
  countof: { 2: ['"normal"', '"regex"'] },
  format_bytes: { 1: ["2", "0"], 2: ['"KB"', '"MB"'] },
  parse_path: { 0: ["s", '"C:\\\\a\\\\b.txt"'] },
  case: { 0: ["b", "true"], 1: ["l", "1"], 2: ["b", "l > 1"], 3: ["2", "l"], 4: ["0", "r"] },
  repeat: { 1: ["2", "0", "3"] },
  strrep: { 1: ["2", "0", "3"] },
  range: { 0: ["0", "1"], 1: ["5", "9"], 2: ["2", "1"] },
  array_slice: { 1: ["0", "1", "-2"], 2: ["1", "2", "-1"] },
  tohex: { 1: ["4", "16"] },
  series_fir: { 1: ["dynamic([1, 1])"] },
  series_iir: { 1: ["dynamic([1])"], 2: ["dynamic([1, -1])"] },
  extract_all: { 0: ['"([a-z])"', '@"(\\w)=(\\w)"'] },
};

/** Functions that make a million elements of large numbers. */
const long = new Set(["range", "repeat"]);

/** What stands in a place of a call: a constant where one is needed, else any expression of a type that fits. */
export function argumentOf(row: ScalarFunction, index: number, c: Choices, expression: (type: Type) => string): string {
  const own = meant[row.name]?.[index];
  if (own && (long.has(row.name) || c.below(4) < 3)) return c.of(own);
  const parameter = row.parameters[index] ?? row.rest ?? "any";
  if (parameter === "regex") return c.of(patterns);
  const [first = "long", ...rest] = typesOf(parameter);
  const type = c.of([first, ...rest]);
  return row.constants?.includes(index) ? c.of(literals[type]) : expression(type);
}

/** So many arguments as the function takes. */
export function countOf(row: ScalarFunction, c: Choices): number {
  const most = row.runsUpTo ?? row.parameters.length;
  const least = Math.max(row.parameters.length - (row.optional ?? 0), row.runsFrom ?? 0);
  return least + c.below(Math.max(most - least, 0) + 1 + (row.rest === undefined ? 0 : 3));
}

const names = /^[a-z_]\w*$/i;
export const written = (name: string): string => (names.test(name) ? name : `['${name}']`);

/** The functions that can give a type, those of any type among them. */
const byResult = new Map<Type, readonly ScalarFunction[]>(
  types.map((type) => [type, functions.filter((row) => row.returns === type && names.test(row.name))]),
);

const stringTests = [
  "==",
  "!=",
  "=~",
  "!~",
  "contains",
  "!contains",
  "startswith",
  "endswith_cs",
  "has",
  "!has",
  "has_cs",
  "hasprefix",
  "!hassuffix",
  "contains_cs",
  "hassuffix_cs",
] as const;

/** An expression that should have a type: what the compiler makes of it is the last word. */
export function expression(type: Type, columns: readonly Column[], c: Choices, depth: number): string {
  const named = columns.filter((column) => column.type === type);
  const leaf = (): string => {
    const column = c.any(named);
    return column !== undefined && c.below(4) !== 3 ? written(column.name) : c.of(literals[type]);
  };
  if (depth <= 0) return leaf();
  const of = (t: Type): string => expression(t, columns, c, depth - 1);
  const call = (): string => {
    const row = c.any(byResult.get(type) ?? []);
    if (row === undefined) return leaf();
    const args = Array.from({ length: countOf(row, c) }, (_, i) => argumentOf(row, i, c, of));
    return `${row.name}(${args.join(", ")})`;
  };
  const either = (): string =>
    c.of([
      () => `iff(${of("bool")}, ${of(type)}, ${of(type)})`,
      () => `coalesce(${of(type)}, ${of(type)})`,
      () => `case(${of("bool")}, ${of(type)}, ${of("bool")}, ${of(type)}, ${of(type)})`,
    ])();
  const numeric = (): string =>
    c.of([
      () => `${of(type)} ${c.of(["+", "-", "*", "/", "%"])} ${of(type)}`,
      () => `(${of(type)} ${c.of(["+", "-", "*", "/", "%"])} ${of(c.of(["long", "real", "int", "decimal"]))})`,
      () => `-${leaf()}`,
      () => `bin(${of(type)}, ${c.of(["2", "1", "10", "0.5"])})`,
      () => `abs(${of(type)})`,
      () => `${c.of(["max_of", "min_of"])}(${of(type)}, ${of(type)})`,
    ])();
  switch (type) {
    case "bool":
      return c.of([
        () => `${of("string")} ${c.of(stringTests)} ${of("string")}`,
        () => {
          const of2 = c.of<Type>(["long", "real", "datetime", "timespan", "int", "decimal", "bool"]);
          return `${of(of2)} ${c.of(["==", "!=", "<", "<=", ">", ">="])} ${of(of2)}`;
        },
        () => `(${of("bool")} ${c.of(["and", "or"])} ${of("bool")})`,
        leaf,
        () =>
          `${of(c.of(["dynamic", "guid", "string", "long"]))} ${c.of(["==", "!="])} ${of(c.of(["dynamic", "string", "long"]))}`,
        () => `not(${of("bool")})`,
        () => `${of("long")} ${c.of(["between", "!between"])} (${of("long")} .. ${c.below(9)})`,
        () => `${of("datetime")} between (${of("datetime")} .. ${c.of(["1d", "datetime(2026-01-01)"])})`,
        () => `${of("string")} ${c.of(["in", "!in", "in~", "has_any", "has_all"])} ("a", ${of("string")})`,
        () => `${of(c.of(["long", "real", "guid"]))} in (${of("dynamic")})`,
        () => `${of("string")} matches regex ${c.of(patterns)}`,
        call,
        call,
        either,
      ])();
    case "long":
    case "real":
    case "int":
    case "decimal":
      return c.of([numeric, call, leaf, either, numeric, call])();
    case "string":
      return c.of([
        call,
        () => `strcat(${of("string")}, ${of(c.of(types as [Type, ...Type[]]))})`,
        () => `tostring(${of(c.of(["dynamic", "real", "datetime", "timespan", "bool", "decimal"]))})`,
        leaf,
        either,
        call,
      ])();
    case "datetime":
      return c.of([
        call,
        () => `${of("datetime")} ${c.of(["+", "-"])} ${of("timespan")}`,
        leaf,
        () => `bin(${of("datetime")}, ${c.of(["1h", "1d", "7m"])})`,
        either,
        () => "now()",
        () => "ago(1d)",
      ])();
    case "timespan":
      return c.of([
        leaf,
        () => `(${of("datetime")} - ${of("datetime")})`,
        () => `${of("timespan")} * ${of(c.of(["long", "real"]))}`,
        call,
        either,
        () => `bin(${of("timespan")}, 1h)`,
      ])();
    case "dynamic":
      return c.of([
        call,
        () => `${leaf()}.k`,
        () => `${leaf()}[${c.of(["0", "-1", "1", '"k"', '"odd key"'])}]`,
        () => `pack_array(${of(c.of(types as [Type, ...Type[]]))}, ${of(c.of(types as [Type, ...Type[]]))})`,
        () => `bag_pack("k", ${of(c.of(types as [Type, ...Type[]]))}, "n", ${of(c.of(types as [Type, ...Type[]]))})`,
        leaf,
        call,
        either,
      ])();
    case "guid":
      return c.of([leaf, call, either])();
  }
}
