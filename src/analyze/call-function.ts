import { suggestion } from "../diagnostics/suggest.ts";
import type { Argument, Call, FunctionLiteral, Parameter } from "../kql/ast.ts";
import { expression } from "./expression.ts";
import { type Called, Names, type Scope, type Session } from "./session.ts";
import { isTabular } from "./tabular.ts";
import { commonType } from "./types.ts";

/**
 * Expands a call of a user function: its parameters stand for the arguments, its lets are local.
 * A body sees the names where it was written, not those of its caller; arguments see the caller's row. (user-defined-functions)
 */
export function callFunction(literal: FunctionLiteral, defined: Names, call: Call, caller: Scope): Called {
  const { session } = caller;
  const names = new Names(defined);
  bindArguments(literal.parameters, call, names, caller);
  return body(literal, names, session, call);
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
  const nothing: Called & { kind: "value" } = {
    kind: "value",
    value: { kind: "literal", type: "unknown", value: null, span: call.span },
  };
  if (!session.grow(call.span)) return nothing;
  let result: Called = nothing;
  for (const statement of literal.body) {
    if (statement.kind === "set") continue;
    const value = statement.kind === "let" ? statement.value : statement.expression;
    if (value.kind === "function") {
      if (statement.kind === "let") names.set(statement.name.text, { kind: "function", value, scope: names.soFar() });
      continue;
    }
    const scope = { session, names, input: null };
    const binding: Called = isTabular(value, names, session)
      ? { kind: "table", value: session.relation(value, scope) }
      : { kind: "value", value: expression(value, scope) };
    if (statement.kind === "expression") result = binding;
    else if (binding.kind === "table") names.set(statement.name.text, binding);
    else names.set(statement.name.text, { kind: "scalar", value: binding.value });
  }
  return result;
}
