import type { CstNode } from "#grammar/kql";
import type { Expression, MakeSeriesOperator, ScanOperator, ScanStep, TopNestedLevel } from "../ast.ts";
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
  tokenSpan,
} from "./cst.ts";
import { call, columns, rowSchema } from "./expression.ts";
import { nameOf } from "./literal.ts";
import { hints, namedExpression, namedExpressions, setting, settings, sortKeys } from "./parts.ts";
import { parameters } from "./statement.ts";

/** The operators with forms of their own that read the rows of one table. */
export const rowBuilders: Readonly<Record<string, OperatorBuilder>> = {
  projectByNames: (r, cst) => ({
    kind: "project-by-names",
    ...operatorSpans(cst, "PROJECT-BY-NAMES"),
    columns: nodes(cst, "expression").map(r.expression),
  }),
  makeSeries: (r, cst) => ({
    kind: "make-series",
    ...operatorSpans(cst, "MAKE-SERIES"),
    parameters: settings(r, cst),
    aggregates: nodes(cst, "seriesAggregate").map((item) => {
      const filler = optionalNode(item, "expression");
      return {
        column: namedExpression(r, node(item, "namedExpression")),
        default: filler === undefined ? null : r.expression(filler),
      };
    }),
    on: namedExpression(r, node(cst, "namedExpression")),
    ...seriesSteps(r, cst),
    by: optionalToken(cst, "BY") === undefined ? null : namedExpressions(r, cst),
  }),
  topNested: (r, cst) => {
    const levels = nodes(cst, "topNestedLevel");
    return {
      kind: "top-nested",
      span: nodeSpan(cst),
      keywordSpan: tokenSpan(token(levels[0] ?? cst, "TOP-NESTED")),
      levels: levels.map((level) => topNestedLevel(r, level)),
    };
  },
  topHitters: (r, cst) => {
    const [value, by] = nodes(cst, "namedExpression");
    return {
      kind: "top-hitters",
      ...operatorSpans(cst, "TOP-HITTERS"),
      count: r.expression(node(cst, "expression")),
      value: namedExpression(r, value ?? cst),
      by: by === undefined ? null : namedExpression(r, by),
    };
  },
  sample: (r, cst) => ({
    kind: "sample",
    ...operatorSpans(cst, "SAMPLE"),
    ...hints(r, cst),
    count: r.expression(node(cst, "expression")),
  }),
  sampleDistinct: (r, cst) => ({
    kind: "sample-distinct",
    ...operatorSpans(cst, "SAMPLE-DISTINCT"),
    ...hints(r, cst),
    count: r.expression(node(cst, "expression")),
    of: namedExpression(r, node(cst, "namedExpression")),
  }),
  parseKv: (r, cst) => {
    const list = optionalNode(cst, "columns");
    return {
      kind: "parse-kv",
      ...operatorSpans(cst, "PARSE-KV"),
      value: r.expression(node(cst, "expression")),
      columns: list === undefined ? [] : columns(r, list),
      properties: settings(r, cst),
    };
  },
  evaluate: (r, cst) => {
    const schema = optionalNode(cst, "rowSchema");
    return {
      kind: "evaluate",
      ...operatorSpans(cst, "EVALUATE"),
      parameters: settings(r, cst),
      call: call(r, node(cst, "call")),
      schema: schema === undefined ? null : rowSchema(r, schema),
    };
  },
  scan: (r, cst) => scan(r, cst),
  reduce: (r, cst) => ({
    kind: "reduce",
    ...operatorSpans(cst, "REDUCE"),
    parameters: settings(r, cst),
    by: namedExpression(r, node(cst, "namedExpression")),
    properties: nodes(cst, "setting").map((item) => setting(r, item)),
  }),
  consumeAll: (r, cst) => ({ kind: "consume", ...operatorSpans(cst, "CONSUME"), parameters: settings(r, cst) }),
  getschema: (r, cst) => ({ kind: "getschema", ...operatorSpans(cst, "GETSCHEMA"), parameters: settings(r, cst) }),
  assertSchema: (r, cst) => ({
    kind: "assert-schema",
    ...operatorSpans(cst, "ASSERT-SCHEMA"),
    schema: rowSchema(r, node(cst, "rowSchema")),
  }),
  executeAndCache: (_, cst) => ({ kind: "execute-and-cache", ...operatorSpans(cst, "__EXECUTEANDCACHE") }),
};

function seriesSteps(reading: Reading, cst: CstNode): Pick<MakeSeriesOperator, "from" | "to" | "step" | "range"> {
  const list = optionalNode(cst, "seriesRange");
  if (list !== undefined) {
    const [from, to, step] = nodes(list, "expression").map(reading.expression);
    if (from === undefined || to === undefined || step === undefined) throw new Error("a range without its bounds");
    return { from, to, step, range: true };
  }
  const steps = node(cst, "seriesSteps");
  const bound = (key: string): Expression | null => {
    const found = optionalNode(steps, key);
    return found === undefined ? null : reading.expression(found);
  };
  return { from: bound("from"), to: bound("to"), step: reading.expression(node(steps, "step")), range: false };
}

function topNestedLevel(reading: Reading, cst: CstNode): TopNestedLevel {
  const [value, aggregate] = nodes(cst, "namedExpression");
  const count = optionalNode(cst, "expression");
  const others = optionalNode(cst, "others");
  const has = (word: string): boolean => optionalToken(cst, word) !== undefined;
  return {
    count: count === undefined ? null : reading.expression(count),
    value: namedExpression(reading, value ?? cst),
    others: others === undefined ? null : reading.expression(others),
    aggregate: namedExpression(reading, aggregate ?? cst),
    direction: has("ASC") ? "asc" : has("DESC") ? "desc" : null,
    span: nodeSpan(cst),
  };
}

function scan(reading: Reading, cst: CstNode): ScanOperator {
  const order = optionalNode(cst, "sortKeys");
  const declared = optionalNode(cst, "parameters");
  return {
    kind: "scan",
    ...operatorSpans(cst, "SCAN"),
    parameters: settings(reading, cst),
    order: order === undefined ? [] : sortKeys(reading, order),
    partition: nodes(cst, "expression").map(reading.expression),
    declare: (declared === undefined ? [] : parameters(reading, declared)).map((item) => {
      const { type } = item;
      if (typeof type !== "string") reading.findings.add("KQL001", item.span, "`scan` declares values, not tables");
      return { name: item.name, type: typeof type === "string" ? type : "unknown", default: item.default };
    }),
    steps: nodes(cst, "scanStep").map((step) => scanStep(reading, step)),
  };
}

function scanStep(reading: Reading, cst: CstNode): ScanStep {
  return {
    name: nameOf(reading, token(cst, "AssignableName")),
    optional: optionalToken(cst, "OPTIONAL") !== undefined,
    output: stepOutput(reading, cst),
    predicate: reading.expression(node(cst, "expression")),
    assignments: nodes(cst, "scanAssignment").map((item) => ({
      name: nameOf(reading, token(item, "AssignableName")),
      value: reading.expression(node(item, "expression")),
    })),
    span: nodeSpan(cst),
  };
}

function stepOutput(reading: Reading, cst: CstNode): ScanStep["output"] {
  const item = optionalNode(cst, "setting");
  if (item === undefined) return null;
  const { name, value, span } = setting(reading, item);
  const kind = "kind" in value ? "" : value.text;
  if (name === "output" && (kind === "all" || kind === "last" || kind === "none")) return kind;
  reading.findings.add(
    "KQL001",
    span,
    `\`${reading.text.slice(span.start, span.end)}\` is no setting of a step`,
    "write `output=all`, `output=last` or `output=none`",
  );
  return null;
}
