import type { MakeSeriesOperator } from "../../kql/ast.ts";
import type { Expr, Relation, Series, SeriesAggregate } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { Datetime, Timespan } from "../../types/time.ts";
import type { Value } from "../../types/value.ts";
import { constantOf } from "../constant.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { literal } from "../values.ts";
import { parameter } from "./mv-expand.ts";
import { summarize } from "./summarize.ts";

/** Zero of a type; null where it has none. */
const zero: Partial<Record<ScalarType, Value>> = { long: 0, int: 0, real: 0, unknown: 0 };

/** `make-series a = f(x) default = 0 on t from b to e step s by k` (make-series-operator) */
export function makeSeries(o: MakeSeriesOperator, input: Relation, scope: TableScope): Relation {
  const { span, keywordSpan } = o;
  // The groups of a series and its places are those of a summarize.
  const grouped = summarize(
    {
      kind: "summarize",
      parameters: [],
      aggregates: o.aggregates.map((a) => a.column),
      by: [...(o.by ?? []), o.on],
      span,
      keywordSpan,
    },
    input,
    scope,
  );
  const bound = (e: Parameters<typeof scope.session.expression>[0] | null): Expr | null =>
    e && scope.session.expression(e, { ...scope, input: null });
  const from = bound(o.from);
  const to = bound(o.to);
  const step = bound(o.step) ?? literal("unknown", null, span);
  const aggregated = grouped.kind === "project" ? grouped.input : grouped;
  if (aggregated.kind !== "aggregate")
    return opaque("make-series", grouped.columns, span, scope.session, { open: false });
  const [on] = aggregated.keys.slice(-1);
  const keys = aggregated.keys.slice(0, -1);
  if (!on) return grouped;
  checkAxis(on.value, [from, to, step], scope);
  checkPlaces(from, to, step, scope);
  const isKey = (name: string): boolean => aggregated.keys.some((k) => k.name === name);
  const arrays = grouped.columns.filter((c) => !isKey(c.name)).map((c): Column => ({ name: c.name, type: "dynamic" }));
  const columns: Column[] = [
    ...keys.map((k) => ({ name: k.name, type: k.value.type })),
    ...arrays,
    { name: on.name, type: "dynamic" },
  ];
  if (grouped.kind !== "aggregate") {
    const what = "a make-series with arithmetic over aggregates";
    return opaque(what, columns, span, scope.session, { inputs: [input], open: false });
  }
  const aggregates = grouped.aggregates.map((a): SeriesAggregate => {
    const written = o.aggregates.find(
      ({ column }) => column.span.start <= a.span.start && a.span.end <= column.span.end,
    );
    const type = a.columns[0]?.type ?? "unknown";
    const given = bound(written?.default ?? null);
    return { ...a, default: given ? conformed(given, type) : literal(type, zero[type] ?? null, a.span) };
  });
  const node: Series = {
    kind: "series",
    input,
    keys,
    aggregates,
    on,
    from,
    to,
    step,
    inclusive: o.range,
    nonempty: parameter(o.parameters, "kind") === "nonempty",
    columns,
    span,
  };
  return node;
}

/** A default in the aggregate's type. */
function conformed(given: Expr, type: ScalarType): Expr {
  const widens = type === "real" && (given.type === "long" || given.type === "int");
  if (!widens) return given;
  if (given.kind === "literal" && typeof given.value === "number") return { ...given, type };
  return { kind: "call", name: "toreal", args: [given], implicit: true, type: "real", span: given.span };
}

/** As many places as the engine lets a series have. */
const mostPlaces = 1_048_576;

/** Reports constant bounds that are too far apart. */
function checkPlaces(from: Expr | null, to: Expr | null, step: Expr, { session }: TableScope): void {
  const [first, last, size] = [from, to, step].map((e) => (e ? unitsOf(constantOf(e, session) ?? null) : null));
  if (first == null || last == null || size == null || size <= 0) return;
  const places = Math.ceil((last - first) / size);
  if (places <= mostPlaces) return;
  const text = `the series would have ${places} places, more than ${mostPlaces}`;
  session.diagnostics.add("KQL108", step.span, text, "take a larger step");
}

function unitsOf(value: Value): number | null {
  if (value instanceof Datetime || value instanceof Timespan) return Number(value.ticks);
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}

/** Places are numbers or times; the bounds are of the same kind, and so is the step, a timespan for datetimes. */
function checkAxis(on: Expr, bounds: readonly (Expr | null)[], { session }: TableScope): void {
  const kinds: Partial<Record<ScalarType, string>> = {
    int: "number",
    long: "number",
    real: "number",
    decimal: "number",
    datetime: "datetime",
    timespan: "timespan",
  };
  const kind = kinds[on.type];
  if (on.type === "unknown" || on.type === "dynamic") return;
  if (kind === undefined) {
    session.diagnostics.add("KQL104", on.span, `make-series needs a number or a time for its axis, not a ${on.type}`);
    return;
  }
  bounds.forEach((bound, i) => {
    if (!bound || bound.type === "unknown" || bound.type === "dynamic") return;
    const wanted = kind === "datetime" && i === 2 ? "timespan" : kind;
    if (kinds[bound.type] !== wanted)
      session.diagnostics.add("KQL104", bound.span, `the axis is a ${on.type}, this needs to be a ${wanted}`);
  });
}
