import { mapOperands } from "../plan/children.ts";
import type { Expr, NamedExpr, Relation } from "../plan/nodes.ts";
import { at, type Context, columnsRead, type Environment, note } from "./environment.ts";
import { fieldOf, mappingOf, type Profile } from "./profile.ts";
import { profiles } from "./profiles.ts";

/** Maps a table inside an expression (`x in (table)`, `toscalar(table)`); only its first column is read. */
export type MapTable = (relation: Relation, context: Context) => Relation;

/** The same expression over the target's fields; a column without one gets a note. */
export function mapExpression(expr: Expr, environment: Environment, context: Context, mapTable: MapTable): Expr {
  switch (expr.kind) {
    case "column": {
      const value = environment.get(expr.name);
      if (value !== undefined) return value.kind === "literal" ? { ...value, span: expr.span } : at(value, expr.span);
      note(context, "no-field", expr.name, noField(expr.name, context), expr.span);
      return expr;
    }
    case "in-table":
      return {
        ...expr,
        operand: mapExpression(expr.operand, environment, context, mapTable),
        table: mapTable(expr.table, context),
      };
    case "toscalar":
      return { ...expr, table: mapTable(expr.table, context) };
    default:
      return mapOperands(expr, (operand) => mapExpression(operand, environment, context, mapTable));
  }
}

export function mapNamed(
  values: readonly NamedExpr[],
  environment: Environment,
  context: Context,
  mapTable: MapTable,
): readonly NamedExpr[] {
  return values.map((v) => ({ ...v, value: mapExpression(v.value, environment, context, mapTable) }));
}

/** Whether an expression can be said with the fields there are. */
export function isMapped(expr: Expr, environment: Environment): boolean {
  return [...columnsRead([expr])].every((name) => environment.has(name));
}

function noField(column: string, context: Context): string {
  const { profile } = context;
  const table = context.origins.get(column);
  const place = table === undefined ? "" : ` of ${table}`;
  const others = table === undefined ? [] : providers(table, column, profile);
  const advice = others.length === 0 ? "" : `; ${listed(others)} ${others.length === 1 ? "has" : "have"} one`;
  return `the profile ${profile.name} has no field for ${column}${place}${advice}`;
}

/** The other profiles of the same kind of target that have the column. */
function providers(table: string, column: string, profile: Profile): readonly string[] {
  const kind = (p: Profile): boolean => mappingOf(p, table)?.logsource != null;
  return [...profiles.values()].flatMap((other) => {
    const mapping = mappingOf(other, table);
    const found = mapping !== undefined && other.name !== profile.name && kind(other) === kind(profile);
    return found && fieldOf(mapping, column) !== undefined ? [other.name] : [];
  });
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
