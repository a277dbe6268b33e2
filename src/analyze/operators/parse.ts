import type { ParseOperator } from "../../kql/ast.ts";
import type { Parse, ParseStep, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { expression } from "../expression.ts";
import type { TableScope } from "../session.ts";
import { implicitText } from "../types.ts";
import { parameter } from "./mv-expand.ts";

/** `parse x with "text" a: long * …` (parse-operator, parse-where-operator) */
export function parse(o: ParseOperator, input: Relation, scope: TableScope): Relation {
  const given = expression(o.value, { ...scope, input });
  if (given.type !== "string" && given.type !== "dynamic" && given.type !== "unknown") {
    scope.session.diagnostics.add(
      "KQL104",
      o.value.span,
      `parse reads a string, \`${scope.session.excerpt(o.value.span)}\` is a ${given.type}`,
    );
  }
  const value = given.type === "dynamic" ? implicitText(given) : given;
  const mode = parameter(o.parameters, "kind") ?? "simple";
  if (mode !== "simple" && mode !== "regex" && mode !== "relaxed") {
    scope.session.diagnostics.add(
      "KQL108",
      o.keywordSpan,
      `parse has no kind ${mode}`,
      "kinds: simple, relaxed, regex",
    );
  }
  const steps = o.steps.map((s): ParseStep => {
    if (s.kind === "text") return { kind: "text", value: s.value };
    if (s.kind === "skip") return { kind: "skip" };
    return { kind: "column", name: s.name.text, type: s.type ?? "string" };
  });
  if (mode === "regex") refuseAdjacent(o, scope);
  const made = steps.flatMap((s): Column[] => (s.kind === "column" ? [{ name: s.name, type: s.type }] : []));
  const columns: Column[] = input.columns.map((c) => made.find((m) => m.name === c.name) ?? c);
  columns.push(...made.filter((m) => !input.columns.some((c) => c.name === m.name)));
  const node: Parse = {
    kind: "parse",
    input,
    value,
    mode: mode === "regex" || mode === "relaxed" ? mode : "simple",
    flags: parameter(o.parameters, "flags") ?? "",
    steps,
    filter: o.kind === "parse-where",
    columns,
    span: o.span,
  };
  return node;
}

/** The engine refuses a pattern in which nothing tells where a text ends and the next column begins. */
function refuseAdjacent(o: ParseOperator, scope: TableScope): void {
  const steps = o.steps.map((step) => (step.kind === "column" ? step : undefined));
  for (const [i, next] of steps.entries()) {
    const text = steps[i - 1];
    if (next === undefined || text === undefined || (text.type ?? "string") !== "string") continue;
    scope.session.diagnostics.add(
      "KQL108",
      next.name.span,
      `nothing tells where \`${text.name.text}\` ends and \`${next.name.text}\` begins`,
      `write the text between them: ${text.name.text} " " ${next.name.text}`,
    );
  }
}
