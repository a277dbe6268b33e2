import { scalarFunction } from "../../functions/index.ts";
import type { NamedExpression } from "../../kql/ast.ts";
import type { Access, Call, Expr, NamedExpr } from "../../plan/nodes.ts";
import { automaticName } from "./automatic-name.ts";
import { nameAt, type Writing } from "./writing.ts";

/** A column over which a function spreads its result; the conversion around it makes the type that the function gives. */
interface Spread {
  readonly call: Call;
  readonly function: string;
  readonly at: number;
  readonly columns: readonly string[];
}

function spreadOf(value: Expr): Spread | null {
  const access = accessOf(value);
  if (access?.spread === undefined || access.target.kind !== "call") return null;
  const tuple = scalarFunction(access.spread.function)?.tuple;
  if (tuple === undefined || "arrays" in tuple) return null;
  return { call: access.target, ...access.spread, columns: tuple.columns.map((c) => c.name) };
}

function accessOf(value: Expr): Access | null {
  const inner = value.kind === "call" && value.implicit === true ? value.args[0] : value;
  return inner?.kind === "access" ? inner : null;
}

/**
 * Named values; the columns of one call side by side are `(a, b) = series_fit_line(x)` again. `single` writes any other, at its
 * place among those that are written.
 */
export function spreadTogether(
  writing: Writing,
  values: readonly NamedExpr[],
  single: (value: NamedExpr, place: number) => NamedExpression,
): readonly NamedExpression[] {
  const result: NamedExpression[] = [];
  let at = 0;
  for (;;) {
    const value = values[at];
    if (value === undefined) return result;
    const spread = spreadOf(value.value);
    const parts = spread === null ? [] : values.slice(at, at + spread.columns.length);
    if (spread !== null && parts.length === spread.columns.length && parts.every((p, i) => isPart(p, spread, i))) {
      result.push(together(writing, parts, spread));
      at += parts.length;
    } else {
      const one = spread === null ? value : alone(writing, value, spread);
      result.push(single(one, result.length));
      at += 1;
    }
  }
}

/** The columns of one call share its place in the source, whatever was done to their arguments. */
function isPart({ value }: NamedExpr, { call }: Spread, place: number): boolean {
  const other = spreadOf(value);
  if (other?.at !== place) return false;
  const { name, span } = other.call;
  return name === call.name && span.start === call.span.start && span.end === call.span.end;
}

function together(writing: Writing, parts: readonly NamedExpr[], spread: Spread): NamedExpression {
  const { call, columns } = spread;
  const [argument] = call.args;
  const of = (argument && automaticName(argument)) ?? "";
  // Names that the function gives by itself go from the end; one name alone would take the first value only.
  let named = parts.length;
  while (named > 0 && parts[named - 1]?.name === `${spread.function}_${of}_${columns[named - 1]}`) named--;
  const names = parts.slice(0, named === 1 ? 2 : named).map(({ name, value }) => nameAt(name, value.span));
  const value = writing.expression({ ...call, name: spread.function });
  return { names, value, span: call.span };
}

/** One of the columns without the others: the first, or out of the bag that another function gives. */
function alone(writing: Writing, { name, value }: NamedExpr, { call, function: spreading, at }: Spread): NamedExpr {
  if (at === 0) return { name, value: { ...call, name: spreading } };
  if (call.name !== spreading) {
    if (value.kind !== "call") return { name, value };
    const { implicit: _, ...converted } = value;
    return { name, value: converted };
  }
  const message = `${spreading} gives this column only beside its others`;
  writing.notes.push({ level: "unsupported", cause: "no-function", construct: spreading, message, span: value.span });
  return { name, value: call };
}
