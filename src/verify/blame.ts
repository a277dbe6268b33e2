import type { TableDifference } from "./compare.ts";
import type { MadeEvent } from "./made-event.ts";
import type { Side, StageResult } from "./side.ts";

/** Where the two rules part, as far as it can be told. */
export interface Responsible {
  /** One line for a reader. */
  readonly message: string;
  /** The stages of either rule with the rows after each. */
  readonly stages: readonly (readonly StageResult[])[];
}

/**
 * Names the first stage at which one rule lets go of an event that the other one keeps; where they keep the same events, the
 * stage that makes what differs.
 */
export async function responsibleFor(
  first: Side,
  second: Side,
  events: readonly MadeEvent[],
  difference: TableDifference,
): Promise<Responsible> {
  const stages = await Promise.all([first.stages(events), second.stages(events)]);
  const [a, b] = stages;
  const left = lastIdentities(a ?? []);
  const right = lastIdentities(b ?? []);
  if (left !== null && right !== null) {
    const lost = (from: ReadonlySet<string>, other: readonly StageResult[], name: string): string | null => {
      for (const id of from) {
        const at = other.findIndex((s) => s.ids !== null && !s.ids.has(id));
        if (at >= 0) return `${name} drops the event at \`${other[at]?.label ?? ""}\``;
      }
      return null;
    };
    const message = lost(left, b ?? [], second.name) ?? lost(right, a ?? [], first.name);
    if (message !== null) return { message, stages };
  }
  const columns = differingColumns(difference);
  const maker = (list: readonly StageResult[]): string | null =>
    list.findLast((s) => columns.some((c) => s.label.includes(c)))?.label ??
    list.find((s) => s.ids === null)?.label ??
    null;
  const [x, y] = [maker(a ?? []), maker(b ?? [])];
  const what =
    columns.length > 0 ? `both keep the same events, but ${columns.join(", ")} differ` : "both keep the same events";
  const where = [x && `${first.name} \`${x}\``, y && `${second.name} \`${y}\``].filter((t) => t !== null && t !== "");
  return { message: where.length > 0 ? `${what}: compare ${where.join(" with ")}` : what, stages };
}

function lastIdentities(stages: readonly StageResult[]): ReadonlySet<string> | null {
  return stages.findLast((s) => s.ids !== null)?.ids ?? null;
}

/** The columns in which the first row of one side differs from the most similar row of the other. */
function differingColumns(difference: TableDifference): readonly string[] {
  const [row] = difference.onlyInFirst;
  if (row === undefined || difference.onlyInSecond.length === 0) return [];
  const differing = (other: readonly string[]): readonly string[] =>
    difference.columns.filter((_, i) => row[i] !== other[i]);
  return difference.onlyInSecond.map(differing).reduce((best, next) => (next.length < best.length ? next : best));
}
