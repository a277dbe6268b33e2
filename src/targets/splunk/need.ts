import { expressionsOf, inputsOf } from "../../plan/children.ts";
import { conjunctsOf } from "../../plan/event-condition.ts";
import type { Expr, Filter, Join, Relation, Union } from "../../plan/nodes.ts";
import type { Base } from "./base-search.ts";
import { columnsIn } from "./partial.ts";

/** What the operators above a relation want of its rows. */
export interface Need {
  /** The columns that they read. */
  readonly names: ReadonlySet<string>;
  /** The rows are the result, with all the fields there are. */
  readonly whole: boolean;
  /** How many rows there are matters: they are counted or summed up. */
  readonly counted: boolean;
}

export const wholeRows: Need = { names: new Set(), whole: true, counted: false };

/** Aggregates that give the same however often a row is there. */
const idempotent = new Set([
  "dcount",
  "dcountif",
  "count_distinct",
  "count_distinctif",
  "min",
  "minif",
  "max",
  "maxif",
  "make_set",
  "make_set_if",
  "arg_max",
  "arg_min",
  "take_any",
]);

/** What the base search leaves of a filter's conditions. */
export function leftOf(filter: Filter, base: Base | null): readonly Expr[] {
  return conjunctsOf(filter.predicate).flatMap((p) => (base?.done.has(p) ? [] : [base?.rest.get(p) ?? p]));
}

/** What a relation wants of its input. */
export function needBelow(relation: Relation, need: Need, base: Base | null): Need {
  if (relation.kind === "filter") {
    return { ...need, names: new Set([...need.names, ...leftOf(relation, base).flatMap((p) => [...columnsIn(p)])]) };
  }
  const reads = new Set(expressionsOf(relation).flatMap((e) => [...columnsIn(e)]));
  if (relation.kind === "aggregate") {
    return {
      names: reads,
      whole: false,
      counted: relation.aggregates.some((a) => !idempotent.has(a.function)),
    };
  }
  if (relation.kind === "project") {
    const whole = need.whole && isRearranged(relation);
    const values = relation.values.filter((v) => need.whole || need.names.has(v.name));
    const isRead = (v: (typeof values)[number]): boolean =>
      !whole || v.value.kind !== "column" || v.value.name !== v.name || need.names.has(v.name);
    return { ...need, whole, names: new Set(values.filter(isRead).flatMap((v) => [...columnsIn(v.value)])) };
  }
  if (relation.kind === "apply") for (const name of bodyReads(relation.body)) reads.add(name);
  return { ...need, names: new Set([...need.names, ...reads]) };
}

/** What a join wants of its sides. */
export function needOfSides(join: Join, need: Need): { readonly left: Need; readonly right: Need } {
  const isRight = join.joinKind === "rightsemi" || join.joinKind === "rightanti";
  const isTest = join.joinKind.endsWith("semi") || join.joinKind.endsWith("anti");
  const own = (relation: Relation): readonly string[] =>
    relation.columns.map((c) => c.name).filter((name) => need.names.has(name));
  const left = [...join.on.map((k) => k.left), ...(isRight ? [] : own(join.left))];
  const right = [
    ...join.on.map((k) => k.right),
    ...(isRight ? own(join.right) : []),
    ...join.rightColumns.filter((c) => need.whole || need.names.has(c.to)).map((c) => c.from),
  ];
  return {
    left: { names: new Set(left), whole: need.whole && !isRight, counted: need.counted && !(isTest && isRight) },
    right: { names: new Set(right), whole: need.whole && isRight, counted: need.counted && (!isTest || isRight) },
  };
}

/** What a union wants of one of its inputs. */
export function needOfInput(union: Union, index: number, need: Need): Need {
  const own = union.mappings[index] ?? {};
  return { ...need, names: new Set([...need.names].flatMap((name) => own[name] ?? [])) };
}

/** Whole events in another order, or without some fields. */
function isRearranged(relation: Relation): boolean {
  if (relation.kind === "aggregate") return false;
  if (relation.kind === "project" && (relation.keyword === "project" || relation.keyword === "project-keep"))
    return false;
  return relation.kind === "scan" || inputsOf(relation).every((input) => input.kind === "item" || isRearranged(input));
}

function bodyReads(body: Relation): readonly string[] {
  return [...expressionsOf(body).flatMap((e) => [...columnsIn(e)]), ...inputsOf(body).flatMap(bodyReads)];
}
