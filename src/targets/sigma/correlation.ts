import type { Note } from "../../diagnostics/fidelity.ts";
import type { Columns, Conjunct, EventConditions } from "../../plan/event-condition.ts";
import { substitute } from "../../plan/event-condition.ts";
import type { Aggregate, AggregateCall, Expr, Relation } from "../../plan/nodes.ts";
import type { SigmaCorrelation } from "../../sigma/correlation.ts";
import { Timespan, ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from "../../types/time.ts";
import { eventSide } from "./event-side.ts";
import { partsOf } from "./parts-of.ts";
import { timeWindow } from "./time-window.ts";

/** What a query counts in groups of its events, and the conjunct that compares the count. */
export interface Counting {
  readonly correlation: Omit<SigmaCorrelation, "rule">;
  readonly threshold: Conjunct;
  readonly step: Aggregate;
  readonly notes: readonly Note[];
}

/**
 * The counting that a Sigma correlation can say: one `summarize` with `count()` or `dcount(field)` by fields of the events, and
 * above it a comparison of that count with a constant. `period`: how far back the rule's schedule looks, in seconds; the span
 * of time where the query names none. null where there is no such counting.
 */
export function countingOf(conditions: EventConditions, period: number | undefined): Counting | null {
  const { scan, steps, conjuncts } = conditions;
  const [step] = steps.filter((s) => s.kind === "aggregate");
  const others = steps.filter((s) => s !== step && s.kind !== "sort");
  if (step === undefined || others.length > 0) return null;
  const found = firstOf(conjuncts, (conjunct) => thresholdOf(conjunct, step));
  if (found === null) return null;
  const columns = columnsBelow(
    step,
    conjuncts,
    scan.columns.map((c) => c.name),
  );
  const time = scan.source?.time ?? null;
  const keys = step.keys.map(({ value }) => ({ value, fields: fieldsOf(value, columns) }));
  const bins = keys.filter(({ fields }) => fields.length === 1 && fields[0] === time);
  const groups = keys.filter((key) => !bins.includes(key));
  if (bins.length > 1 || groups.length === 0 || groups.some(({ fields }) => fields.length !== 1)) return null;
  const [bin] = bins;
  const span = bin === undefined ? (windowOf(conjuncts, time) ?? secondsOf(period)) : binOf(bin.value);
  const timespan = span === null ? null : spanText(span);
  if (timespan === null) return null;
  const field = found.call.function === "count" ? null : countedField(found.call, columns);
  if (field === undefined) return null;
  const { operator, count } = found;
  return {
    correlation: {
      type: field === null ? "event_count" : "value_count",
      generate: false,
      groupBy: [...new Set(groups.flatMap(({ fields }) => fields))],
      timespan,
      condition: { operator, count, ...(field === null ? {} : { field }) },
    },
    threshold: found.conjunct,
    step,
    notes: notesOf(step, groups, timespan, bin !== undefined),
  };
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

interface Threshold {
  readonly conjunct: Conjunct;
  readonly call: AggregateCall;
  readonly operator: SigmaCorrelation["condition"]["operator"];
  readonly count: number;
}

const operators = { ">": "gt", ">=": "gte", "<": "lt", "<=": "lte", "==": "eq" } as const;
const mirrored = { gt: "lt", gte: "lte", lt: "gt", lte: "gte", eq: "eq" } as const;

function thresholdOf(conjunct: Conjunct, step: Aggregate): Threshold | null {
  const { written, filter } = conjunct;
  if (written.kind !== "call" || !Object.hasOwn(operators, written.name)) return null;
  const operator = Object.entries(operators).find(([name]) => name === written.name)?.[1];
  const [left, right] = written.args;
  if (operator === undefined || left === undefined || right === undefined) return null;
  const [column, constant, flipped] = left.kind === "column" ? [left, right, false] : [right, left, true];
  if (column.kind !== "column" || constant.kind !== "literal") return null;
  const count = Number(constant.value);
  if (typeof constant.value !== "number" && typeof constant.value !== "bigint") return null;
  if (!Number.isSafeInteger(count) || count < 0) return null;
  const name = nameAt(filter.input, column.name, step);
  const call = step.aggregates.find((a) => a.columns.length === 1 && a.columns[0]?.name === name);
  if (call === undefined || !["count", "dcount", "count_distinct"].includes(call.function)) return null;
  return { conjunct, call, operator: flipped ? mirrored[operator] : operator, count };
}

/** What a column of a relation is called at the aggregate below it; undefined where it is computed on the way. */
function nameAt(from: Relation, name: string, step: Aggregate): string | undefined {
  let at = from;
  let current = name;
  while (at !== step) {
    if (at.kind === "extend" || at.kind === "project") {
      const value = at.values.find((v) => v.name === current)?.value;
      if (value === undefined && at.kind === "project") return undefined;
      if (value !== undefined && value.kind !== "column") return undefined;
      if (value?.kind === "column") current = value.name;
    }
    if (!("input" in at)) return undefined;
    at = at.input;
  }
  return current;
}

/** Columns of the aggregate's input over the events' own. */
function columnsBelow(step: Aggregate, conjuncts: readonly Conjunct[], fields: readonly string[]): Columns {
  const below = conjuncts.find(({ filter }) => filter === step.input)?.columns;
  if (below !== undefined) return below;
  const columns = new Map<string, Expr | null>();
  const visit = (relation: Relation): void => {
    if (relation.kind === "scan") {
      for (const { name, type } of relation.columns)
        columns.set(name, { kind: "column", name, type, span: relation.span });
    } else if ("input" in relation) {
      visit(relation.input);
      if (relation.kind !== "extend" && relation.kind !== "project") return;
      const before = new Map(columns);
      if (relation.kind === "project") columns.clear();
      for (const { name, value } of relation.values) columns.set(name, substitute(value, before));
    }
  };
  visit(step.input);
  return columns.size > 0 ? columns : new Map(fields.map((name) => [name, null]));
}

/** The fields of an event that a value is made of; none where it is no value of an event. */
function fieldsOf(value: Expr, columns: Columns): readonly string[] {
  const whole = substitute(value, columns);
  if (whole === null) return [];
  return [...new Set(partsOf(whole).flatMap((part) => (part.kind === "column" ? [part.name] : [])))];
}

/** The field whose values are counted; undefined where they are no field's own. */
function countedField(call: AggregateCall, columns: Columns): string | undefined {
  const [value] = call.args;
  const whole = value === undefined ? null : substitute(value, columns);
  return whole?.kind === "column" ? whole.name : undefined;
}

function binOf(value: Expr): bigint | null {
  if (value.kind !== "call" || value.name !== "bin") return null;
  const step = value.args[1];
  return step?.kind === "literal" && step.value instanceof Timespan ? step.value.ticks : null;
}

/** How far back a condition such as `Timestamp > ago(1h)` sees. */
function windowOf(conjuncts: readonly Conjunct[], time: string | null): bigint | null {
  for (const conjunct of conjuncts) {
    const { condition } = eventSide(conjunct);
    if (timeWindow(condition, time) !== "relative") continue;
    for (const part of partsOf(condition)) {
      const [length] = part.kind === "call" && part.name === "ago" ? part.args : [];
      if (length?.kind === "literal" && length.value instanceof Timespan) return length.value.ticks;
    }
  }
  return null;
}

function secondsOf(period: number | undefined): bigint | null {
  return period === undefined ? null : BigInt(period) * ticksPerSecond;
}

/** `90m`: in the largest unit that divides it; null for what Sigma cannot write. */
function spanText(ticks: bigint): string | null {
  for (const [unit, length] of [
    ["d", ticksPerDay],
    ["h", ticksPerHour],
    ["m", ticksPerMinute],
    ["s", ticksPerSecond],
  ] as const) {
    if (ticks > 0n && ticks % length === 0n) return `${ticks / length}${unit}`;
  }
  return null;
}

function notesOf(
  step: Aggregate,
  groups: readonly { readonly value: Expr; readonly fields: readonly string[] }[],
  timespan: string,
  binned: boolean,
): readonly Note[] {
  const at = { construct: step.keyword, span: step.span };
  const notes: Note[] = [
    {
      ...at,
      level: "approximate",
      cause: "timespan",
      message: binned
        ? `the query counts in fixed windows of ${timespan}, a correlation in any span of ${timespan}`
        : `the query counts over its last ${timespan} at each run, a correlation in any span of ${timespan}`,
      when: "the events of a group lie on both sides of a window's border",
    },
    {
      ...at,
      level: "approximate",
      cause: "absent-group",
      message: "events without the group's fields are a group to the query, and left out by most backends",
      when: "an event has no value in one of them",
    },
  ];
  const derived = groups.filter(({ value }) => value.kind !== "column");
  if (derived.length > 0) {
    const fields = [...new Set(derived.flatMap(({ fields: names }) => names))].join(", ");
    notes.push({
      ...at,
      level: "approximate",
      cause: "group-field",
      message: `Sigma groups by ${fields} as a whole, the query by a part of it`,
      when: "several values have the same part",
    });
  }
  return notes;
}
