import type { CstNode, IToken } from "#grammar/kql";
import type { Expression, GraphPattern, GraphStep, Name } from "../ast.ts";
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
import { path } from "./expression.ts";
import { nameOf } from "./literal.ts";
import { namedExpressions, settings, subquery } from "./parts.ts";

/** The operators that make a graph and read it. */
export const graphBuilders: Readonly<Record<string, OperatorBuilder>> = {
  makeGraph: (r, cst) => {
    const id = optionalToken(cst, "nodeId");
    const partition = optionalNode(cst, "path");
    return {
      kind: "make-graph",
      ...operatorSpans(cst, "MAKE-GRAPH"),
      parameters: settings(r, cst),
      source: reference(r, token(cst, "from")),
      target: reference(r, token(cst, "to")),
      directed: optionalToken(cst, "Comparison") !== undefined,
      nodes: nodes(cst, "graphNodes").map((item) => ({
        table: r.operand(node(item, "operand")),
        on: reference(r, token(item, "Name")),
      })),
      nodeId: id === undefined ? null : nameOf(r, id),
      partitionedBy:
        partition === undefined ? null : { column: path(r, partition), operators: subquery(r, node(cst, "subquery")) },
    };
  },
  graphMatch: (r, cst) => {
    const predicate = optionalNode(cst, "expression");
    return {
      kind: optionalToken(cst, "GRAPH-MATCH") === undefined ? "graph-shortest-paths" : "graph-match",
      ...operatorSpans(cst, "GRAPH-MATCH", "GRAPH-SHORTEST-PATHS"),
      parameters: settings(r, cst),
      patterns: nodes(cst, "graphPattern").map((item) => graphPattern(r, item)),
      predicate: predicate === undefined ? null : r.expression(predicate),
      columns: optionalToken(cst, "PROJECT") === undefined ? null : namedExpressions(r, cst),
    };
  },
  graphToTable: (r, cst) => ({
    kind: "graph-to-table",
    ...operatorSpans(cst, "GRAPH-TO-TABLE"),
    outputs: nodes(cst, "graphOutput").map((item) => ({
      part: optionalToken(item, "NODES") === undefined ? "edges" : "nodes",
      as: optionalName(r, item),
      parameters: settings(r, item),
    })),
  }),
  graphMarkComponents: (r, cst) => ({
    kind: "graph-mark-components",
    ...operatorSpans(cst, "GRAPH-MARK-COMPONENTS"),
    parameters: settings(r, cst),
  }),
  graphWhere: (r, cst) => ({
    kind: optionalToken(cst, "GRAPH-WHERE-NODES") === undefined ? "graph-where-edges" : "graph-where-nodes",
    ...operatorSpans(cst, "GRAPH-WHERE-NODES", "GRAPH-WHERE-EDGES"),
    predicate: r.expression(node(cst, "expression")),
  }),
};

function reference(reading: Reading, name: IToken): Expression {
  return { kind: "name", name: nameOf(reading, name).text, span: tokenSpan(name) };
}

function optionalName(reading: Reading, cst: CstNode): Name | null {
  const name = optionalToken(cst, "Name");
  return name === undefined ? null : nameOf(reading, name);
}

function graphPattern(reading: Reading, cst: CstNode): GraphPattern {
  const edges = nodes(cst, "graphEdge");
  const steps = nodes(cst, "graphNode").flatMap((item, i): GraphStep[] => {
    const own: GraphStep = { kind: "node", name: optionalName(reading, item), span: nodeSpan(item) };
    const edge = edges[i];
    return edge === undefined ? [own] : [own, graphEdge(reading, edge)];
  });
  return { steps, span: nodeSpan(cst) };
}

function graphEdge(reading: Reading, cst: CstNode): GraphStep {
  const left = optionalToken(cst, "left");
  const right = optionalToken(cst, "right");
  if (left !== undefined && (left.image !== "<" || right !== undefined)) {
    reading.findings.add(
      "KQL001",
      nodeSpan(cst),
      "this is no edge",
      "write `-->`, `<--`, `--`, `-[e]->`, `<-[e]-` or `-[e]-`",
    );
  }
  const [from, to] = nodes(cst, "operand").map(reading.operand);
  return {
    kind: "edge",
    name: optionalName(reading, cst),
    direction: left !== undefined ? "left" : right !== undefined ? "right" : "any",
    repeat: from === undefined || to === undefined ? null : { from, to },
    span: nodeSpan(cst),
  };
}
