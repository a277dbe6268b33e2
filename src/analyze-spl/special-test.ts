import type { Span } from "../diagnostics/source.ts";
import type { EventField } from "../plan/event-fields.ts";
import type { Expr } from "../plan/nodes.ts";
import { allOf, column, test, text, truth } from "./build.ts";
import type { Notes } from "./notes.ts";
import { wildcardTest } from "./pattern.ts";

/** Tests of a field that columns other than its own value say better; null where there is none. */
export function specialTest(event: EventField, pattern: string, name: string, notes: Notes, span: Span): Expr | null {
  switch (event.kind) {
    case "column":
      return event.last === null ? null : lastPart(column(event.last, span), pattern, span);
    case "joined":
      return joinedParts(event, pattern, span);
    case "hashes":
      return hash(event.columns, pattern, name, notes, span);
    case "constant":
      return truth(wildcard(pattern).test(event.value), span);
  }
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((p) => p.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "is");
}

/** `*\net.exe`: a path ends in a file's name just where the file has that name. */
function lastPart(file: Expr, pattern: string, span: Span): Expr | null {
  const found = /^\*+\\([^\\*/]+)$/.exec(pattern);
  return found?.[1] === undefined ? null : test("=~", span, file, text(found[1], span));
}

/** `*\bob`, `CONTOSO\*`, `CONTOSO\bob` */
function joinedParts(event: Extract<EventField, { kind: "joined" }>, pattern: string, span: Span): Expr | null {
  const parts = pattern.split(event.separator);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined) return null;
  const stars = /^\*+$/;
  const inner = (part: string): boolean => part.includes("*") && !stars.test(part);
  if (inner(before) || inner(after)) return null;
  const tests: Expr[] = [];
  if (!stars.test(before)) tests.push(wildcardTest(column(event.before, span), before, span));
  if (!stars.test(after)) tests.push(wildcardTest(column(event.after, span), after, span));
  return allOf(tests, span);
}

const lengths: Readonly<Record<number, string>> = { 32: "MD5", 40: "SHA1", 64: "SHA256" };

/** A hash that is looked for in the list of them, by its name or its length. */
function hash(
  columns: Extract<EventField, { kind: "hashes" }>["columns"],
  pattern: string,
  name: string,
  notes: Notes,
  span: Span,
): Expr {
  const found = /^\*?(?:([A-Za-z0-9]+)=)?([0-9A-Fa-f]+)\*?$/.exec(pattern);
  const algorithm = found?.[1]?.toUpperCase() ?? lengths[found?.[2]?.length ?? 0];
  const target = algorithm === undefined ? undefined : columns.get(algorithm);
  const whole = found !== null && lengths[found[2]?.length ?? 0] === algorithm;
  if (found?.[2] !== undefined && target !== undefined && whole) {
    return test("=~", span, column(target, span), text(found[2].toLowerCase(), span));
  }
  const what = algorithm === undefined ? "this pattern" : `a hash of the kind ${algorithm}`;
  notes.unsupported("hashes", span, `no column holds ${what} of ${name}`);
  return truth(true, span);
}
