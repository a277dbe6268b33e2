import { suggestion } from "../diagnostics/suggest.ts";
import type { Argument, Call, Expression, FunctionLiteral, Parameter } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import { expression } from "./expression.ts";
import { opaque, openTable } from "./open.ts";
import { type Binding, type Called, Names, type Scope, type Session, type TableScope } from "./session.ts";
import { statement } from "./statements.ts";
import { commonType, conversions } from "./types.ts";
import { broken, call } from "./values.ts";

/**
 * Expands a call of a user function: its parameters stand for the arguments, its lets are local.
 * A body sees the names where it was written, not those of its caller; arguments see the caller's row. (user-defined-functions)
 */
export function callFunction(literal: FunctionLiteral, defined: Names, called: Call, caller: Scope): Called {
  const { session } = caller;
  const names = new Names(defined);
  bindArguments(literal.parameters, called, names, caller);
  return body(literal, names, session, called);
}

function bindArguments(parameters: readonly Parameter[], called: Call, names: Names, caller: Scope): void {
  const { session } = caller;
  const positional = called.arguments.filter((a) => a.name === null);
  const named = new Map(called.arguments.flatMap((a) => (a.name ? [[a.name.text, a] as const] : [])));
  for (const [name, argument] of named) {
    if (!parameters.some((p) => p.name.text === name)) {
      const known = parameters.map((p) => p.name.text);
      session.diagnostics.add(
        "KQL103",
        argument.name?.span ?? called.span,
        `${called.name.text} has no parameter \`${name}\``,
        suggestion(name, known, "parameters"),
      );
    }
  }
  if (positional.length > parameters.length) {
    session.diagnostics.add(
      "KQL103",
      called.name.span,
      `${called.name.text} takes ${parameters.length} arguments, not ${called.arguments.length}`,
    );
  }
  let next = 0;
  for (const parameter of parameters) {
    const argument: Argument | undefined = named.get(parameter.name.text) ?? positional[next++];
    const value = argument?.value ?? parameter.default;
    if (!value) {
      session.diagnostics.add(
        "KQL103",
        called.name.span,
        `${called.name.text} needs a value for \`${parameter.name.text}\``,
      );
      continue;
    }
    if (typeof parameter.type === "object") {
      const table = session.relation(value, caller);
      checkColumns(parameter, table, value, called, session);
      names.set(parameter.name.text, { kind: "table", value: table });
      continue;
    }
    const given = expression(value, argument ? caller : { ...caller, input: null });
    if (commonType([given.type, parameter.type]) === null) {
      session.diagnostics.add(
        "KQL104",
        value.span,
        `\`${parameter.name.text}\` is a ${parameter.type}, \`${session.excerpt(value.span)}\` is a ${given.type}`,
      );
    }
    names.set(parameter.name.text, { kind: "scalar", value: inType(given, parameter.type) });
  }
}

/** Reports columns of a tabular parameter that the table given for it does not have. */
function checkColumns(
  { name, type }: Parameter,
  table: Relation,
  given: Expression,
  called: Call,
  session: Session,
): void {
  if (typeof type !== "object" || openTable(table) !== null) return;
  const missing = type.columns.filter(
    (wanted) =>
      !table.columns.some((c) => c.name === wanted.name.text && (c.type === wanted.type || c.type === "unknown")),
  );
  const [first] = missing;
  if (!first) return;
  // The rows of `invoke` stand for an argument that is not written.
  const span = given.span.start < called.span.start ? called.span : given.span;
  const near = table.columns.find((c) => c.name === first.name.text);
  session.diagnostics.add(
    "KQL104",
    span,
    `\`${name.text}\` of ${called.name.text} needs a column \`${first.name.text}\` of type ${first.type}`,
    near
      ? `it is a ${near.type} here`
      : suggestion(
          first.name.text,
          table.columns.map((c) => c.name),
          "columns here",
        ),
  );
}

/** An argument in the type of its parameter: `f(1)` gives a real to `f = (a: real)`. */
function inType(given: Expr, type: ScalarType): Expr {
  if (given.type === type || given.type === "unknown" || type === "unknown" || type === "dynamic") return given;
  if (given.kind === "literal" && typeof given.value === "number" && isNumeric(given.type)) {
    const fits = type === "real" || ((type === "int" || type === "long") && Number.isInteger(given.value));
    if (fits) return { ...given, type };
  }
  const converter = conversions[type];
  return converter === undefined ? given : call(converter, [given], type, given.span);
}

function body(literal: FunctionLiteral, names: Names, session: Session, called: Call): Called {
  const nothing: Called = { kind: "value", value: broken(called.span) };
  if (!session.grow(called.span)) return nothing;
  let result: Called = nothing;
  for (const s of literal.body) result = statement(s, { session, names }, false) ?? result;
  return result;
}

/** Functions that are never called are looked through for what is wrong in them, with arguments that nothing is known of. */
export function checkUncalled(scope: TableScope): void {
  const { session } = scope;
  const lets = session.lets.length;
  for (let [first] = session.uncalled; first; [first] = session.uncalled) {
    const [literal, { name, scope: defined }] = first;
    session.uncalled.delete(literal);
    const names = new Names(defined);
    for (const p of literal.parameters) names.set(p.name.text, anyArgument(p, session));
    session.calling.push(name.text);
    body(literal, names, session, { kind: "call", name, arguments: [], span: literal.span });
    session.calling.pop();
  }
  // What their bodies name with `as` is not part of the plan.
  session.lets.length = lets;
}

function anyArgument(p: Parameter, session: Session): Binding {
  if (typeof p.type !== "object") {
    // A call, so that it is taken neither for a constant nor for a null.
    return { kind: "scalar", value: call(p.name.text, [], p.type, p.span) };
  }
  const columns = p.type.columns.map((c) => ({ name: c.name.text, type: c.type }));
  return { kind: "table", value: opaque(`the parameter ${p.name.text}`, columns, p.span, session) };
}
