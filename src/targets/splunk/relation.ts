import { inputsOf } from "../../plan/children.ts";
import { eventConditions } from "../../plan/event-condition.ts";
import type { Expr, Filter, Join, Relation } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { emitAggregate } from "./aggregate.ts";
import { type Base, baseOf, eventSearch } from "./base-search.ts";
import { type Context, Unsupported } from "./context.ts";
import { emitApply, emitExpand } from "./expand.ts";
import { emitExtend, fillWithEmpty } from "./extend.ts";
import { emitJoin, emitUnion, matched, noteLimit } from "./join.ts";
import { leftOf, type Need, needBelow, needOfInput, needOfSides, wholeRows } from "./need.ts";
import { notSaid } from "./not-said.ts";
import { emitParse } from "./parse.ts";
import { emitProject } from "./project.ts";
import { emitRange, emitRows } from "./rows.ts";
import { type Search, settled, withFilter } from "./search.ts";
import { emitLimit, emitSort, limitOf } from "./sort.ts";
import { aggregatedEvents, groupedEvents } from "./tstats.ts";
import { emitWindow } from "./window.ts";

/** A relation and those below it that read one table of events: what can go into the base search is worked out once for all. */
interface Spine {
  readonly base: Base | null;
  readonly context: Context;
}

/** The search of a table. */
export function emitTable(relation: Relation, context: Context, need: Need = wholeRows): Search {
  const conditions = eventConditions(relation);
  const base = conditions === null ? null : baseOf(conditions.scan, conditions.conjuncts, context);
  return emit(relation, { base, context }, need);
}

function emit(relation: Relation, spine: Spine, need: Need): Search {
  const { context } = spine;
  const needed = need.whole ? null : need.names;
  switch (relation.kind) {
    case "scan": {
      const base = spine.base ?? baseOf(relation, [], context);
      return relation.source?.dataModel != null
        ? groupedEvents(base, relation, need, context)
        : eventSearch(base, relation);
    }
    case "filter":
      return emitFilter(relation, spine, emitInput(relation, spine, need));
    case "extend":
      return emitExtend(relation, emitInput(relation, spine, need), context);
    case "project":
      return emitProject(relation, emitInput(relation, spine, need), needed, context);
    case "aggregate": {
      const scan = scanOf(relation);
      if (scan?.source?.dataModel != null && spine.base !== null) {
        const direct = aggregatedEvents(relation, spine.base, scan, context);
        if (direct !== null) return direct;
      }
      return emitAggregate(relation, emitInput(relation, spine, need), needed, context);
    }
    case "expand":
      return emitExpand(relation, emitInput(relation, spine, need), context);
    case "apply":
      return emitApply(relation, emitInput(relation, spine, need), context);
    case "parse":
      return emitParse(relation, emitInput(relation, spine, need), context);
    case "sort":
      return emitSort(relation, emitInput(relation, spine, need), 0, context);
    case "limit": {
      const count = limitOf(relation);
      if (relation.input.kind === "sort" && count > 0) {
        return emitSort(relation.input, emitInput(relation.input, spine, need), count, context);
      }
      return emitLimit(relation, emitInput(relation, spine, need), context);
    }
    case "join":
      return emitSides(relation, need, context);
    case "union": {
      const parts = relation.inputs.map((input, i) => emitTable(input, context, needOfInput(relation, i, need)));
      return emitUnion(relation, parts, need, context);
    }
    case "rows":
      return emitRows(relation, context);
    case "range":
      return emitRange(relation, context);
    case "window":
      return emitWindow(relation, emitInput(relation, spine, need), context);
    case "series":
    case "partition":
    case "sequence":
    case "top-nested":
    case "top-hitters":
    case "parse-kv":
    case "plugin":
    case "opaque":
      throw notSaid(relation);
    case "table":
    case "item":
      throw new Unsupported(
        "let",
        relation.kind === "table" ? relation.name : "mv-apply",
        "this table is not known here",
        relation.span,
      );
  }
}

function emitSides(join: Join, need: Need, context: Context): Search {
  const sides = needOfSides(join, need);
  const left = emitTable(join.left, context, sides.left);
  return emitJoin(join, { left, right: emitTable(join.right, context, sides.right) }, need, context);
}

function emitInput(relation: Extract<Relation, { readonly input: Relation }>, spine: Spine, need: Need): Search {
  return emit(relation.input, spine, needBelow(relation, need, spine.base));
}

/** The one table of events below a chain of filters. */
function scanOf(relation: Relation): Extract<Relation, { kind: "scan" }> | null {
  if (relation.kind === "scan") return relation;
  const [only] = inputsOf(relation);
  return only === undefined || (relation.kind !== "filter" && relation.kind !== "aggregate") ? null : scanOf(only);
}

/** Conditions that the base search has not said in full. One on another table becomes a join. */
function emitFilter(filter: Filter, { base, context }: Spine, input: Search): Search {
  const left = leftOf(filter, base);
  const tables = left.filter((p) => tableTest(p) !== null);
  let current = withFilter(
    input,
    left.filter((p) => !tables.includes(p)),
  );
  for (const predicate of tables) {
    const test = tableTest(predicate);
    if (test === null) continue;
    const { operand, table } = test.expr;
    const [key] = table.columns;
    if (operand.kind !== "column" || key === undefined || test.expr.ignoreCase) {
      throw new Unsupported(
        "subquery",
        printExpr(predicate),
        "only a field can be looked for in a table, and with its case",
        predicate.span,
      );
    }
    noteLimit("in", filter, context);
    const need: Need = { names: new Set([key.name]), whole: false, counted: false };
    const outer = fillWithEmpty(settled(current, context), [operand.name]);
    const inner = fillWithEmpty(settled(emitTable(table, context, need), context), [key.name]);
    current = matched(outer, inner, [{ outer: operand.name, inner: key.name }], test.wanted, context);
  }
  return current;
}

function tableTest(
  expr: Expr,
): { readonly expr: Extract<Expr, { kind: "in-table" }>; readonly wanted: boolean } | null {
  if (expr.kind === "in-table") return { expr, wanted: true };
  return expr.kind === "not" && expr.operand.kind === "in-table" ? { expr: expr.operand, wanted: false } : null;
}
