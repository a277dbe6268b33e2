import type { Operator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { TableScope } from "../session.ts";
import { empty } from "../tabular.ts";
import { as } from "./as.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { extend } from "./extend.ts";
import { join } from "./join.ts";
import { mvApply } from "./mv-apply.ts";
import { mvExpand } from "./mv-expand.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { project } from "./project.ts";
import { projectAway, projectKeep, projectRename, projectReorder } from "./project-columns.ts";
import { range } from "./range.ts";
import { render } from "./render.ts";
import { sort, take, top } from "./sort.ts";
import { summarize } from "./summarize.ts";
import { union } from "./union.ts";
import { where } from "./where.ts";

/** One operator of a pipe over the rows that come into it; null where it begins a query. */
export function operator(o: Operator, input: Relation | null, scope: TableScope): Relation {
  if (input === null) return source(o, scope);
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
