import type { Value } from "../types/value.ts";
import { type ColumnType, missing, readCell, type TypeOf } from "./columns.ts";
import { put } from "./put.ts";
import { quotePattern, type Regex, regex } from "./regex.ts";
import type { PlainRow } from "./summarize.ts";
import { textOf } from "./text.ts";

/** `*` in a pattern of `parse`: text that does not matter. */
export const skip: unique symbol = Symbol("skip");

/** A step of `parse`: text that must stand there, a column with its type, or `skip`. */
export type ParseStep = string | typeof skip | { readonly [column: string]: ColumnType };

/** The columns that steps read. */
export type ParsedRow<S extends readonly ParseStep[]> = S extends readonly [
  infer First,
  ...infer Rest extends readonly ParseStep[],
]
  ? (First extends { readonly [column: string]: ColumnType }
      ? { readonly [K in keyof First]: TypeOf[First[K]] }
      : unknown) &
      ParsedRow<Rest>
  : unknown;

export interface ParseOptions {
  /** `regex`: texts are regular expressions. `relaxed`: a column that does not convert is null, the others stand. */
  readonly kind?: "simple" | "regex" | "relaxed";
  /** Regex flags out of `imsU`, with kind regex. */
  readonly flags?: string;
  /** parse-where: rows that do not match are left out. */
  readonly where?: boolean;
}

interface ParsedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

const wholeNumber = String.raw`-?\d+`;
const realNumber = String.raw`[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?`;
const numbers: Readonly<Partial<Record<ColumnType, string>>> = {
  int: wholeNumber,
  long: wholeNumber,
  real: realNumber,
  decimal: realNumber,
};

/**
 * A function from a text to its columns: all of them null (strings "") where the text does not match, or null with `where`.
 * (parse-operator)
 */
export function parser(steps: readonly ParseStep[], options: ParseOptions): (text: Value) => PlainRow | null {
  const kind = options.kind ?? "simple";
  const columns: ParsedColumn[] = [];
  let source = "^";
  for (const step of steps) {
    if (step === skip) source += kind === "regex" ? ".*" : ".*?";
    else if (typeof step === "string") source += kind === "regex" ? `(?:${step})` : quotePattern(step);
    else {
      for (const [name, type] of Object.entries(step)) {
        source += `(?P<column_${columns.length}>${columnPattern(type, kind)})`;
        columns.push({ name, type });
      }
    }
  }
  const last = steps.at(-1);
  const pattern = regex(
    typeof last === "object" ? `${source}$` : source,
    kind === "regex" ? (options.flags ?? "") : "s",
  );
  const unmatched =
    options.where === true ? null : Object.fromEntries(columns.map(({ name, type }) => [name, missing(type)]));
  return (text) => readColumns(pattern, textOf(text), columns, kind === "relaxed") ?? unmatched;
}

function columnPattern(type: ColumnType, kind: "simple" | "regex" | "relaxed"): string {
  const text = kind === "regex" ? ".*" : ".*?";
  const number = numbers[type];
  if (number === undefined) return text;
  return kind === "relaxed" ? `${number}|${text}` : number;
}

function readColumns(
  pattern: Regex,
  text: string,
  columns: readonly ParsedColumn[],
  relaxed: boolean,
): PlainRow | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const row: Record<string, Value> = {};
  for (const [i, { name, type }] of columns.entries()) {
    const found = match.groups[pattern.names.get(`column_${i}`) ?? 0] ?? "";
    const value = readCell[type](found);
    if (value === null && !relaxed) return null;
    put(row, name, value);
  }
  return row;
}
