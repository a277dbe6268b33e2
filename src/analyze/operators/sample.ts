import type { SampleDistinctOperator, SampleOperator } from "../../kql/ast.ts";
import type { Relation } from "../../plan/nodes.ts";
import type { TableScope } from "../session.ts";
import { distinct } from "./distinct.ts";
import { take } from "./sort.ts";

/** `sample n`: any n rows, which `take` gives too. (sample-operator) */
export function sample(o: SampleOperator, input: Relation, scope: TableScope): Relation {
  return take({ kind: "take", count: o.count, span: o.span, keywordSpan: o.keywordSpan }, input, scope);
}

/** `sample-distinct n of a`: any n values of a column. (sample-distinct-operator) */
export function sampleDistinct(o: SampleDistinctOperator, input: Relation, scope: TableScope): Relation {
  const spans = { span: o.span, keywordSpan: o.keywordSpan };
  const values = distinct({ kind: "distinct", columns: [o.of], ...spans }, input, scope);
  return take({ kind: "take", count: o.count, ...spans }, values, scope);
}
