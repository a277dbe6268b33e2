import { evaluate } from "../functions/evaluate.ts";
import { scalarFunction } from "../functions/index.ts";
import { expressionsOf, inputsOf, operandsOf } from "../plan/children.ts";
import type { Apply, Expr, Plan, Relation } from "../plan/nodes.ts";
import type { Value } from "../types/value.ts";

/** A plan with what several warnings ask of it. Lets are looked through, and each is walked once. */
export interface PlanFacts {
  /** The source that spans point into. */
  readonly text: string;
  /** Every relation, those of lets and inside expressions too. */
  readonly relations: readonly Relation[];
  /** The mv-apply whose rows an Item stands for. */
  applyOf(item: Relation): Apply | undefined;
  /** The relation itself, or what the table let stands for. */
  tableOf(relation: Relation): Relation;
  /** The expression itself, or what the scalar let stands for. */
  valueOf(expr: Expr): Expr;
  /** The value of an expression that depends on neither rows nor the clock; undefined for others. */
  constantOf(expr: Expr): { readonly value: Value } | undefined;
  /** A number that stands for this very relation, to compare and to name it. */
  idOf(relation: Relation): number;
}

export function planFacts(plan: Plan, text: string): PlanFacts {
  const tables = new Map<string, Relation>();
  const scalars = new Map<string, Expr>();
  for (const l of plan.lets) {
    if (l.kind === "table") tables.set(l.name, l.value);
    else scalars.set(l.name, l.value);
  }
  const relations: Relation[] = [];
  const applies = new Map<Relation, Apply>();
  const ids = new Map<Relation, number>();

  const visit = (relation: Relation, apply: Apply | undefined): void => {
    if (relation.kind === "item" && apply) applies.set(relation, apply);
    relations.push(relation);
    ids.set(relation, ids.size);
    if (relation.kind === "apply") {
      visit(relation.input, apply);
      visit(relation.body, relation);
    } else for (const input of inputsOf(relation)) visit(input, apply);
    for (const expr of expressionsOf(relation)) visitTables(expr, apply);
  };
  const visitTables = (expr: Expr, apply: Apply | undefined): void => {
    if (expr.kind === "in-table" || expr.kind === "toscalar") visit(expr.table, apply);
    for (const operand of operandsOf(expr)) visitTables(operand, apply);
  };
  for (const l of plan.lets) {
    if (l.kind === "table") visit(l.value, undefined);
    else visitTables(l.value, undefined);
  }
  visit(plan.body, undefined);

  const constants = new Map<Expr, { readonly value: Value } | undefined>();
  const constantOf = (expr: Expr): { readonly value: Value } | undefined => {
    if (expr.kind === "literal") return expr;
    if (constants.has(expr)) return constants.get(expr);
    const found = folded(expr);
    constants.set(expr, found);
    return found;
  };
  const folded = (expr: Expr): { readonly value: Value } | undefined => {
    if (expr.kind === "let") {
      const value = scalars.get(expr.name);
      return value && constantOf(value);
    }
    if (expr.kind !== "call") return undefined;
    const row = scalarFunction(expr.name);
    const values = expr.args.flatMap((arg) => constantOf(arg) ?? []);
    if (!row || values.length !== expr.args.length) return undefined;
    const value = evaluate(
      row,
      values.map((v) => v.value),
      expr.args.map((arg) => arg.type),
    );
    return value === undefined ? undefined : { value };
  };

  return {
    text,
    relations,
    applyOf: (item) => applies.get(item),
    tableOf(relation) {
      let at = relation;
      for (let i = 0; at.kind === "table" && i <= tables.size; i++) at = tables.get(at.name) ?? at;
      return at;
    },
    valueOf(expr) {
      let at = expr;
      for (let i = 0; at.kind === "let" && i <= scalars.size; i++) at = scalars.get(at.name) ?? at;
      return at;
    },
    constantOf,
    idOf: (relation) => ids.get(relation) ?? -1,
  };
}

/** Calls `visit` for an expression and all below it, tables inside aside. */
export function eachExpression(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const operand of operandsOf(expr)) eachExpression(operand, visit);
}
