import type { SplitField } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { fieldNames, put, type Row, type Table } from "../row.ts";
import { type Aggregate, perUnit } from "../stats/accumulate.ts";
import { add, type Group } from "../stats/group.ts";
import { type Prepared, prepareAll } from "../stats/prepare.ts";
import { addUnits } from "../time/relative.ts";
import { nextBin, parseSpan } from "../time/span.ts";
import { compareText, looksNumeric, numberOf, readValue, type Value, valuesOf } from "../value.ts";
import { binner, usualSpan } from "./bin.ts";
import type { NodeOf, Run } from "./run.ts";

const known = [
  "limit",
  "useother",
  "usenull",
  "nullstr",
  "otherstr",
  "agg",
  "cont",
  "partial",
  "format",
  "sep",
  "span",
  "bins",
  "minspan",
  "fixedrange",
  "dedup_splitvals",
  "aligntime",
  "timeformat",
  "start",
  "end",
] as const;

/** Aggregates over the values of one field, in a column for each value of another. (Search Reference: chart) */
export const runChart: Run<"chart"> = (command, input, engine) => {
  const options = new Options("chart", command.options, known);
  const over = command.over;
  if (over === null) throw new SplProblem("SPL203", command, "chart needs a field after `over` or `by`");
  return charted(command, options, over, input, engine);
};

/** Aggregates over bins of time, those without events among them. (Search Reference: timechart) */
export const runTimechart: Run<"timechart"> = (command, input, engine) => {
  const options = new Options("timechart", command.options, known);
  const rows = input.rows.filter((row) => row.has("_time"));
  const written = options.text("span");
  const span = written === null ? usualSpan(engine, command, rows) : parseSpan(written);
  if (span === null)
    throw new SplProblem("SPL203", options.node("span"), `\`${written}\` is no span of time`, "write it as 5m or 1d");
  const over: SplitField = {
    field: "_time",
    options: [{ kind: "option", name: "span", value: `${span.count}${span.unit}` }],
  };
  const own = perUnit(addUnits(0, span.count, span.unit, "UTC"));
  const table = charted(command, options, over, { rows, order: input.order }, engine, own);
  if (!options.flag("cont", true)) return table;
  return {
    rows: withGaps(table.rows, (time) => nextBin(time, span, engine.timeZone), emptyCells(command, table)),
    order: table.order,
  };
};

interface Cell {
  readonly x: Value;
  readonly series: string;
  readonly group: Group;
}

function charted(
  command: NodeOf<"chart">,
  options: Options,
  over: SplitField,
  input: Table,
  engine: Engine,
  own: Readonly<Record<string, Aggregate>> = {},
): Table {
  const aggregates = prepareAll(engine, command.aggregations, fieldNames(input), undefined, own);
  if (command.where !== null)
    engine.warn("SPL212", command, "the `where` of a chart is passed over: all series are kept as `limit` says");
  const xOf = splitter(engine, over, input.rows, options.text("span"));
  const seriesOf = command.by === null ? () => [""] : texts(splitter(engine, command.by, input.rows, null), options);
  const cells = new Map<string, Cell>();
  for (const row of input.rows) {
    const x = xOf(row);
    if (x === undefined) continue;
    for (const series of seriesOf(row)) {
      const id = JSON.stringify([x, series]);
      const cell = cells.get(id) ?? { x, series, group: { keys: [], rows: 0, items: aggregates.map(() => []) } };
      cells.set(id, cell);
      add(cell.group, row, aggregates);
    }
  }
  const all = command.by === null ? [...cells.values()] : withOther([...cells.values()], aggregates, options);
  return tabled(command, all, over.field, aggregates, options);
}

function splitter(
  engine: Engine,
  split: SplitField,
  rows: readonly Row[],
  span: string | null,
): (row: Row) => Value | undefined {
  const options = new Options("chart", split.options, ["span", "bins", "start", "end", "minspan", "aligntime"]);
  const width = options.text("span") ?? span;
  if (width === null && split.field !== "_time") return (row) => row.get(split.field);
  return binner(engine, split, split.field, width, rows);
}

/** The series of a row: one for each value; those without a value are a series of their own. */
function texts(get: (row: Row) => Value | undefined, options: Options): (row: Row) => readonly string[] {
  const nullName = options.text("nullstr") ?? "NULL";
  const useNull = options.flag("usenull", true);
  return (row) => {
    const values = valuesOf(get(row));
    return values.length > 0 ? values : useNull ? [nullName] : [];
  };
}

/** The ten series with the greatest sum stay, the others become one. */
function withOther(cells: readonly Cell[], aggregates: readonly Prepared[], options: Options): readonly Cell[] {
  const limitText = options.text("limit") ?? "10";
  const found = /^(top|bottom)?\s*(\d+)$/.exec(limitText);
  if (found === null)
    throw new SplProblem("SPL203", options.node("limit"), `\`limit\` is a number, not \`${limitText}\``);
  const limit = Number(found[2]);
  const scores = new Map<string, number>();
  for (const cell of cells) {
    const score = numberOf(readValue(aggregates[0]?.finish(cell.group.items[0] ?? [], cell.group.rows))) ?? 0;
    scores.set(cell.series, (scores.get(cell.series) ?? 0) + score);
  }
  const direction = found[1] === "bottom" ? 1 : -1;
  const ranked = [...scores].sort(([a, x], [b, y]) => direction * (x - y) || compareText(a, b)).map(([name]) => name);
  if (limit === 0 || ranked.length <= limit) return cells;
  const kept = new Set(ranked.slice(0, limit));
  const other = options.text("otherstr") ?? "OTHER";
  const merged = new Map<string, Cell>();
  for (const cell of cells) {
    if (kept.has(cell.series)) merged.set(JSON.stringify([cell.x, cell.series]), cell);
    else if (options.flag("useother", true)) {
      const id = JSON.stringify([cell.x, null]);
      const before = merged.get(id) ?? {
        x: cell.x,
        series: other,
        group: { keys: [], rows: 0, items: aggregates.map(() => []) },
      };
      before.group.rows += cell.group.rows;
      for (const [i, items] of cell.group.items.entries()) for (const item of items) before.group.items[i]?.push(item);
      merged.set(id, before);
    }
  }
  return [...merged.values()];
}

function tabled(
  command: NodeOf<"chart">,
  cells: readonly Cell[],
  over: string,
  aggregates: readonly Prepared[],
  options: Options,
): Table {
  const series = [...new Set(cells.map((c) => c.series))].sort(
    (a, b) => seriesOrder(a, options) - seriesOrder(b, options) || natural(a, b),
  );
  const columnOf = (aggregate: Prepared, name: string): string =>
    command.by === null ? aggregate.name : aggregates.length === 1 ? name : `${aggregate.name}: ${name}`;
  const order = [over, ...aggregates.flatMap((a) => series.map((s) => columnOf(a, s)))];
  const rows = new Map<string, Row>();
  for (const cell of cells) {
    const id = JSON.stringify(cell.x);
    const row: Row = rows.get(id) ?? new Map([[over, cell.x]]);
    rows.set(id, row);
    for (const [i, a] of aggregates.entries()) {
      put(row, columnOf(a, cell.series), a.finish(cell.group.items[i] ?? [], cell.group.rows));
    }
  }
  const sorted = [...rows.values()].sort((a, b) =>
    natural(valuesOf(a.get(over))[0] ?? "", valuesOf(b.get(over))[0] ?? ""),
  );
  const empty = emptyCells(command, { rows: sorted, order });
  for (const row of sorted) for (const [name, value] of empty) if (!row.has(name)) row.set(name, value);
  return { rows: sorted, order };
}

function seriesOrder(name: string, options: Options): number {
  if (name === (options.text("otherstr") ?? "OTHER")) return 1;
  return name === (options.text("nullstr") ?? "NULL") ? 2 : 0;
}

function natural(a: string, b: string): number {
  return looksNumeric(a) && looksNumeric(b) ? Number(a) - Number(b) : compareText(a, b);
}

/** Counts are zero where nothing is counted; other aggregates have no value there. */
function emptyCells(command: NodeOf<"chart">, table: Table): ReadonlyMap<string, Value> {
  const counts = command.aggregations.filter((a) => /^(?:count|c|dc|distinct_count)$/i.test(a.function));
  if (counts.length !== command.aggregations.length) return new Map();
  return new Map(table.order.slice(1).map((name) => [name, 0]));
}

const longest = 50_000;

/** Rows for the bins between the first and the last one. */
function withGaps(rows: readonly Row[], next: (time: number) => number, empty: ReadonlyMap<string, Value>): Row[] {
  const result: Row[] = [];
  for (const row of rows) {
    const time = Number(row.get("_time"));
    const before = result.at(-1)?.get("_time");
    if (before !== undefined) {
      for (let t = next(Number(before)); t < time && result.length < longest; t = next(t)) {
        result.push(new Map<string, Value>([["_time", t], ...empty]));
      }
    }
    result.push(row);
  }
  return result;
}
