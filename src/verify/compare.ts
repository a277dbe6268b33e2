import type { ScalarType } from "../types/scalar-type.ts";
import { type CellForm, canonical } from "./canonical.ts";
import { identity } from "./made-event.ts";
import type { ResultColumn, ResultTable } from "./table.ts";

export interface ComparisonRules {
  /** Result column of one side → that of the other, where their names differ. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Text that stands for an absent value in the tables. */
  readonly missing: string | null;
  /** How often a row comes does not count. */
  readonly distinct: boolean;
  /** Rows of the first table must be in the second, which may have more. */
  readonly superset: boolean;
  /** Only what both tables have counts; a column of one of them is none of a difference. */
  readonly shared: boolean;
  /**
   * Rows of the second table are groups of events, with columns of their own: columns of the first that it may lack, where it has
   * the named one (null: in any case) instead. null: no such leave.
   */
  readonly replaced: ReadonlyMap<string, string | null> | null;
  /** The second result is the events themselves, with all the fields that they have. */
  readonly wholeEvents: boolean;
  /** In a JSON text, a number and the text of its digits are the same. */
  readonly looseNumbers: boolean;
}
export const exactRules: ComparisonRules = {
  renamed: new Map(),
  missing: null,
  distinct: false,
  superset: false,
  shared: false,
  replaced: null,
  wholeEvents: false,
  looseNumbers: false,
};

export interface TableDifference {
  /** What is different, in one line. */
  readonly summary: string;
  /** The columns that were compared, by the names of the first table. */
  readonly columns: readonly string[];
  readonly onlyInFirst: readonly (readonly string[])[];
  readonly onlyInSecond: readonly (readonly string[])[];
}

interface Pair {
  readonly name: string;
  readonly first: number;
  readonly second: number;
  readonly form: CellForm;
}

/** Compares two results as sets of rows, and their order where the first one sorts; null where they are the same. */
export function compareTables(first: ResultTable, second: ResultTable, rules: ComparisonRules): TableDifference | null {
  const pairs = pairsOf(first, second, rules);
  const columns = pairs.map((p) => p.name);
  const missing = rules.shared ? null : missingColumn(first, second, pairs, rules);
  if (missing !== null) return { summary: missing, columns, onlyInFirst: [], onlyInSecond: [] };
  const left = rowsOf(first, pairs, "first", rules);
  const right = rowsOf(second, pairs, "second", rules);
  const counts = new Map<string, number>();
  const texts = new Map<string, readonly string[]>();
  const count = (row: readonly string[], step: number): void => {
    const key = row.join("\u0001");
    texts.set(key, row);
    counts.set(key, (counts.get(key) ?? 0) + step);
  };
  if (rules.distinct) {
    const keys = (rows: readonly (readonly string[])[]) =>
      new Map(rows.map((row) => [row.join("\u0001"), row])).values();
    for (const row of keys(left)) count(row, 1);
    for (const row of keys(right)) count(row, -1);
  } else {
    for (const row of left) count(row, 1);
    for (const row of right) count(row, -1);
  }
  const onlyInFirst: (readonly string[])[] = [];
  const onlyInSecond: (readonly string[])[] = [];
  for (const [key, more] of counts) {
    const row = texts.get(key);
    if (row === undefined || more === 0) continue;
    if (more > 0) onlyInFirst.push(row);
    else if (!rules.superset) onlyInSecond.push(row);
  }
  if (onlyInFirst.length > 0 || onlyInSecond.length > 0) {
    const summary =
      left.length === right.length
        ? `${onlyInFirst.length} of ${left.length} rows differ`
        : `${left.length} rows against ${right.length}`;
    return { summary, columns, onlyInFirst, onlyInSecond };
  }
  if (rules.superset) return null;
  return rules.distinct
    ? orderDifference(first, pairs, different(left), different(right))
    : orderDifference(first, pairs, left, right);
}

function pairsOf(first: ResultTable, second: ResultTable, rules: ComparisonRules): readonly Pair[] {
  const place = new Map(second.columns.map((c, i) => [c.name, i]));
  const byIdentity = place.has(identity) && first.columns.some((c) => c.name === identity);
  return first.columns.flatMap((column, i): readonly Pair[] => {
    const j = place.get(column.name) ?? place.get(rules.renamed.get(column.name) ?? "");
    const other = j === undefined ? undefined : second.columns[j];
    if (j === undefined || other === undefined) return [];
    // Events that have one identity agree in everything that they bring along.
    if (byIdentity && column.name !== identity && column.carried) return [];
    const type: ScalarType | null = column.type ?? other.type;
    const plain = type === "dynamic" && !rules.wholeEvents && holdsTexts(first, i);
    const unordered = column.unordered || other.unordered;
    const form = { type, unordered, missing: null, plain, looseNumbers: false };
    return [{ name: column.name, first: i, second: j, form }];
  });
}

/** Whether a column has arrays of texts: a single text beside them is one of such an array. */
function holdsTexts(table: ResultTable, column: number): boolean {
  return table.rows.some((row) => {
    const cell = row[column];
    return Array.isArray(cell) && cell.some((item) => typeof item === "string");
  });
}

/** A column that only one side has, and that says something there. */
function missingColumn(
  first: ResultTable,
  second: ResultTable,
  pairs: readonly Pair[],
  { replaced, wholeEvents }: ComparisonRules,
): string | null {
  const stands = (name: string): boolean => {
    const by = replaced?.get(name);
    return by === null || (by !== undefined && second.columns.some((c) => c.name === by));
  };
  const byIdentity = pairs.some((p) => p.name === identity);
  const tells = (table: ResultTable, column: ResultColumn, at: number): boolean =>
    !column.name.startsWith("_") &&
    !(byIdentity && column.carried) &&
    table.rows.some(
      (row) =>
        canonical(row[at], { type: column.type, unordered: true, missing: null, plain: true, looseNumbers: false }) !==
        "",
    );
  const lost = first.columns.find((c, i) => !pairs.some((p) => p.first === i) && !stands(c.name) && tells(first, c, i));
  if (lost !== undefined) return `the column ${lost.name} is not in the second result`;
  if (byIdentity || wholeEvents || replaced !== null) return null;
  const added = second.columns.find((c, i) => !pairs.some((p) => p.second === i) && tells(second, c, i));
  return added === undefined ? null : `the column ${added.name} is not in the first result`;
}

function rowsOf(
  table: ResultTable,
  pairs: readonly Pair[],
  side: "first" | "second",
  { missing, looseNumbers }: ComparisonRules,
): readonly (readonly string[])[] {
  const places = pairs.map((p) => ({ at: p[side], form: { ...p.form, missing, looseNumbers } }));
  return table.rows.map((row) => places.map(({ at, form }) => canonical(row[at], form)));
}

function different(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(rows.map((row) => [row.join("\u0001"), row])).values()];
}

/** Rows that are equal in what the rule sorts by may stand in any order. */
function orderDifference(
  first: ResultTable,
  pairs: readonly Pair[],
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
): TableDifference | null {
  const keys = (first.sortedBy ?? []).map((name) => pairs.findIndex((p) => p.name === name));
  if (keys.length === 0 || keys.includes(-1)) return null;
  const keyOf = (row: readonly string[] | undefined): string => keys.map((k) => row?.[k] ?? "").join("\u0001");
  const at = left.findIndex((row, i) => keyOf(row) !== keyOf(right[i]));
  if (at < 0) return null;
  return {
    summary: `the rows are the same, but sorted differently from row ${at + 1} on`,
    columns: pairs.map((p) => p.name),
    onlyInFirst: [left[at] ?? []],
    onlyInSecond: [right[at] ?? []],
  };
}
