import { allOf, anyOf, compare, noneOf, type SearchExpr } from "../../spl/search.ts";
import type { EvalExpr, Subsearch } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { limits } from "../limits.ts";
import { SplProblem } from "../problem.ts";
import { isInternal, type Row } from "../row.ts";
import { valuesOf, valueText } from "../value.ts";

/**
 * What a subsearch puts into the search around it: its rows as alternatives, in each row all fields at once; `search` or `query`
 * as the name of a field stands for a text that is taken as it is. No rows match nothing. (Search Manual: "About subsearches";
 * format command, return command)
 */
export function subsearchTerms(engine: Engine, subsearch: Subsearch): SearchExpr {
  const rows = limitedRows(engine, subsearch);
  if (rows.length === 0) return nothing;
  const written = writtenText(rows);
  if (written !== null) return parseTerms(engine, subsearch, written);
  return anyOf(rows.map(rowTerms).filter((e) => e !== null)) ?? nothing;
}

const everything: SearchExpr = { kind: "and", operands: [] };

/** `NOT ()`: no row has it, so its negation lets all through. */
const nothing: SearchExpr = noneOf(everything);

/** The rows of a subsearch; only the first ten thousand count. */
export function limitedRows(engine: Engine, subsearch: Subsearch): readonly Row[] {
  const { rows } = engine.run(subsearch.search);
  if (rows.length <= limits.subsearch) return rows;
  engine.warn("SPL211", subsearch, `the subsearch gives ${rows.length} rows; only the first ${limits.subsearch} count`);
  return rows.slice(0, limits.subsearch);
}

/** The text of a row that `format` or `return` made, or of any field that is named `search` or `query`. */
function writtenText(rows: readonly Row[]): string | null {
  const [first] = rows;
  const value = first?.get("search") ?? first?.get("query");
  return value === undefined ? null : valueText(value);
}

function parseTerms(engine: Engine, subsearch: Subsearch, text: string): SearchExpr {
  if (text.trim() === "" || /^NOT\s*\(\s*\)$/i.test(text.trim())) return nothing;
  const [command, ...rest] = engine.parse(`search ${text}`).commands;
  if (command?.kind !== "search" || rest.length > 0) {
    throw new SplProblem(
      "SPL203",
      subsearch,
      `the subsearch gives \`${text.slice(0, 80)}\`, which is no search expression`,
    );
  }
  return command.expr;
}

function rowTerms(row: Row): SearchExpr | null {
  const terms = [...row]
    .filter(([name]) => !isInternal(name))
    .map(([name, value]) => anyOf(valuesOf(value).map((v) => compare(name, "=", v))));
  return allOf(terms.filter((t) => t !== null));
}

/** The expression that a subsearch puts into eval or where: the text that `return` made. */
export function subsearchExpression(engine: Engine, subsearch: Subsearch): EvalExpr {
  const text = writtenText(limitedRows(engine, subsearch));
  if (text === null) {
    throw new SplProblem(
      "SPL203",
      subsearch,
      "a subsearch in an expression gives no value",
      "end it with `| return $field`",
    );
  }
  const [command] = engine.parse(`| where ${text}`).commands;
  if (command?.kind !== "where")
    throw new SplProblem("SPL203", subsearch, `the subsearch gives \`${text.slice(0, 80)}\``);
  return command.expr;
}

/** One value that a subsearch gives to a comparison: `user=[ … | return $user ]`. */
export function subsearchValues(engine: Engine, subsearch: Subsearch): readonly string[] {
  const rows = limitedRows(engine, subsearch);
  const written = writtenText(rows);
  if (written !== null) return [written.replace(/^"([\s\S]*)"$/, "$1")];
  return rows.flatMap((row) => [...row].filter(([name]) => !isInternal(name)).flatMap(([, value]) => valuesOf(value)));
}
