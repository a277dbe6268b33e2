import type { Located } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { put, type Row } from "../row.ts";
import { timeOf } from "../stats/group.ts";
import { binStart, parseSpan, type TimeSpan } from "../time/span.ts";
import { isTime } from "../time/zone.ts";
import { looksNumeric, numberText, type Value, valuesOf } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Puts values into bins: of time by the begin of the bin, of numbers by a text `0-5`, its upper bound not included. (Search Reference: bin)
 */
export const runBin: Run<"bin"> = (command, input, engine) => {
  const options = new Options("bin", command.options, ["span", "minspan", "bins", "start", "end", "aligntime"]);
  if (options.has("aligntime"))
    throw new SplProblem("SPL203", options.node("aligntime"), "bin aligntime is not run here");
  const bin = binner(engine, command, command.field, options.text("span"), input.rows);
  for (const row of input.rows) put(row, command.as ?? command.field, bin(row));
  return input;
};

/** The bin of a row's field, undefined where it has none. A span of time without a number of seconds is found from the rows. */
export function binner(
  engine: Engine,
  node: Located,
  field: string,
  span: string | null,
  rows: readonly Row[],
): (row: Row) => Value | undefined {
  if (field === "_time") {
    const width = span === null ? usualSpan(engine, node, rows) : parseSpan(span);
    if (width === null) throw new SplProblem("SPL203", node, `\`${span}\` is no span of time`, "write it as 5m or 1d");
    return (row) => {
      const time = timeOf(row);
      return time === null || !isTime(time) ? undefined : binStart(time, width, engine.timeZone);
    };
  }
  if (span === null) throw new SplProblem("SPL203", node, "bins of numbers need a span here", "write span=10");
  if (!looksNumeric(span) || Number(span) <= 0)
    throw new SplProblem("SPL203", node, `\`${span}\` is no span of numbers here`);
  const width = Number(span);
  return (row) => {
    const text = valuesOf(row.get(field))[0];
    if (text === undefined || !looksNumeric(text)) return row.get(field);
    const low = Number((Math.floor(Number(text) / width) * width).toPrecision(12));
    return `${numberText(low)}-${numberText(Number((low + width).toPrecision(12)))}`;
  };
}

/** Widths from which bins of time are chosen, at most a hundred of them. (timechart command: "Default time spans") */
const usual: readonly (readonly [number, TimeSpan])[] = [
  [1, { count: 1, unit: "s" }],
  [5, { count: 5, unit: "s" }],
  [10, { count: 10, unit: "s" }],
  [30, { count: 30, unit: "s" }],
  [60, { count: 1, unit: "m" }],
  [300, { count: 5, unit: "m" }],
  [600, { count: 10, unit: "m" }],
  [1800, { count: 30, unit: "m" }],
  [3600, { count: 1, unit: "h" }],
  [86_400, { count: 1, unit: "d" }],
  [2_592_000, { count: 1, unit: "mon" }],
];

export function usualSpan(engine: Engine, node: Located, rows: readonly Row[]): TimeSpan {
  engine.warn(
    "SPL212",
    node,
    "the span of the bins of time is chosen from the events, not from the range of the search",
  );
  const times = rows.map(timeOf).filter((t) => t !== null);
  const low = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const found = usual.find(([seconds]) => (high - low) / seconds <= 100);
  return found?.[1] ?? { count: 1, unit: "mon" };
}
