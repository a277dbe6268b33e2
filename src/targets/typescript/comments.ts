import { inputsOf } from "../../plan/children.ts";
import type { Limit, Plan, Relation, Sort } from "../../plan/nodes.ts";
import { commentText } from "./literal.ts";

/** The source's comments by the operator that they stand before, or at the end of a line of; `last` are those behind all operators. */
export interface PlacedComments {
  of(relation: Relation): readonly string[];
  readonly last: readonly string[];
}

/** `top` is a limit over a sort that stand at one place of the source. */
export function isTop(relation: Relation): relation is Limit & { readonly input: Sort } {
  return (
    relation.kind === "limit" && relation.input.kind === "sort" && relation.input.span.start === relation.span.start
  );
}

export function placeComments(plan: Plan): PlacedComments {
  const operators: Relation[] = [];
  const visit = (relation: Relation): void => {
    if (isTop(relation)) inputsOf(relation.input).forEach(visit);
    else inputsOf(relation).forEach(visit);
    if (inputsOf(relation).length > 0 && relation.kind !== "union") operators.push(relation);
  };
  for (const part of plan.lets) if (part.kind === "table") visit(part.value);
  visit(plan.body);
  operators.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const placed = new Map<Relation, string[]>();
  const last: string[] = [];
  for (const comment of plan.comments) {
    const { start } = comment.span;
    const before = comment.ownLine === false ? operators.findLast((o) => o.span.start < start) : undefined;
    const at = before ?? operators.find((o) => o.span.start > start);
    const text = commentText(comment.text.trim());
    if (text === "") continue;
    if (at === undefined) last.push(text);
    else placed.set(at, [...(placed.get(at) ?? []), text]);
  }
  return { of: (relation) => placed.get(relation) ?? [], last };
}
