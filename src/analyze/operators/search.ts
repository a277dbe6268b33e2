import type { Binary, BinaryOperator, Expression, Literal, SearchOperator, UnionOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import type { TableScope } from "../session.ts";
import { columnRef, literal } from "../values.ts";
import { parameter } from "./mv-expand.ts";
import { union } from "./union.ts";

const tableColumn = "$table";

/** `search kind=… in (A, B) "text" and a: "x"`: the rows that a term or a condition finds, with the name of their table. (search-operator) */
export function search(o: SearchOperator, input: Relation | null, scope: TableScope): Relation {
  const { session } = scope;
  const { span } = o;
  const cased = parameter(o.parameters, "kind") === "case_sensitive";
  const predicate = condition(o.predicate, cased);
  if (input && o.tables.length === 0) {
    const found = filtered(input, predicate, o, scope);
    const others = input.columns.filter((c) => c.name !== tableColumn);
    const source = { name: tableColumn, value: literal("string", "search_arg0", span) };
    const values = [source, ...others.map((c) => ({ name: c.name, value: columnRef(c, span) }))];
    const columns: Column[] = [{ name: tableColumn, type: "string" }, ...others];
    return { kind: "project", input: found, values, keyword: "project", columns, span };
  }
  if (input)
    session.diagnostics.add("KQL106", o.keywordSpan, "search in (…) brings its own rows, it cannot follow a pipe");
  const source = { name: "withsource", value: { text: tableColumn, span }, span };
  const tables: UnionOperator = {
    kind: "union",
    parameters: [source],
    tables: o.tables.length === 0 ? allTables(o, scope) : o.tables,
    span,
    keywordSpan: o.keywordSpan,
  };
  return filtered(union(tables, null, scope), predicate, o, scope);
}

/** The tables and views that there are: those that are given where a query is run, else all that are known. */
function allTables({ keywordSpan: span }: SearchOperator, { session, names }: TableScope): UnionOperator["tables"] {
  const present = session.schemas.present?.();
  if (!present) return [{ pattern: "*", wildcard: true, order: null, span }];
  const views = names.all().filter((name) => {
    const binding = names.get(name);
    return binding?.kind === "function" && binding.value.view && binding.value.parameters.length === 0;
  });
  return [...new Set([...present, ...views])].map((name) => ({ kind: "name", name, span }));
}

function filtered(input: Relation, predicate: Expression, o: SearchOperator, scope: TableScope): Relation {
  const rows: Relation = { kind: "item", columns: input.columns.filter((c) => c.name !== tableColumn), span: o.span };
  const sees = input.kind === "union" ? { ...input, columns: rows.columns } : input;
  const tested = scope.session.condition(predicate, { ...scope, input: sees });
  return { kind: "filter", input, predicate: tested, columns: input.columns, span: o.span };
}

/** The predicate as a condition of `where`: a text alone is a term in any column. */
function condition(e: Expression, cased: boolean): Expression {
  switch (e.kind) {
    case "literal":
      // Only texts and whole numbers are looked for.
      if (e.type === "bool") return e;
      if (e.type !== "string" && e.type !== "long" && e.type !== "int") return { ...e, type: "bool", value: false };
      return term({ kind: "star", span: e.span }, e, cased);
    case "star":
      return { kind: "literal", type: "bool", value: true, text: "true", span: e.span };
    case "paren":
      return { ...e, expression: condition(e.expression, cased) };
    case "logical":
      return { ...e, operands: e.operands.map((operand) => condition(operand, cased)) };
    case "call":
      if (e.name.text !== "not") return e;
      return { ...e, arguments: e.arguments.map((a) => ({ ...a, value: condition(a.value, cased) })) };
    case "binary":
      return e.operator === ":" ? matching(e, cased) : e;
    default:
      return e;
  }
}

/** `column: value` */
function matching(e: Binary, cased: boolean): Expression {
  if (e.right.kind === "literal" && e.right.type === "string") return term(e.left, e.right, cased);
  return { ...e, operator: "==" };
}

/** A term in a column or, with a star, in any: the stars in a term stand for any text. */
function term(left: Expression, text: Literal, cased: boolean): Expression {
  const test = (operator: BinaryOperator, value: string): Expression => ({
    kind: "binary",
    operator,
    operatorSpan: text.span,
    left,
    right: { ...text, type: "string", value },
    span: text.span,
  });
  const word = (operator: BinaryOperator): BinaryOperator => (cased ? (`${operator}_cs` as BinaryOperator) : operator);
  const written = typeof text.value === "string" ? text.value : text.text;
  const parts = written.split("*");
  const [first = "", ...rest] = parts;
  const last = rest.at(-1) ?? "";
  if (rest.length === 0) return test(word("has"), first);
  if (parts.every((part) => part === "")) return { ...text, kind: "literal", type: "bool", value: true, text: "true" };
  const inner = parts.slice(1, -1);
  if (rest.length === 1 && last === "") return test(word("hasprefix"), first);
  if (rest.length === 1 && first === "") return test(word("hassuffix"), last);
  if (first === "" && last === "" && inner.length === 1) return test(word("contains"), inner[0] ?? "");
  const begin = first === "" ? "" : `\\b${escaped(first)}`;
  const end = last === "" ? "" : `${escaped(last)}\\b`;
  return test("matches regex", `${cased ? "" : "(?i)"}${[begin, ...inner.map(escaped), end].join(".*")}`);
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
