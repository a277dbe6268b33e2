import type { Conjunct } from "../../plan/event-condition.ts";
import type { Expr, Scan } from "../../plan/nodes.ts";
import { allOf, type SearchExpr } from "../../spl/search.ts";
import { parseSearchTerms } from "../../spl/search-terms.ts";
import { type Field, type Fields, filled as filledField } from "./columns.ts";
import { type Context, Unsupported } from "./context.ts";
import { columnsIn } from "./partial.ts";
import { type Search, withFilled } from "./search.ts";
import { searchTerms } from "./terms.ts";
import { timeTerms } from "./time-range.ts";

/** What the search language takes over of the conditions on events. */
export interface Base {
  readonly terms: readonly SearchExpr[];
  /** Conditions, as they stand in their filters, that need no further word. */
  readonly done: ReadonlySet<Expr>;
  /** What is left to say of a condition that the terms say in part, where that is less than all of it. */
  readonly rest: ReadonlyMap<Expr, Expr>;
  /** The events' fields once the terms hold. */
  readonly fields: Fields;
}

export function baseOf(scan: Scan, conjuncts: readonly Conjunct[], context: Context): Base {
  const { source } = scan;
  if (source === undefined)
    throw new Unsupported("no-table", scan.table, `no field-mapping profile is given for ${scan.table}`, scan.span);
  const done = new Set<Expr>();
  const rest = new Map<Expr, Expr>();
  const terms: SearchExpr[] = [];
  const times: SearchExpr[] = [];
  let fields = eventFields(scan);
  for (const { condition, written } of conjuncts) {
    if (condition === null) continue;
    const time = timeTerms(condition, true, source.time);
    const taken =
      time !== null &&
      times.some((t) => t.kind === "compare" && time.expr.kind === "compare" && t.field === time.expr.field);
    const found = time ?? searchTerms(condition, true, fields);
    if (found === null || taken) continue;
    (time === null ? terms : times).push(found.expr);
    if (found.exact) {
      done.add(written);
      fields = withFilled(fields, condition);
    } else {
      const left = time === null ? restOf(written, condition, fields) : null;
      if (left !== null) rest.set(written, left);
      fields = withPresent(fields, found.expr, columnsIn(condition));
    }
  }
  const selecting = parseSearchTerms((context.macros ? source.macroSearch : null) ?? source.search);
  return { terms: [...partsOf(selecting), ...times, ...unique(terms)], done, rest, fields };
}

/**
 * An alternative that the terms say in part, without what they do say of it: where all the others are said in full, an event that
 * fails them has met those terms. `condition` is `written` over the events' fields.
 */
function restOf(written: Expr, condition: Expr, fields: Fields): Expr | null {
  if (written.kind !== "or" || condition.kind !== "or") return null;
  const isSaid = (expr: Expr | undefined): boolean =>
    expr !== undefined && searchTerms(expr, true, fields)?.exact === true;
  const open = condition.operands.flatMap((o, i) => (isSaid(o) ? [] : [i]));
  const [index] = open;
  if (index === undefined || open.length > 1) return null;
  const [from, over] = [written.operands[index], condition.operands[index]];
  if (from?.kind !== "and" || over?.kind !== "and") return null;
  const left = from.operands.filter((_, i) => !isSaid(over.operands[i]));
  const [only] = left;
  if (only === undefined || left.length === from.operands.length) return null;
  return { ...written, operands: written.operands.with(index, left.length === 1 ? only : { ...from, operands: left }) };
}

function partsOf(expr: SearchExpr | null): readonly SearchExpr[] {
  if (expr === null) return [];
  return expr.kind === "and" ? expr.operands : [expr];
}

/** A base search. */
export function eventSearch(base: Base, scan: Scan): Search {
  const expr = allOf(base.terms) ?? { kind: "term", text: "*", quoted: false };
  if (scan.source?.search === "" && base.terms.length === 0) {
    throw new Unsupported(
      "no-table",
      scan.table,
      `the profile does not say how to select the events of ${scan.table}`,
      scan.span,
    );
  }
  return { commands: [{ kind: "search", expr }], fields: base.fields, pending: [], whole: true, weight: null };
}

function eventFields(scan: Scan): Fields {
  const { time = null, filled = [], missing = null } = scan.source ?? {};
  const isThere = (name: string): boolean => name === time || filled.includes(name);
  return new Map(
    scan.columns.map((c): [string, Field] => [
      c.name,
      {
        type: c.type,
        nullable: !isThere(c.name),
        missing: isThere(c.name) ? null : missing,
        empty: true,
        shape: c.type === "dynamic" ? "json" : "one",
        textTime: c.type === "datetime" && c.name !== time,
      },
    ]),
  );
}

/** A term that finds a field's text leaves no event without the field; another text for an absent value may still match it. */
function withPresent(fields: Fields, term: SearchExpr, names: ReadonlySet<string>): Fields {
  const found = new Set<string>();
  const visit = (expr: SearchExpr): void => {
    if (expr.kind === "and") expr.operands.forEach(visit);
    else if ((expr.kind === "compare" && expr.operator === "=") || expr.kind === "in") found.add(expr.field);
  };
  visit(term);
  return new Map(
    [...fields].map(([name, field]) => [
      name,
      found.has(name) && names.has(name) ? { ...filledField(field), missing: field.missing, empty: true } : field,
    ]),
  );
}

function unique(terms: readonly SearchExpr[]): readonly SearchExpr[] {
  const seen = new Set<string>();
  return terms.filter((t) => {
    const key = JSON.stringify(t);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
