import { expressionsOf, inputsOf } from "../../plan/children.ts";
import { conjunctsOf, eventConditions } from "../../plan/event-condition.ts";
import type { Expr, Filter, Relation } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { emitAggregate } from "./aggregate.ts";
import { type Base, baseOf, eventSearch } from "./base-search.ts";
import { type Context, Unsupported } from "./context.ts";
import { emitApply, emitExpand } from "./expand.ts";
import { emitExtend, fillWithEmpty } from "./extend.ts";
import { emitJoin, emitUnion, matched, noteLimit } from "./join.ts";
import { emitParse } from "./parse.ts";
import { columnsIn } from "./partial.ts";
import { emitProject } from "./project.ts";
import { emitRange, emitRows } from "./rows.ts";
import { type Search, settled, withFilter } from "./search.ts";
import { emitLimit, emitSort, limitOf } from "./sort.ts";
import { aggregatedEvents, groupedEvents } from "./tstats.ts";

/** A relation and those below it that read one table of events: what can go into the base search is worked out once for all. */
interface Spine {
  readonly top: Relation;
  readonly base: Base | null;
  readonly context: Context;
}

/** The search of a table. */
export function emitTable(relation: Relation, context: Context): Search {
  const conditions = eventConditions(relation);
  const base = conditions === null ? null : baseOf(conditions.scan, conditions.conjuncts, context);
  return emit(relation, { top: relation, base, context }, null);
}

/** `needed`: the columns that the operators above read, where one of them decides on the result's columns; else null. */
function emit(relation: Relation, spine: Spine, needed: Needed): Search {
  const { context } = spine;
  const table = (inner: Relation): Search => emitTable(inner, context);
  switch (relation.kind) {
    case "scan": {
      const base = spine.base ?? baseOf(relation, [], context);
      return relation.source?.dataModel != null
        ? groupedEvents(base, relation, needed, spine.top, context)
        : eventSearch(base, relation);
    }
    case "filter":
      return emitFilter(relation, spine, emitInput(relation, spine, needed));
    case "extend":
      return emitExtend(relation, emitInput(relation, spine, needed), context);
    case "project":
      return emitProject(relation, emitInput(relation, spine, needed), needed, context);
    case "aggregate": {
      const scan = scanOf(relation);
      if (scan?.source?.dataModel != null && spine.base !== null) {
        const direct = aggregatedEvents(relation, spine.base, scan, context);
        if (direct !== null) return direct;
      }
      return emitAggregate(relation, emitInput(relation, spine, needed), needed, context);
    }
    case "expand":
      return emitExpand(relation, emitInput(relation, spine, needed), context);
    case "apply":
      return emitApply(relation, emitInput(relation, spine, needed), context);
    case "parse":
      return emitParse(relation, emitInput(relation, spine, needed), context);
    case "sort":
      return emitSort(relation, emitInput(relation, spine, needed), 0, context);
    case "limit": {
      const count = limitOf(relation);
      if (relation.input.kind === "sort" && count > 0) {
        return emitSort(relation.input, emitInput(relation.input, spine, needed), count, context);
      }
      return emitLimit(relation, emitInput(relation, spine, needed), context);
    }
    case "join":
      return emitJoin(relation, table, context);
    case "union":
      return emitUnion(relation, table, context);
    case "rows":
      return emitRows(relation, context);
    case "range":
      return emitRange(relation, context);
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

function emitInput(relation: Extract<Relation, { readonly input: Relation }>, spine: Spine, needed: Needed): Search {
  return emit(relation.input, spine, neededBelow(relation, needed, spine.base));
}

type Needed = ReadonlySet<string> | null;

function neededBelow(relation: Relation, needed: Needed, base: Base | null): Needed {
  if (relation.kind === "filter") {
    const left = conjunctsOf(relation.predicate).filter((p) => base?.done.has(p) !== true);
    return needed === null ? null : new Set([...needed, ...left.flatMap((p) => [...columnsIn(p)])]);
  }
  const reads = new Set(expressionsOf(relation).flatMap((e) => [...columnsIn(e)]));
  if (relation.kind === "aggregate") return reads;
  if (relation.kind === "project") {
    if (needed === null && isRearranged(relation)) return null;
    const values = relation.values.filter((v) => needed === null || needed.has(v.name));
    return new Set(values.flatMap((v) => [...columnsIn(v.value)]));
  }
  if (needed === null) return null;
  if (relation.kind === "apply") for (const name of bodyReads(relation.body)) reads.add(name);
  return new Set([...needed, ...reads]);
}

/** Whole events in another order, or without some fields. */
function isRearranged(relation: Relation): boolean {
  if (relation.kind === "aggregate") return false;
  if (relation.kind === "project" && (relation.keyword === "project" || relation.keyword === "project-keep"))
    return false;
  return relation.kind === "scan" || inputsOf(relation).every((input) => input.kind === "item" || isRearranged(input));
}

function bodyReads(body: Relation): readonly string[] {
  return [...expressionsOf(body).flatMap((e) => [...columnsIn(e)]), ...inputsOf(body).flatMap(bodyReads)];
}

/** The one table of events below a chain of filters. */
function scanOf(relation: Relation): Extract<Relation, { kind: "scan" }> | null {
  if (relation.kind === "scan") return relation;
  const [only] = inputsOf(relation);
  return only === undefined || (relation.kind !== "filter" && relation.kind !== "aggregate") ? null : scanOf(only);
}

/** Conditions that the base search has not said in full. One on another table becomes a join. */
function emitFilter(filter: Filter, { base, context }: Spine, input: Search): Search {
  const left = conjunctsOf(filter.predicate).filter((p) => base?.done.has(p) !== true);
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
    const outer = fillWithEmpty(settled(current, context), [operand.name]);
    const inner = fillWithEmpty(settled(emitTable(table, context), context), [key.name]);
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
