import { suggestion } from "../diagnostics/suggest.ts";
import type { Argument, Call, FunctionLiteral, Parameter } from "../kql/ast.ts";
import { expression } from "./expression.ts";
import { opaque } from "./open.ts";
import { type Binding, type Called, Names, type Scope, type Session, type TableScope } from "./session.ts";
import { statement } from "./statements.ts";
import { commonType } from "./types.ts";
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

function bindArguments(parameters: readonly Parameter[], call: Call, names: Names, caller: Scope): void {
  const { session } = caller;
  const positional = call.arguments.filter((a) => a.name === null);
  const named = new Map(call.arguments.flatMap((a) => (a.name ? [[a.name.text, a] as const] : [])));
  for (const [name, argument] of named) {
    if (!parameters.some((p) => p.name.text === name)) {
      const known = parameters.map((p) => p.name.text);
      session.diagnostics.add(
        "KQL103",
        argument.name?.span ?? call.span,
        `${call.name.text} has no parameter \`${name}\``,
        suggestion(name, known, "parameters"),
      );
    }
  }
  if (positional.length > parameters.length) {
    session.diagnostics.add(
      "KQL103",
      call.name.span,
      `${call.name.text} takes ${parameters.length} arguments, not ${call.arguments.length}`,
    );
  }
  let next = 0;
  for (const parameter of parameters) {
    const argument: Argument | undefined = named.get(parameter.name.text) ?? positional[next++];
    const value = argument?.value ?? parameter.default;
    if (!value) {
      session.diagnostics.add(
        "KQL103",
        call.name.span,
        `${call.name.text} needs a value for \`${parameter.name.text}\``,
      );
      continue;
    }
    if (typeof parameter.type === "object") {
      names.set(parameter.name.text, { kind: "table", value: session.relation(value, caller) });
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
    names.set(parameter.name.text, { kind: "scalar", value: given });
  }
}

function body(literal: FunctionLiteral, names: Names, session: Session, call: Call): Called {
  const nothing: Called = { kind: "value", value: broken(call.span) };
  if (!session.grow(call.span)) return nothing;
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
