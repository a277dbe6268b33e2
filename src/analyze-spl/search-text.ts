import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { parseSearchTerms } from "../spl/search-terms.ts";
import type { Notes } from "./notes.ts";
import type { Rows } from "./rows.ts";
import { searchCondition } from "./search.ts";

/** The terms inside `searchmatch("…")`; null where they cannot be read. */
export function searchText(text: string, rows: Rows, notes: Notes, span: Span): Expr | null {
  try {
    const terms = parseSearchTerms(text);
    return terms === null ? null : searchCondition(terms, rows, notes, span);
  } catch {
    return null;
  }
}
