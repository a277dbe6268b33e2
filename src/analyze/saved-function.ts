import { nearest } from "../diagnostics/suggest.ts";
import { functionNames } from "../functions/index.ts";
import type { Call } from "../kql/ast.ts";
import type { Expr, Relation } from "../plan/nodes.ts";
import { opaque } from "./open.ts";
import type { Scope, TableScope } from "./session.ts";
import { formOf } from "./tabular.ts";

/** A call of a function of the workspace, whose text is not here. */
export function savedFunction(e: Call, scope: TableScope, inputs: readonly Relation[] = []): Relation {
  const { session } = scope;
  const name = e.name.text;
  looseArguments(e, { ...scope, input: null });
  const columns = session.schemas.functionColumns(name);
  if (!columns) unknownFunction(e, scope, "rows");
  return opaque(`the function ${name}`, columns ?? [], e.span, session, { inputs });
}

/** All functions of KQL itself are written in small letters. */
const looksBuiltIn = /^[a-z][a-z0-9_]*$/;

/**
 * Reports a function that nothing defines: an error where one of KQL's own was meant, else a warning, for it may be saved in the
 * workspace.
 */
export function unknownFunction(e: Call, { session, names }: TableScope, gives: "rows" | "value"): void {
  const name = e.name.text;
  if (session.calling.includes(name)) {
    session.diagnostics.add("KQL112", e.name.span, `${name} calls itself, which a function of KQL cannot`);
    return;
  }
  const later = session.defined.get(name);
  if (later !== undefined && later > e.span.start) {
    session.diagnostics.add("KQL112", e.name.span, `${name} is defined below its first use`, "move its let up");
    return;
  }
  const builtIn = functionNames();
  const near = nearest(name, [
    ...names.functions(),
    ...session.schemas.functionNames(),
    ...(looksBuiltIn.test(name) ? builtIn : builtIn.filter((known) => known === name.toLowerCase())),
  ]);
  if (near !== undefined || (gives === "value" && looksBuiltIn.test(name))) {
    const hint = near === undefined ? undefined : `did you mean \`${near}\`?`;
    session.diagnostics.add("KQL102", e.name.span, `no function is named \`${name}\``, hint);
    return;
  }
  session.diagnostics.add(
    "KQL116",
    e.name.span,
    `\`${name}\` is not known: neither a function of KQL nor one defined here`,
    "write the text of a saved function as a let in this file",
  );
}

/** Arguments of a function that is not known: tables or values, as they look, to find what is wrong in them. */
export function looseArguments(e: Call, scope: Scope): Expr[] {
  const { session, names } = scope;
  return e.arguments.flatMap(({ value }) => {
    const form = formOf(value, names, session);
    const isColumn = value.kind === "name" && scope.input?.columns.some((c) => c.name === value.name);
    if (value.kind === "star" || (value.kind === "name" && form === "unknown" && !isColumn && scope.input === null))
      return [];
    if (form !== "table" || isColumn) return [session.expression(value, scope)];
    session.relation(value, scope);
    return [];
  });
}
