import { conjunctsOf } from "../../plan/event-condition.ts";
import type { Expr } from "../../plan/nodes.ts";
import { and } from "../../spl/eval.ts";
import type { Command } from "../../spl/tree.ts";
import type { ScalarType } from "../../types/scalar-type.ts";
import type { Value } from "../../types/value.ts";
import type { Scope } from "./code.ts";
import { type Field, type Fields, filled, isUncertain } from "./columns.ts";
import { condition } from "./condition.ts";
import type { Context } from "./context.ts";
import { columnsIn, evaluateWith } from "./partial.ts";

/** A search as far as it is made. */
export interface Search {
  readonly commands: readonly Command[];
  readonly fields: Fields;
  /** Conditions to come in the next `where`; consecutive filters become one. */
  readonly pending: readonly Expr[];
  /** The rows are events or groups of events, with more fields than the query names. */
  readonly whole: boolean;
  /** The field with how many events a row stands for, where rows are groups made by tstats. */
  readonly weight: string | null;
}

export function scopeOf(search: Search, context: Context): Scope {
  return { fields: search.fields, context, condition };
}

export function withCommands(search: Search, ...commands: readonly Command[]): Search {
  return { ...search, commands: [...search.commands, ...commands] };
}

export function withField(search: Search, name: string, field: Field): Search {
  return { ...search, fields: new Map([...search.fields, [name, field]]) };
}

/** Adds conditions; they are written when the next other command comes. */
export function withFilter(search: Search, predicates: readonly Expr[]): Search {
  return { ...search, pending: [...search.pending, ...predicates.flatMap(conjunctsOf)] };
}

/** Writes the pending conditions as one `where`. */
export function settled(search: Search, context: Context): Search {
  if (search.pending.length === 0) return search;
  let { fields } = search;
  const codes = ordered(search).map((predicate) => {
    const code = condition(predicate, true, { fields, context, condition });
    fields = withFilled(fields, predicate);
    return code;
  });
  return { ...search, commands: [...search.commands, { kind: "where", expr: and(...codes) }], fields, pending: [] };
}

/** A condition on a field that may be absent waits for a later one that an absent field fails. */
function ordered({ pending, fields }: Search): readonly Expr[] {
  const gives = pending.map((p) => filledBy(p, fields));
  const waits = pending.map((p, i) => {
    const open = [...columnsIn(p)].filter((name) => isUncertainField(fields.get(name)) && !gives[i]?.has(name));
    return gives.findLastIndex((given, j) => j > i && open.some((name) => given.has(name)));
  });
  const out: Expr[] = [];
  pending.forEach((p, i) => {
    if ((waits[i] ?? -1) < 0) out.push(p);
    pending.forEach((q, j) => {
      if (waits[j] === i) out.push(q);
    });
  });
  return out;
}

function isUncertainField(field: Field | undefined): boolean {
  return field === undefined || isUncertain(field);
}

/** The fields after a condition holds. */
export function withFilled(fields: Fields, predicate: Expr): Fields {
  const names = filledBy(predicate, fields);
  if (names.size === 0) return fields;
  return new Map([...fields].map(([name, field]) => [name, names.has(name) ? filled(field) : field]));
}

/** The fields that cannot be absent where the condition holds. */
function filledBy(predicate: Expr, fields: Fields): ReadonlySet<string> {
  const fails = (name: string, value: Value): boolean => {
    const result = evaluateWith(predicate, new Map([[name, value]]));
    return result === false || result === null;
  };
  return new Set(
    [...columnsIn(predicate)].filter((name) => {
      const field = fields.get(name);
      if (field === undefined) return false;
      return fails(name, absent(field.type)) && (field.missing === null || fails(name, field.missing));
    }),
  );
}

function absent(type: ScalarType): Value {
  return type === "string" || type === "dynamic" || type === "unknown" ? "" : null;
}
