import { aggregateName, argumentNames, rankName } from "../functions/aggregates/naming.ts";
import type { AggregateFunction, ParameterType } from "../functions/index.ts";
import type { Call, Expression } from "../kql/ast.ts";
import { operandsOf } from "../plan/children.ts";
import type { AggregateCall, Expr, Relation } from "../plan/nodes.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import { expression } from "./expression.ts";
import { automaticName } from "./names.ts";
import type { Session, TableScope } from "./session.ts";
import { checkCount, resultType } from "./types.ts";
import { columnRef, literal } from "./values.ts";

/**
 * The call of an aggregate as calls of the plan: several for percentiles and `take_any` of several values. `keys` are the columns that
 * a star leaves out. Nothing where the call is reported as wrong. (aggregation-functions)
 */
export function aggregateCalls(
  row: AggregateFunction,
  call: Call,
  input: Relation,
  keys: ReadonlySet<string>,
  scope: TableScope,
): readonly AggregateCall[] {
  const { session } = scope;
  if (!checkCount(row, call.arguments.length, call.name.span, session)) return [];
  const values = call.arguments.flatMap(({ value }, i) =>
    value.kind === "star" ? allColumns(row, call, i, input, keys, session) : [argument(value, input, scope)],
  );
  const args = values.map((v) => v.value);
  const names = values.map((v) => v.name);
  checkTypes(row, args, session);
  checkConstants(row, args, session);
  const { span } = call;
  const type = (given: readonly Expr[]): ScalarType =>
    resultType(
      row.returns,
      given.map((a) => a.type),
    ) ?? "unknown";
  if (row.results === "ranks") {
    const at = row.constants?.[0] ?? 1;
    const [first, ...rest] = args;
    // Percentiles of decimals are reals.
    if (first?.type === "decimal") args.splice(0, args.length, implicitReal(first), ...rest);
    return args.slice(at).map((rank) => {
      const given = [...args.slice(0, at), rank];
      const column = { name: rankName(row, names[0] ?? null, constantRank(rank, session)), type: type(given) };
      return {
        function: row.run === "percentilew" ? "percentilew" : "percentile",
        args: given,
        columns: [column],
        span,
      };
    });
  }
  if (row.results === "arguments") {
    const columns = argumentNames(row, names).map((name, i) => ({ name, type: args[i]?.type ?? "unknown" }));
    if (row.name === "take_any")
      return columns.map((column, i) => ({ function: row.name, args: args.slice(i, i + 1), columns: [column], span }));
    return [{ function: row.name, args, columns, span }];
  }
  // The engine lets count take an argument and does not look at it.
  const used = row.name === "count" ? [] : withSize(row, args, call);
  return [
    { function: row.name, args: used, columns: [{ name: aggregateName(row, names) ?? "", type: type(args) }], span },
  ];
}

const implicitReal = (value: Expr): Expr => ({
  kind: "call",
  name: "toreal",
  args: [value],
  implicit: true,
  type: "real",
  span: value.span,
});

interface Given {
  readonly value: Expr;
  readonly name: string | null;
}

function argument(value: Expression, input: Relation, scope: TableScope): Given {
  return { value: expression(value, { ...scope, input }), name: automaticName(value) };
}

/** `*` is every column that is neither a key nor written beside it. */
function allColumns(
  row: AggregateFunction,
  call: Call,
  position: number,
  input: Relation,
  keys: ReadonlySet<string>,
  session: Session,
): readonly Given[] {
  const star = call.arguments[position]?.value;
  if (star === undefined || row.results !== "arguments" || (position === 0 && row.name !== "take_any")) {
    session.diagnostics.add("KQL108", star?.span ?? call.span, "`*` cannot stand here");
    return [];
  }
  const written = new Set(call.arguments.flatMap(({ value }) => (value.kind === "name" ? [value.name] : [])));
  return input.columns
    .filter((c) => !keys.has(c.name) && !written.has(c.name))
    .map((c) => ({ value: columnRef(c, star.span), name: c.name }));
}

/** `makeset(x)` keeps fewer values than `make_set(x)`. */
function withSize(row: AggregateFunction, args: readonly Expr[], call: Call): readonly Expr[] {
  const { older } = row;
  return older?.size === undefined || args.length >= row.parameters.length
    ? args
    : [...args, literal("long", older.size, call.name.span)];
}

/** The rank where it is written as a number, or stands behind a name. */
function constantRank(rank: Expr, session: Session): number | null {
  const known = rank.kind === "let" ? session.lets.find((l) => l.name === rank.name)?.value : rank;
  return known?.kind === "literal" && typeof known.value === "number" ? known.value : null;
}

function accepts(parameter: ParameterType, type: ScalarType): boolean {
  if (type === "unknown" || parameter === "any") return true;
  if (parameter === "number") return isNumeric(type);
  return typeof parameter === "string" ? parameter === type : parameter.includes(type);
}

const numbers = ["int", "long", "real", "decimal"] as const;

/** `a number, a timespan or a datetime` */
function describe(parameter: ParameterType): string {
  if (parameter === "number") return "a number";
  const types: readonly string[] = typeof parameter === "string" ? [parameter] : parameter;
  const all = numbers.every((n) => types.includes(n));
  const whole = types.length === 2 && types.includes("int") && types.includes("long");
  if (whole) return "a whole number";
  const rest = all ? ["number", ...types.filter((t) => !numbers.some((n) => n === t))] : types;
  const named = rest.map((t) => (t === "int" ? "an int" : `a ${t}`));
  return named.length < 2 ? (named[0] ?? "") : `${named.slice(0, -1).join(", ")} or ${named.at(-1)}`;
}

function checkTypes(row: AggregateFunction, args: readonly Expr[], session: Session): void {
  args.forEach((arg, i) => {
    const parameter = row.parameters[i] ?? row.rest ?? "any";
    if (accepts(parameter, arg.type)) return;
    session.diagnostics.add(
      "KQL104",
      arg.span,
      `${row.name} takes ${describe(parameter)} here, \`${session.excerpt(arg.span)}\` is ${arg.type === "int" ? "an int" : `a ${arg.type}`}`,
      arg.type === "dynamic" ? "convert it, as in tolong(…) or tostring(…)" : undefined,
    );
  });
}

const readsRow = (e: Expr): boolean => e.kind === "column" || operandsOf(e).some(readsRow);

function checkConstants(row: AggregateFunction, args: readonly Expr[], session: Session): void {
  const [first = Number.POSITIVE_INFINITY] = row.constants ?? [];
  args.slice(first).forEach((arg) => {
    if (readsRow(arg)) session.diagnostics.add("KQL107", arg.span, `${row.name} needs a constant here`);
    const isRank = row.prefix.startsWith("percentile");
    const rank = arg.kind === "literal" && typeof arg.value === "number" ? arg.value : null;
    if (isRank && rank !== null && (rank < 0 || rank > 100))
      session.diagnostics.add("KQL115", arg.span, `a percentile lies between 0 and 100, ${rank} does not`);
  });
}
