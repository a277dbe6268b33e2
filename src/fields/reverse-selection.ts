import type { SearchCompare, SearchExpr } from "../spl/tree.ts";

/** Fields that say where events come from, and not what they hold. */
const origins = new Set(["index", "source", "sourcetype", "eventtype", "category", "splunk_server", "tag", "Channel"]);
/** Fields that choose a kind of event within a source. */
const kinds = new Set(["EventCode", "EventID"]);

/**
 * The terms of a base search without those that select the events of a profile's table; null where they select others or do not
 * select. An origin that the profile says nothing about (an index) fits. `assumed`: terms that name no source at all fit too.
 */
export function selectedBy(
  terms: readonly SearchExpr[],
  searches: readonly (SearchExpr | null)[],
  assumed: boolean,
): readonly SearchExpr[] | null {
  const selecting = terms.filter((term) => readsOnlyOrigins(term, searches));
  if (selecting.length === 0) return assumed ? terms : null;
  for (const search of searches) {
    const wanted = search === null ? [] : search.kind === "and" ? search.operands : [search];
    const sample = new Map(wanted.flatMap((w) => (w.kind === "compare" ? [[w.field, w.value] as const] : [])));
    if (selecting.some((term) => fits(term, sample, wanted) === false)) continue;
    const pinned = wanted.every(
      (w) => w.kind !== "compare" || !kinds.has(w.field) || assumed || selecting.some((term) => pins(term, w)),
    );
    const sourced = assumed || selecting.some((term) => fits(term, sample, wanted) === true && !isKind(term));
    if (pinned && sourced) return terms.filter((term) => !selecting.includes(term));
  }
  return null;
}

function readsOnlyOrigins(expr: SearchExpr, searches: readonly (SearchExpr | null)[]): boolean {
  switch (expr.kind) {
    case "compare":
    case "in":
      return origins.has(expr.field) || (kinds.has(expr.field) && searches.some(choosesKind));
    case "macro":
      return searches.some((s) => s !== null && macrosOf(s).includes(expr.name));
    case "and":
    case "or":
      return expr.operands.every((o) => readsOnlyOrigins(o, searches));
    case "not":
      return readsOnlyOrigins(expr.operand, searches);
    default:
      return false;
  }
}

/** Whether a profile's search takes one kind of event alone. */
function choosesKind(search: SearchExpr | null): boolean {
  if (search?.kind === "and") return search.operands.some(choosesKind);
  return search !== null && isKind(search);
}

function macrosOf(expr: SearchExpr): readonly string[] {
  if (expr.kind === "macro") return [expr.name];
  return expr.kind === "and" || expr.kind === "or" ? expr.operands.flatMap(macrosOf) : [];
}

/** Whether an event of the profile passes a term; undefined where the profile does not say. */
function fits(
  expr: SearchExpr,
  sample: ReadonlyMap<string, string>,
  wanted: readonly SearchExpr[],
): boolean | undefined {
  switch (expr.kind) {
    case "compare": {
      const found = same(expr.value, sample, expr.field);
      if (found === undefined) return undefined;
      return expr.operator === "=" ? found : expr.operator === "!=" ? !found : undefined;
    }
    case "in": {
      const found = expr.values.map((value) => same(value, sample, expr.field));
      return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
    }
    case "macro":
      return wanted.some((w) => w.kind === "macro" && w.name === expr.name) ? true : undefined;
    case "not": {
      const found = fits(expr.operand, sample, wanted);
      return found === undefined ? undefined : !found;
    }
    case "and":
    case "or": {
      const found = expr.operands.map((o) => fits(o, sample, wanted));
      const decided = expr.kind === "or";
      return found.includes(decided) ? decided : found.includes(undefined) ? undefined : !decided;
    }
    default:
      return undefined;
  }
}

function same(pattern: string, sample: ReadonlyMap<string, string>, field: string): boolean | undefined {
  const alias = field === "EventID" ? "EventCode" : field;
  const value = sample.get(alias);
  if (value === undefined) return undefined;
  return matches(pattern.toLowerCase(), value.toLowerCase());
}

/** Whether a text fits a pattern in which `*` stands for anything. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const [first = ""] = parts;
  if (parts.length === 1) return text === pattern;
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether a term lets this one kind of event through. */
function pins(term: SearchExpr, wanted: SearchCompare): boolean {
  if (term.kind === "compare") return isKind(term) && term.operator === "=" && term.value === wanted.value;
  return term.kind === "in" && isKind(term) && term.values.length === 1 && term.values[0] === wanted.value;
}

function isKind(term: SearchExpr): boolean {
  return (term.kind === "compare" || term.kind === "in") && kinds.has(term.field);
}
