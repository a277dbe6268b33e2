import type { SearchExpr } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import type { Row } from "../row.ts";
import { relativeTime } from "../time/relative.ts";
import { strptime } from "../time/strptime.ts";

/** The times that a search asks for: from `earliest` on, before `latest`. */
export interface TimeRange {
  readonly earliest: number | null;
  readonly latest: number | null;
}

/**
 * The time modifiers among the terms that all events must meet; without one there is no bound. Texts are relative times, epochs
 * or `%m/%d/%Y:%H:%M:%S`. (Search Reference: "Time modifiers")
 */
export function timeRangeOf(engine: Engine, expr: SearchExpr): TimeRange {
  let earliest: number | null = null;
  let latest: number | null = null;
  const visit = (e: SearchExpr, isNecessary: boolean): void => {
    if (e.kind === "and") for (const o of e.operands) visit(o, isNecessary);
    else if (e.kind === "or") for (const o of e.operands) visit(o, false);
    else if (e.kind === "not") visit(e.operand, false);
    else if (e.kind === "compare" && isTimeModifier(e.field)) {
      if (!isNecessary) throw new SplProblem("SPL203", e, `\`${e.field}\` inside OR or NOT has no meaning here`);
      const time = timeOf(engine, e, e.value);
      if (e.field === "earliest" || e.field === "starttime") earliest = time;
      else latest = time;
    }
  };
  visit(expr, true);
  return { earliest, latest };
}

function isTimeModifier(field: string): boolean {
  return field === "earliest" || field === "latest" || field === "starttime" || field === "endtime";
}

/** The same expression without its time modifiers, which compare no field. Events here have no index time to select by. */
export function withoutTimeModifiers(engine: Engine, expr: SearchExpr): SearchExpr {
  if (expr.kind === "compare" && isTimeModifier(expr.field)) return { kind: "and", operands: [] };
  if (expr.kind === "compare" && (expr.field === "_index_earliest" || expr.field === "_index_latest")) {
    engine.warn("SPL212", expr, `\`${expr.field}\` is passed over: events here have no index time`);
    return { kind: "and", operands: [] };
  }
  if (expr.kind !== "and") return expr;
  return { ...expr, operands: expr.operands.map((o) => withoutTimeModifiers(engine, o)) };
}

function timeOf(engine: Engine, node: SearchExpr, text: string): number | null {
  if (text === "" || text === "0" || text === "all" || text === "1") return text === "1" ? 1 : null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const time =
    relativeTime(engine.now, text, engine.timeZone) ?? strptime(text, "%m/%d/%Y:%H:%M:%S", engine.timeZone, engine.now);
  if (time === null)
    throw new SplProblem("SPL203", node, `\`${text}\` is no time`, "write it as -7d@d or 01/31/2026:12:00:00");
  return time;
}

/** Whether an event lies in a range; one without a time lies in the range of all times only. */
export function inRange(range: TimeRange, row: Row): boolean {
  if (range.earliest === null && range.latest === null) return true;
  const time = Number(row.get("_time") ?? Number.NaN);
  if (Number.isNaN(time)) return false;
  return (range.earliest === null || time >= range.earliest) && (range.latest === null || time < range.latest);
}
