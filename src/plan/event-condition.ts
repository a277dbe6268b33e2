import { mapOperands } from "./children.ts";
import type { Expr, Filter, Relation, Scan } from "./nodes.ts";

/** A condition that every event behind the result meets. */
export interface Conjunct {
  /** Over the scan's own columns; null where it depends on something that no single event has (a count, an array's element). */
  readonly condition: Expr | null;
  /** The columns that `written` reads, over the scan's own; for targets that can say a part of a condition. */
  readonly columns: Columns;
  /** As it stands in the filter, over the filter's input. */
  readonly written: Expr;
  readonly filter: Filter;
}

export interface EventConditions {
  readonly scan: Scan;
  readonly conjuncts: readonly Conjunct[];
  /** What stands between the events and the result other than filters and computed columns, from the events up. */
  readonly steps: readonly Relation[];
}

/** Columns over the events' columns; null for what no single event gives. */
export type Columns = ReadonlyMap<string, Expr | null>;

/** The expression over the events' columns, or null where a part of it cannot be. */
export function substitute(expr: Expr, columns: Columns): Expr | null {
  if (expr.kind === "column") return columns.get(expr.name) ?? null;
  if (expr.kind === "in-table" || expr.kind === "toscalar") return null;
  let whole = true;
  const done = mapOperands(expr, (operand) => {
    const inner = substitute(operand, columns);
    if (inner === null) whole = false;
    return inner ?? operand;
  });
  return whole ? done : null;
}

/** Splits at `and`. */
export function conjunctsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "and" ? expr.operands.flatMap(conjunctsOf) : [expr];
}

/**
 * The conditions that a relation puts on single events of its one table: filters with computed columns put back to what they
 * are computed from. null where the rows come from several tables or from none.
 */
export function eventConditions(relation: Relation): EventConditions | null {
  const found = walk(relation);
  return found && { scan: found.scan, conjuncts: found.conjuncts, steps: found.steps };
}

interface Walk extends EventConditions {
  readonly columns: Columns;
  /** False behind a limit: a filter there chooses among chosen rows, it says nothing of the events. */
  readonly movable: boolean;
}

function walk(relation: Relation): Walk | null {
  switch (relation.kind) {
    case "scan": {
      const columns = new Map<string, Expr | null>(
        relation.columns.map((c) => [c.name, { kind: "column", name: c.name, type: c.type, span: relation.span }]),
      );
      return { scan: relation, conjuncts: [], steps: [], columns, movable: true };
    }
    case "rows":
    case "range":
    case "table":
    case "item":
    case "join":
    case "union":
    case "partition":
    case "plugin":
    case "opaque":
      return null;
    case "filter": {
      const below = walk(relation.input);
      if (!below) return null;
      const added = conjunctsOf(relation.predicate).map((written): Conjunct => {
        const columns: Columns = below.movable ? below.columns : new Map();
        return { condition: substitute(written, columns), columns, written, filter: relation };
      });
      return { ...below, conjuncts: [...below.conjuncts, ...added] };
    }
    case "extend":
    case "project": {
      const below = walk(relation.input);
      if (!below) return null;
      const columns = new Map(relation.kind === "extend" ? below.columns : []);
      for (const { name, value } of relation.values) columns.set(name, substitute(value, below.columns));
      return { ...below, columns };
    }
    case "aggregate":
    case "series": {
      const below = walk(relation.input);
      if (!below) return null;
      const columns = new Map<string, Expr | null>();
      for (const { name, value } of relation.keys) columns.set(name, substitute(value, below.columns));
      if (relation.kind === "series") columns.set(relation.on.name, null);
      for (const a of relation.aggregates) for (const c of a.columns) columns.set(c.name, null);
      return { ...below, columns, steps: [...below.steps, relation] };
    }
    case "expand":
    case "apply":
    case "parse":
    case "parse-kv": {
      const below = walk(relation.input);
      if (!below) return null;
      const columns = new Map(
        relation.columns.map((c) => [
          c.name,
          relation.input.columns.includes(c) ? (below.columns.get(c.name) ?? null) : null,
        ]),
      );
      return { ...below, columns, steps: [...below.steps, relation] };
    }
    case "window":
    case "sequence":
    case "top-nested":
    case "top-hitters": {
      const below = walk(relation.input);
      return below && { ...below, columns: new Map(), movable: false, steps: [...below.steps, relation] };
    }
    case "sort":
    case "limit": {
      const below = walk(relation.input);
      if (!below) return null;
      const movable = below.movable && relation.kind === "sort";
      return { ...below, movable, steps: [...below.steps, relation] };
    }
  }
}
