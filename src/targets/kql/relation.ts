import type { Datatable, Expression, NamedExpression, Operator, Pipe } from "../../kql/ast.ts";
import type { Expr, Filter, Relation, Rows, Scan } from "../../plan/nodes.ts";
import { aggregate } from "./aggregate.ts";
import { apply, expand, join, parse, sort, top, union } from "./operator.ts";
import { project } from "./project.ts";
import { makeSeries, parseKv, partition, plugin, scan, topHitters, topNested } from "./table-operator.ts";
import { spreadTogether } from "./tuple.ts";
import { withoutSerialize, withWindowCalls } from "./window.ts";
import { nameAt, reference, type Writing, written } from "./writing.ts";

/** A relation as a source and the operators piped behind it. */
interface Chain {
  readonly source: Expression | null;
  readonly operators: readonly Operator[];
}

/** A relation where a pipe may stand by itself: a name, a datatable, or a pipe. */
export function table(writing: Writing, relation: Relation): Expression {
  const { source, operators } = chain(writing, relation);
  if (source !== null && operators.length === 0) return source;
  const start = source?.span.start ?? operators[0]?.span.start ?? relation.span.start;
  return { kind: "pipe", source, operators, span: { start, end: relation.span.end } } satisfies Pipe;
}

/** The same in parentheses where it is a pipe. */
export function operand(writing: Writing, relation: Relation): Expression {
  const expression = table(writing, relation);
  return expression.kind === "pipe" ? { kind: "paren", expression, span: expression.span } : expression;
}

function chain(writing: Writing, relation: Relation): Chain {
  const behind: Operator[] = [];
  let current = relation;
  for (;;) {
    current = withWindowCalls(current);
    switch (current.kind) {
      case "scan":
        return { source: tableOf(current), operators: behind.reverse() };
      case "table":
        return { source: reference(current.name, current.span), operators: behind.reverse() };
      case "item":
        return { source: null, operators: behind.reverse() };
      case "rows": {
        const source = rows(writing, current);
        if (source.kind === "datatable") return { source, operators: behind.reverse() };
        return { source: null, operators: [...behind, source].reverse() };
      }
      case "range": {
        const { span, columns } = current;
        const [from, to, step] = [current.from, current.to, current.step].map(writing.expression);
        if (from === undefined || to === undefined || step === undefined) throw new Error("a range has three bounds");
        behind.push({
          kind: "range",
          name: nameAt(columns[0]?.name ?? "x", span),
          from,
          to,
          step,
          span,
          keywordSpan: span,
        });
        return { source: null, operators: behind.reverse() };
      }
      case "union": {
        const [first] = current.inputs;
        const piped = first !== undefined && isPiped(first, current);
        behind.push(union(writing, current, piped));
        if (!piped) return { source: null, operators: behind.reverse() };
        current = first;
        break;
      }
      case "limit": {
        const input: Relation = current.input;
        if (input.kind === "sort" && input.keys.length === 1) {
          behind.push(top(writing, current.count, input, current));
          current = input.input;
        } else {
          behind.push({
            kind: "take",
            count: writing.expression(current.count),
            span: current.span,
            keywordSpan: current.span,
          });
          current = input;
        }
        break;
      }
      case "filter": {
        const { input, predicate, span }: Filter = current;
        if (input.kind === "union" && input.sourceColumn === "$table") {
          const found = union(writing, input, false).tables;
          const isEvery = input.inputs.some((table) => table.kind === "scan" && table.pattern === "*");
          const tables = isEvery ? [] : found;
          const tested = writing.expression(predicate);
          behind.push({ kind: "search", parameters: [], tables, predicate: tested, span, keywordSpan: span });
          return { source: null, operators: behind.reverse() };
        }
        behind.push({ kind: "where", predicate: writing.expression(predicate), span, keywordSpan: span });
        current = input;
        break;
      }
      case "join":
        behind.push(join(writing, current));
        current = current.left;
        break;
      case "window":
        behind.push({ kind: "serialize", columns: [], span: current.span, keywordSpan: current.span });
        current = current.input;
        break;
      case "opaque": {
        const { what, span } = current;
        const message = `only the columns of ${what} are known`;
        writing.notes.push({ level: "unsupported", cause: "unknown-rows", construct: what, message, span });
        return { source: reference("unknown", span), operators: behind.reverse() };
      }
      default:
        behind.push(operator(writing, current));
        current = behind.at(-1)?.kind === "serialize" ? withoutSerialize(current.input) : current.input;
    }
  }
}

/** A table by its name, or externaldata. */
function tableOf({ table: name, external, columns, span }: Scan): Expression {
  if (!external) return reference(name, span);
  const uris = external.uris.map((value) => ({ kind: "literal", type: "string", value, text: "", span }) as const);
  const types = columns.map(({ name: column, type }) => ({ name: nameAt(column, span), type }));
  return { kind: "externaldata", columns: types, uris, properties: external.properties, span };
}

type Piped = Exclude<
  Relation,
  { kind: "scan" | "table" | "item" | "rows" | "range" | "union" | "limit" | "filter" | "join" | "window" | "opaque" }
>;

function operator(writing: Writing, relation: Piped): Operator {
  const { span } = relation;
  const spans = { span, keywordSpan: span };
  switch (relation.kind) {
    case "extend": {
      const kind = relation.input.kind === "window" && relation.input.span === span ? "serialize" : "extend";
      return { kind, columns: spreadTogether(writing, relation.values, (value) => assigned(writing, value)), ...spans };
    }
    case "project":
      return project(writing, relation);
    case "aggregate":
      return aggregate(writing, relation);
    case "expand":
      return expand(writing, relation);
    case "apply":
      return apply(writing, relation, chain(writing, relation.body).operators);
    case "parse":
      return parse(writing, relation);
    case "sort":
      return sort(writing, relation);
    case "series":
      return makeSeries(writing, relation);
    case "partition":
      return partition(writing, relation, chain(writing, relation.body).operators);
    case "sequence":
      return scan(writing, relation);
    case "top-nested":
      return topNested(writing, relation);
    case "top-hitters":
      return topHitters(writing, relation);
    case "parse-kv":
      return parseKv(writing, relation);
    case "plugin":
      return plugin(writing, relation);
  }
}

/** An extended column always has its name: without one it would be read as an expression that has no effect. */
function assigned(writing: Writing, { name, value }: { readonly name: string; readonly value: Expr }): NamedExpression {
  return { names: [nameAt(name, value.span)], value: writing.expression(value), span: value.span };
}

/** Whether the first input of a union stood before its pipe. */
function isPiped(first: Relation, { span, sourceColumn, sourceNames }: Relation & { readonly kind: "union" }): boolean {
  if (sourceColumn !== null && sourceNames[0] !== "union_arg0") return false;
  if (first.span.end > first.span.start) return first.span.end <= span.start;
  return sourceColumn === null && first.kind !== "scan" && first.kind !== "table";
}

/** A datatable of literals, or `print`. */
function rows(writing: Writing, relation: Rows): Datatable | Operator {
  const { span, columns } = relation;
  const [row = []] = relation.rows;
  const typed = row.every((cell, i) => cell.type === columns[i]?.type);
  if (relation.rows.length === 1 && typed && row.length > 0 && !/^datatable\b/.test(written(writing, span))) {
    const values = row.map((value, i) => ({ name: columns[i]?.name ?? "", value }));
    const printed = spreadTogether(writing, values, ({ name, value }, place) => {
      // print numbers its columns whatever they are, so that every other name is written
      const names = name === `print_${place}` ? [] : [nameAt(name, value.span)];
      return { names, value: writing.expression(value), span: value.span };
    });
    return { kind: "print", columns: printed, span, keywordSpan: span };
  }
  const values = relation.rows.flat().map(writing.expression);
  const types = columns.map(({ name, type }) => ({ name: nameAt(name, span), type }));
  return { kind: "datatable", columns: types, values, span };
}
