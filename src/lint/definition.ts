import type { Expr, Relation } from "../plan/nodes.ts";
import type { PlanFacts } from "./plan-facts.ts";

/** Where a column's values come to be: a relation, its name there, and how it is computed where that is an expression. */
export interface Definition {
  readonly relation: Relation;
  readonly name: string;
  readonly value: Expr | null;
  /** The rows that `value` is computed from. */
  readonly input: Relation | null;
}

/**
 * Follows a column of a relation's result down to where its values come to be, through operators that pass them on and
 * through renamings. It ends at unions and at the right side of joins, whose rows are others.
 */
export function definitionOf(relation: Relation, name: string, facts: PlanFacts): Definition {
  let at = relation;
  let column = name;
  for (;;) {
    const here: Definition = { relation: at, name: column, value: null, input: null };
    switch (at.kind) {
      case "filter":
      case "sort":
      case "limit":
        at = at.input;
        break;
      case "extend":
      case "project":
      case "aggregate": {
        const values = at.kind === "aggregate" ? at.keys : at.values;
        const found = values.find((v) => v.name === column);
        if (found === undefined && at.kind !== "extend") return here;
        if (found !== undefined && found.value.kind !== "column")
          return { ...here, value: found.value, input: at.input };
        if (found?.value.kind === "column") column = found.value.name;
        at = at.input;
        break;
      }
      case "expand":
        if (at.indexColumn === column || at.values.some((v) => v.name === column)) return here;
        at = at.input;
        break;
      case "parse":
        if (at.steps.some((step) => step.kind === "column" && step.name === column)) return here;
        at = at.input;
        break;
      case "apply":
        // What the body does not hand on comes from the row that was expanded.
        at = at.body.columns.some((c) => c.name === column) ? at.body : at.input;
        break;
      case "item": {
        const apply = facts.applyOf(at);
        if (!apply || apply.indexColumn === column || apply.values.some((v) => v.name === column)) return here;
        at = apply.input;
        break;
      }
      case "join": {
        const kept = at.joinKind !== "rightouter" && at.joinKind !== "fullouter" && !at.joinKind.startsWith("rights");
        const own = kept && at.joinKind !== "rightanti" && at.left.columns.some((c) => c.name === column);
        if (!own || at.rightColumns.some((c) => c.to === column)) return here;
        at = at.left;
        break;
      }
      case "table": {
        const table = facts.tableOf(at);
        if (table === at) return here;
        at = table;
        break;
      }
      default:
        return here;
    }
  }
}

/** A column of a table of events. */
export interface Origin {
  readonly table: string;
  readonly column: string;
}

/** More steps than any rule needs: unions of unions of lets double. */
const mostSteps = 400;

/**
 * The columns of tables that a column's values are taken from unchanged, several behind a union; null where one of them is
 * computed.
 */
export function originsOf(relation: Relation, name: string, facts: PlanFacts): readonly Origin[] | null {
  const found: Origin[] = [];
  const pending: { readonly relation: Relation; readonly name: string }[] = [{ relation, name }];
  for (let steps = 0; pending.length > 0; steps++) {
    if (steps > mostSteps) return null;
    const next = pending.pop();
    if (!next) break;
    const { relation: at, name: column, value } = definitionOf(next.relation, next.name, facts);
    if (value !== null) return null;
    if (at.kind === "scan") found.push({ table: at.table, column });
    else if (at.kind === "union") {
      for (const [i, input] of at.inputs.entries()) {
        const own = at.mappings[i]?.[column];
        if (own !== undefined) pending.push({ relation: input, name: own });
      }
    } else if (at.kind === "join") {
      const right = at.rightColumns.find((c) => c.to === column);
      const side = right ? at.right : at.left;
      const own = right ? right.from : column;
      if (!side.columns.some((c) => c.name === own)) return null;
      pending.push({ relation: side, name: own });
    } else if (at.kind === "aggregate") {
      // arg_max and its like hand values of their rows on.
      const call = at.aggregates.find((a) => a.columns.some((c) => c.name === column));
      const arg = call?.args[call.columns.findIndex((c) => c.name === column)];
      const passes = call && /^(?:arg_max|arg_min|take_any|take_anyif|min|max)$/.test(call.function);
      if (!passes || arg?.kind !== "column") return null;
      pending.push({ relation: at.input, name: arg.name });
    } else return null;
  }
  return found.length > 0 ? found : null;
}
