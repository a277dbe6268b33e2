import type {
  Call,
  Expression,
  GraphMarkComponentsOperator,
  GraphMatchOperator,
  GraphToTableOperator,
  GraphWhereOperator,
  MakeGraphOperator,
  Member,
} from "../../kql/ast.ts";
import type { Expr, Graph, Relation } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { automaticName, ColumnNames } from "../names.ts";
import { opaque } from "../open.ts";
import type { TableScope } from "../session.ts";
import { broken, literal } from "../values.ts";
import { parameter } from "./mv-expand.ts";
import { withColumns } from "./with-columns.ts";

const nothing: Graph = { nodes: [], edges: [] };

/** The graph that rows stand for, through the names of lets; reports rows that are none. */
function graphOf(
  relation: Relation,
  o: { readonly kind: string; readonly keywordSpan: Relation["span"] },
  scope: TableScope,
): Graph {
  if (relation.kind === "opaque" && relation.graph) return relation.graph;
  if (relation.kind === "opaque" && relation.open) return nothing;
  const found = relation.kind === "table" ? scope.session.lets.find((l) => l.name === relation.name) : undefined;
  if (found?.kind === "table") return graphOf(found.value, o, scope);
  scope.session.diagnostics.add("KQL106", o.keywordSpan, `${o.kind} needs a graph`, "make-graph makes one of rows");
  return nothing;
}

function graph(shape: Graph, what: string, input: Relation, span: Relation["span"], scope: TableScope): Relation {
  return { ...opaque(what, [], span, scope.session, { inputs: [input], open: false }), graph: shape };
}

/** `edges | make-graph a --> b with nodes on id` (make-graph-operator) */
export function makeGraph(o: MakeGraphOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const end = session.expression(o.source, { ...scope, input });
  session.expression(o.target, { ...scope, input });
  let nodes: readonly Column[] = o.nodeId ? [{ name: o.nodeId.text, type: end.type }] : [];
  for (const part of o.nodes) {
    const table = session.relation(part.table, scope);
    session.expression(part.on, { ...scope, input: table });
    nodes = withColumns(nodes, table.columns);
  }
  const made = graph({ nodes, edges: input.columns }, "make-graph", input, o.span, scope);
  if (!o.partitionedBy) return made;
  let rows = made;
  for (const inner of o.partitionedBy.operators) rows = session.operator(inner, rows, scope);
  return rows;
}

type Element = "node" | "edge" | "path";

/** `graph-match (a)-[e]->(b) where p project x = a.name`; an edge that repeats gives arrays. (graph-match-operator) */
export function graphMatch(o: GraphMatchOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const shape = graphOf(input, o, scope);
  const elements = new Map<string, Element>();
  for (const pattern of o.patterns)
    for (const step of pattern.steps)
      if (step.name) elements.set(step.name.text, step.kind === "node" ? "node" : step.repeat ? "path" : "edge");
  const special = (e: Call | Member): Expr | null => (e.kind === "member" ? property(e) : onPath(e));
  const property = (e: Member): Expr | null => {
    const element = e.target.kind === "name" ? elements.get(e.target.name) : undefined;
    if (element === undefined) return null;
    const column = (element === "node" ? shape.nodes : shape.edges).find((c) => c.name === e.name.text);
    return literal(element === "path" ? "dynamic" : (column?.type ?? "unknown"), null, e.span);
  };
  /** Functions of a whole path see its properties by their names. */
  const onPath = (e: Call): Expr | null => {
    const types: Readonly<Record<string, ScalarType>> = {
      map: "dynamic",
      all: "bool",
      any: "bool",
      inner_nodes: "dynamic",
    };
    const type = Object.hasOwn(types, e.name.text) ? types[e.name.text] : undefined;
    const [path] = e.arguments;
    const isPath = path?.value.kind === "name" && elements.has(path.value.name);
    return type !== undefined && isPath ? literal(type, null, e.span) : null;
  };
  const row: Relation = {
    kind: "item",
    columns: [...elements.keys()].map((name) => ({ name, type: "dynamic" as const })),
    span: o.span,
  };
  const inner = { ...scope, special, input: row };
  if (o.predicate) session.condition(o.predicate, inner);
  const names = new ColumnNames();
  const columns = (o.columns ?? []).map((column): Column => {
    const { type } = session.expression(column.value, inner);
    const name = column.names[0]?.text ?? automaticName(column.value);
    return { name: name === null ? names.number(session) : names.add(name), type };
  });
  return opaque(o.kind, columns, o.span, session, { inputs: [input], open: o.columns === null });
}

/** `graph-to-table nodes`, `graph-to-table edges`; the columns are those of the first. (graph-to-table-operator) */
export function graphToTable(o: GraphToTableOperator, input: Relation, scope: TableScope): Relation {
  const shape = graphOf(input, o, scope);
  const [first] = o.outputs;
  const ids = ["with_node_id", "with_source_id", "with_target_id"].flatMap((name): Column[] => {
    const id = first && parameter(first.parameters, name);
    return id ? [{ name: id, type: "long" }] : [];
  });
  const columns = [...ids, ...(first?.part === "edges" ? shape.edges : shape.nodes)];
  return opaque("graph-to-table", columns, o.span, scope.session, { inputs: [input], open: false });
}

/** `graph-mark-components with_component_id=c`: a column of the nodes. (graph-mark-components-operator) */
export function markComponents(o: GraphMarkComponentsOperator, input: Relation, scope: TableScope): Relation {
  const shape = graphOf(input, o, scope);
  const id: Column = { name: parameter(o.parameters, "with_component_id") ?? "ComponentId", type: "long" };
  return graph({ ...shape, nodes: [...shape.nodes, id] }, o.kind, input, o.span, scope);
}

/** `graph-where-nodes p`, `graph-where-edges p` (graph-where-nodes-operator) */
export function whereGraph(o: GraphWhereOperator, input: Relation, scope: TableScope): Relation {
  const shape = graphOf(input, o, scope);
  const columns = o.kind === "graph-where-nodes" ? shape.nodes : shape.edges;
  const row: Relation = { kind: "item", columns, span: o.span };
  scope.session.condition(o.predicate, { ...scope, input: row, special: (e) => degree(e) });
  return graph(shape, o.kind, input, o.span, scope);
}

/** Functions that look at a node's edges. */
function degree(e: Expression): Expr | null {
  if (e.kind !== "call") return null;
  const types: Readonly<Record<string, ScalarType>> = {
    all: "bool",
    any: "bool",
    map: "dynamic",
    node_degree_in: "long",
    node_degree_out: "long",
  };
  const type = Object.hasOwn(types, e.name.text) ? types[e.name.text] : undefined;
  return type === undefined ? null : { ...broken(e.span), type };
}
