import type { CstNode } from "#grammar/kql";
import type { MvExpandColumn, Name, Operator, OperatorParameter, ParseStep } from "../ast.ts";
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
  tokens,
} from "./cst.ts";
import { typeNamed, typeOf } from "./expression.ts";
import { graphBuilders } from "./graph-operator.ts";
import { nameOf, stringLiteral } from "./literal.ts";
import {
  entities,
  hints,
  namedExpressions,
  orderedPattern,
  patterns,
  setting,
  settings,
  sortKeys,
  subquery,
} from "./parts.ts";
import { rowBuilders } from "./row-operator.ts";
import { tableBuilders } from "./table-operator.ts";

/** One builder for each operator rule of the grammar. */
const builders: Readonly<Record<string, OperatorBuilder>> = {
  ...rowBuilders,
  ...tableBuilders,
  ...graphBuilders,
  where: (r, cst) => ({
    kind: "where",
    ...operatorSpans(cst, "WHERE", "FILTER"),
    ...hints(r, cst),
    ...conditionName(r, cst),
    predicate: r.expression(node(cst, "expression")),
  }),
  extend: (r, cst) => ({ kind: "extend", ...operatorSpans(cst, "EXTEND"), columns: namedExpressions(r, cst) }),
  project: (r, cst) => ({ kind: "project", ...operatorSpans(cst, "PROJECT"), columns: namedExpressions(r, cst) }),
  projectAway: (r, cst) => ({
    kind: "project-away",
    ...operatorSpans(cst, "PROJECT-AWAY"),
    patterns: patterns(r, cst),
  }),
  projectKeep: (r, cst) => ({
    kind: "project-keep",
    ...operatorSpans(cst, "PROJECT-KEEP"),
    patterns: patterns(r, cst),
  }),
  projectReorder: (r, cst) => ({
    kind: "project-reorder",
    ...operatorSpans(cst, "PROJECT-REORDER"),
    patterns: nodes(cst, "orderedPattern").map((item) => orderedPattern(r, item)),
  }),
  projectRename: (r, cst) => ({
    kind: "project-rename",
    ...operatorSpans(cst, "PROJECT-RENAME"),
    columns: nodes(cst, "rename").map((item) => ({
      to: nameOf(r, token(item, "AssignableName")),
      from: nameOf(r, token(item, "Name")),
    })),
  }),
  summarize: (r, cst) => ({
    kind: "summarize",
    ...operatorSpans(cst, "SUMMARIZE"),
    parameters: settings(r, cst),
    aggregates: namedExpressions(r, cst),
    by: optionalToken(cst, "BY") === undefined ? null : namedExpressions(r, cst, "by"),
  }),
  sort: (r, cst) => ({
    kind: "sort",
    ...operatorSpans(cst, "SORT", "ORDER"),
    ...hints(r, cst),
    keys: sortKeys(r, cst),
  }),
  top: (r, cst) => ({
    kind: "top",
    ...operatorSpans(cst, "TOP"),
    ...hints(r, cst),
    count: r.expression(node(cst, "expression")),
    keys: sortKeys(r, cst),
  }),
  take: (r, cst) => ({
    kind: "take",
    ...operatorSpans(cst, "TAKE", "LIMIT"),
    ...hints(r, cst),
    count: r.expression(node(cst, "expression")),
  }),
  count: (r, cst) => {
    const name = optionalToken(cst, "Name");
    return { kind: "count", ...operatorSpans(cst, "COUNT"), as: name === undefined ? null : nameOf(r, name) };
  },
  distinct: (r, cst) => ({
    kind: "distinct",
    ...operatorSpans(cst, "DISTINCT"),
    ...hints(r, cst),
    columns: namedExpressions(r, cst, "namedExpressions", true),
  }),
  mvExpand: (r, cst) => ({ kind: "mv-expand", ...operatorSpans(cst, "MV-EXPAND", "MVEXPAND"), ...expansion(r, cst) }),
  mvApply: (r, cst) => ({
    kind: "mv-apply",
    ...operatorSpans(cst, "MV-APPLY", "MVAPPLY"),
    ...expansion(r, cst),
    operators: subquery(r, node(cst, "subquery")),
  }),
  parse: (r, cst) => ({
    kind: optionalToken(cst, "PARSE") === undefined ? "parse-where" : "parse",
    ...operatorSpans(cst, "PARSE", "PARSE-WHERE"),
    parameters: settings(r, cst),
    value: r.expression(node(cst, "expression")),
    steps: nodes(cst, "parseStep").map((step) => parseStep(r, step)),
  }),
  union: (r, cst) => ({
    kind: "union",
    ...operatorSpans(cst, "UNION"),
    parameters: settings(r, cst),
    tables: entities(r, cst),
  }),
  join: (r, cst) => ({
    kind: optionalToken(cst, "JOIN") === undefined ? "lookup" : "join",
    ...operatorSpans(cst, "JOIN", "LOOKUP"),
    parameters: settings(r, cst),
    right: r.operand(node(cst, "operand")),
    on: nodes(cst, "expression").map(r.expression),
  }),
  print: (r, cst) => ({ kind: "print", ...operatorSpans(cst, "PRINT"), columns: namedExpressions(r, cst) }),
  range: (r, cst) => {
    const [from, to, step] = nodes(cst, "expression").map(r.expression);
    if (from === undefined || to === undefined || step === undefined) throw new Error("a range without its bounds");
    return { kind: "range", ...operatorSpans(cst, "RANGE"), name: nameOf(r, token(cst, "Name")), from, to, step };
  },
  as: (r, cst) => ({
    kind: "as",
    ...operatorSpans(cst, "AS"),
    parameters: settings(r, cst),
    name: nameOf(r, token(cst, "Name")),
  }),
  render: (r, cst) => ({
    kind: "render",
    ...operatorSpans(cst, "RENDER"),
    chart: nameOf(r, token(cst, "Word")),
    parameters: [...settings(r, cst), ...renderColumns(r, cst), ...renderSettings(r, cst)],
  }),
  serialize: (r, cst) => ({
    kind: "serialize",
    ...operatorSpans(cst, "SERIALIZE"),
    ...hints(r, cst),
    columns: namedExpressions(r, cst),
  }),
};

/** An operator node, or the `operator` or `source` node around one. */
export function operator(reading: Reading, cst: CstNode): Operator {
  for (const key in cst.children) {
    const build = builders[key];
    if (build !== undefined) return build(reading, node(cst, key));
  }
  throw new Error(`no operator in ${cst.name}`);
}

/** `where a = …`: Kusto takes what stands behind `=` as the condition. */
function conditionName(reading: Reading, cst: CstNode): { readonly name?: Name } {
  const name = optionalToken(cst, "AssignableName");
  if (name === undefined) return {};
  const equals = tokenSpan(token(cst, "Equals"));
  reading.findings.add("KQL007", equals, "`=` gives a name and does not compare", "`==` compares");
  return { name: nameOf(reading, name) };
}

interface Expansion {
  readonly parameters: readonly OperatorParameter[];
  readonly columns: readonly MvExpandColumn[];
  readonly limit: MvExpandColumn["value"] | null;
}

function expansion(reading: Reading, cst: CstNode): Expansion {
  const holder = node(cst, "expansion");
  const columns = nodes(holder, "expandedColumn").map((item): MvExpandColumn => {
    const name = optionalToken(item, "AssignableName");
    const type = optionalNode(item, "typeof");
    const wanted = type === undefined ? null : typeOf(reading, type).type;
    if (type !== undefined && typeof wanted !== "string") {
      reading.findings.add("KQL001", nodeSpan(type), "`to typeof(…)` takes one type");
    }
    return {
      name: name === undefined ? null : nameOf(reading, name),
      value: reading.expression(node(item, "expression")),
      type: typeof wanted === "string" ? wanted : null,
      span: nodeSpan(item),
    };
  });
  const limit = optionalNode(holder, "expression");
  return {
    parameters: settings(reading, holder),
    columns,
    limit: limit === undefined ? null : reading.expression(limit),
  };
}

function parseStep(reading: Reading, cst: CstNode): ParseStep {
  const span = nodeSpan(cst);
  const text = tokens(cst, "Text");
  if (text.length > 0) return { kind: "text", value: String(stringLiteral(reading, text).value), span };
  const name = optionalToken(cst, "Name");
  if (name === undefined) return { kind: "skip", span };
  const type = optionalToken(cst, "Word");
  return {
    kind: "column",
    name: nameOf(reading, name),
    type: type === undefined ? null : typeNamed(reading, type),
    span,
  };
}

/** `by a, b`, an old spelling of the series. */
function renderColumns(reading: Reading, cst: CstNode): OperatorParameter[] {
  const by = optionalToken(cst, "BY");
  const [first, ...more] = tokens(cst, "AssignableName").map((name) => nameOf(reading, name));
  if (by === undefined || first === undefined) return [];
  const span = { start: by.startOffset, end: (more[more.length - 1] ?? first).span.end };
  return [{ name: "by", value: first, ...(more.length === 0 ? {} : { more }), span }];
}

/** The settings in `with (…)`; a bare name goes on with the list of the setting before it. */
function renderSettings(reading: Reading, cst: CstNode): OperatorParameter[] {
  const found: OperatorParameter[] = [];
  for (const item of nodes(cst, "renderSetting")) {
    const own = optionalNode(item, "setting");
    if (own !== undefined) {
      found.push(setting(reading, own));
      continue;
    }
    const name = nameOf(reading, token(item, "Name"));
    const before = found.pop();
    if (before === undefined)
      reading.findings.add("KQL001", tokenSpan(token(item, "Name")), "a setting needs `=` and a value");
    else
      found.push({
        ...before,
        more: [...(before.more ?? []), name],
        span: { start: before.span.start, end: name.span.end },
      });
  }
  return found;
}
