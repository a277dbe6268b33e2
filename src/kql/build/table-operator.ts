import type { CstNode } from "#grammar/kql";
import type { Call, FindOperator, MemberCall } from "../ast.ts";
import {
  node,
  nodeSpan,
  nodes,
  type OperatorBuilder,
  operatorSpans,
  optionalNode,
  optionalToken,
  type Reading,
  token,
} from "./cst.ts";
import { call, path, typeNamed } from "./expression.ts";
import { infix } from "./infix.ts";
import { nameOf } from "./literal.ts";
import { entities, patterns, settings, subquery } from "./parts.ts";

/** The operators that search tables, call functions on rows, or hand rows to a query in parentheses. */
export const tableBuilders: Readonly<Record<string, OperatorBuilder>> = {
  search: (r, cst) => ({
    kind: "search",
    ...operatorSpans(cst, "SEARCH"),
    parameters: settings(r, cst),
    tables: entities(r, optionalNode(cst, "scope")),
    predicate: infix(r, node(cst, "expression"), true),
  }),
  find: (r, cst) => {
    const tables = entities(r, optionalNode(cst, "scope"));
    const parameters = settings(r, cst);
    const predicate = infix(r, node(cst, "expression"), true);
    if (tables.length + parameters.length > 0 && optionalToken(cst, "WHERE") === undefined) {
      const place = { start: predicate.span.start, end: predicate.span.start };
      r.findings.add("KQL001", place, "`where` is missing before the condition");
    }
    return { kind: "find", ...operatorSpans(cst, "FIND"), parameters, tables, predicate, output: findOutput(r, cst) };
  },
  invoke: (r, cst) => {
    const calls = nodes(cst, "call").map((item) => call(r, item));
    const path = calls.reduce<Call | MemberCall | null>(
      (target, step) =>
        target === null
          ? step
          : { kind: "member-call", target, call: step, span: { start: target.span.start, end: step.span.end } },
      null,
    );
    if (path === null) throw new Error("an invoke without a call");
    return { kind: "invoke", ...operatorSpans(cst, "INVOKE"), call: path };
  },
  partition: (r, cst) => {
    const operators = optionalNode(cst, "subquery");
    return {
      kind: "partition",
      ...operatorSpans(cst, "PARTITION"),
      parameters: settings(r, cst),
      by: path(r, node(cst, "path")),
      body:
        operators === undefined
          ? { kind: "query", query: r.pipeline(node(cst, "pipeline")) }
          : { kind: "operators", operators: subquery(r, operators) },
    };
  },
  fork: (r, cst) => ({
    kind: "fork",
    ...operatorSpans(cst, "FORK"),
    branches: nodes(cst, "branch").map((branch) => {
      const name = optionalToken(branch, "Name");
      return {
        name: name === undefined ? null : nameOf(r, name),
        operators: subquery(r, node(branch, "subquery")),
      };
    }),
  }),
  facet: (r, cst) => {
    const operators = optionalNode(cst, "subquery");
    const single = optionalNode(cst, "operator");
    return {
      kind: "facet",
      ...operatorSpans(cst, "FACET"),
      by: nodes(cst, "path").map((item) => path(r, item)),
      operators: operators !== undefined ? subquery(r, operators) : single === undefined ? null : [r.operator(single)],
    };
  },
  macroExpand: (r, cst) => ({
    kind: "macro-expand",
    ...operatorSpans(cst, "MACRO-EXPAND"),
    parameters: settings(r, cst),
    group: r.operand(node(cst, "operand")),
    name: nameOf(r, token(cst, "Name")),
    body: r.statements(node(cst, "statements")),
  }),
};

function findOutput(reading: Reading, cst: CstNode): FindOperator["output"] {
  if (optionalToken(cst, "PROJECT-SMART") !== undefined) {
    return {
      kind: "project-smart",
      away: optionalNode(cst, "patterns") === undefined ? [] : patterns(reading, cst),
    };
  }
  const items = nodes(cst, "findColumn");
  if (items.length === 0) return null;
  const columns = items.filter((item) => optionalToken(item, "PACK") === undefined);
  const pack = items.find((item) => optionalToken(item, "PACK") !== undefined);
  if (pack !== undefined && items.indexOf(pack) < columns.length) {
    reading.findings.add("KQL001", nodeSpan(pack), "`pack(*)` stands behind the columns");
  }
  return {
    kind: "project",
    columns: columns.map((item) => {
      const type = optionalToken(item, "Word");
      return {
        name: nameOf(reading, token(item, "Name")),
        type: type === undefined ? null : typeNamed(reading, type),
      };
    }),
    pack: pack !== undefined,
  };
}
