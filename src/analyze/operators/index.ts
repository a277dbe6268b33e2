import type { Operator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { TableScope } from "../session.ts";
import { empty } from "../tabular.ts";
import { withWindows } from "../window.ts";
import { as } from "./as.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { evaluate } from "./evaluate.ts";
import { extend } from "./extend.ts";
import { find } from "./find.ts";
import { graphMatch, graphToTable, makeGraph, markComponents, whereGraph } from "./graph.ts";
import { invoke } from "./invoke.ts";
import { join } from "./join.ts";
import { makeSeries } from "./make-series.ts";
import { mvApply } from "./mv-apply.ts";
import { mvExpand } from "./mv-expand.ts";
import { parse } from "./parse.ts";
import { parseKv } from "./parse-kv.ts";
import { partition } from "./partition.ts";
import { print } from "./print.ts";
import { project } from "./project.ts";
import { projectAway, projectKeep, projectRename, projectReorder } from "./project-columns.ts";
import { range } from "./range.ts";
import { render } from "./render.ts";
import { sample, sampleDistinct } from "./sample.ts";
import { scan } from "./scan.ts";
import { assertSchema, consume, getschema, projectByNames } from "./schema.ts";
import { search } from "./search.ts";
import { facet, fork, macroExpand, reduce } from "./several.ts";
import { sort, take, top } from "./sort.ts";
import { summarize } from "./summarize.ts";
import { topHitters, topNested } from "./top-nested.ts";
import { union } from "./union.ts";
import { where } from "./where.ts";

/** Operators whose expressions see one row each, and with window functions those around. */
const rowwise: ReadonlySet<Operator["kind"]> = new Set([
  "where",
  "extend",
  "serialize",
  "project",
  "summarize",
  "sort",
  "top",
  "distinct",
  "mv-expand",
  "mv-apply",
  "parse",
  "parse-where",
]);

/** One operator of a pipe over the rows that come into it; null where it begins a query. */
export function operator(o: Operator, input: Relation | null, outer: TableScope): Relation {
  const scope = { ...outer, special: undefined };
  if (input === null) return source(o, scope);
  if (!rowwise.has(o.kind)) return piped(o, input, scope);
  const rows: Relation =
    o.kind === "serialize" ? { kind: "window", input, values: [], columns: input.columns, span: o.span } : input;
  return withWindows(o, rows, scope, (inner) => piped(o, rows, inner));
}

function piped(o: Operator, input: Relation, scope: TableScope): Relation {
  switch (o.kind) {
    case "where":
      return where(o, input, scope);
    case "extend":
    case "serialize":
      return extend(o, input, scope);
    case "project":
      return project(o, input, scope);
    case "project-away":
      return projectAway(o, input, scope);
    case "project-keep":
      return projectKeep(o, input, scope);
    case "project-rename":
      return projectRename(o, input, scope);
    case "project-reorder":
      return projectReorder(o, input, scope);
    case "summarize":
      return summarize(o, input, scope);
    case "sort":
      return sort(o, input, scope);
    case "top":
      return top(o, input, scope);
    case "take":
      return take(o, input, scope);
    case "count":
      return count(o, input);
    case "distinct":
      return distinct(o, input, scope);
    case "mv-expand":
      return mvExpand(o, input, scope);
    case "mv-apply":
      return mvApply(o, input, scope);
    case "parse":
    case "parse-where":
      return parse(o, input, scope);
    case "union":
      return union(o, input, scope);
    case "join":
    case "lookup":
      return join(o, input, scope);
    case "as":
      return as(o, input, scope);
    case "render":
      return render(o, input, scope);
    case "evaluate":
      return evaluate(o, input, scope);
    case "invoke":
      return invoke(o, input, scope);
    case "search":
      return search(o, input, scope);
    case "make-series":
      return makeSeries(o, input, scope);
    case "partition":
      return partition(o, input, scope);
    case "scan":
      return scan(o, input, scope);
    case "top-nested":
      return topNested(o, input, scope);
    case "top-hitters":
      return topHitters(o, input, scope);
    case "fork":
      return fork(o, input, scope);
    case "facet":
      return facet(o, input, scope);
    case "parse-kv":
      return parseKv(o, input, scope);
    case "sample":
      return sample(o, input, scope);
    case "sample-distinct":
      return sampleDistinct(o, input, scope);
    case "reduce":
      return reduce(o, input, scope);
    case "consume":
      return consume(o, input);
    case "getschema":
      return getschema(o, input);
    case "assert-schema":
      return assertSchema(o, input, scope);
    case "execute-and-cache":
      return input;
    case "project-by-names":
      return projectByNames(o, input, scope);
    case "macro-expand":
      return macroExpand(o, scope);
    case "make-graph":
      return makeGraph(o, input, scope);
    case "graph-match":
    case "graph-shortest-paths":
      return graphMatch(o, input, scope);
    case "graph-to-table":
      return graphToTable(o, input, scope);
    case "graph-mark-components":
      return markComponents(o, input, scope);
    case "graph-where-nodes":
    case "graph-where-edges":
      return whereGraph(o, input, scope);
    case "find":
    case "print":
    case "range":
      scope.session.diagnostics.add("KQL106", o.keywordSpan, `${o.kind} makes its own rows, it cannot follow a pipe`);
      return input;
  }
}

/** An operator that begins a query. */
function source(o: Operator, scope: TableScope): Relation {
  switch (o.kind) {
    case "print":
      return print(o, scope);
    case "range":
      return range(o, scope);
    case "union":
      return union(o, null, scope);
    case "search":
      return search(o, null, scope);
    case "find":
      return find(o, scope);
    case "evaluate":
      return evaluate(o, null, scope);
    case "macro-expand":
      return macroExpand(o, scope);
    default:
      scope.session.diagnostics.add(
        "KQL106",
        o.keywordSpan,
        `${o.kind} needs rows to work on`,
        "begin with a table's name",
      );
      return empty(o.span);
  }
}
