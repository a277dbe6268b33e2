import type { Expression, Member, MemberCall, MemberPattern } from "../kql/ast.ts";
import type { Relation } from "../plan/nodes.ts";
import { opaque } from "./open.ts";
import type { TableScope } from "./session.ts";

/** Functions that name a place where tables are, by the word for what they name. */
const places: Readonly<Record<string, string>> = {
  cluster: "cluster",
  database: "database",
  workspace: "workspace",
  app: "application",
  resource: "resource",
  adx: "cluster",
  arg: "Azure Resource Graph",
};

/** Whether an expression leads to another place: `cluster("c").database("d").T`, `workspace("w").f(1)`. */
export function isPath(e: Expression): boolean {
  let at = e;
  while (at.kind === "member" || at.kind === "member-call" || at.kind === "member-pattern") at = at.target;
  return at !== e && at.kind === "call" && Object.hasOwn(places, at.name.text);
}

/**
 * Rows of another cluster, database or workspace. Its tables are not known here, but for workspaces, which hold the tables that
 * every workspace has. (cross-cluster-or-database-queries)
 */
export function pathTable(e: Member | MemberCall | MemberPattern, scope: TableScope): Relation {
  const { session } = scope;
  if (!isPath(e)) {
    session.diagnostics.add("KQL106", e.span, `a table is needed here, \`${session.excerpt(e.span)}\` is a value`);
    return opaque(session.excerpt(e.span), [], e.span, session);
  }
  const what = `${nameOf(e)} of ${placeOf(e.target)}`;
  const known = e.kind === "member" && rootOf(e) === "workspace" ? session.schemas.columns(e.name.text) : undefined;
  return opaque(what, known ?? [], e.span, session, { open: known === undefined });
}

function nameOf(e: Member | MemberCall | MemberPattern): string {
  switch (e.kind) {
    case "member":
      return `the table ${e.name.text}`;
    case "member-call": {
      const [argument] = e.call.arguments;
      const table = e.call.name.text === "table" && argument?.value.kind === "literal" ? argument.value.value : null;
      return typeof table === "string" ? `the table ${table}` : `the function ${e.call.name.text}`;
    }
    case "member-pattern":
      return `the tables ${e.tables.pattern}`;
  }
}

function rootOf(e: Expression): string {
  let at = e;
  while (at.kind === "member" || at.kind === "member-call" || at.kind === "member-pattern") at = at.target;
  return at.kind === "call" ? at.name.text : "";
}

/** `the workspace w`, `the database d of the cluster c` */
function placeOf(e: Expression): string {
  const outer = e.kind === "member" || e.kind === "member-call" ? ` of ${placeOf(e.target)}` : "";
  const call = e.kind === "member-call" ? e.call : e.kind === "call" ? e : null;
  if (!call) return e.kind === "member" ? `${e.name.text}${outer}` : "another place";
  const [argument] = call.arguments;
  const name = argument?.value.kind === "literal" ? argument.value.value : null;
  const place = Object.hasOwn(places, call.name.text) ? places[call.name.text] : call.name.text;
  return `${place === "Azure Resource Graph" ? place : `the ${place}`}${typeof name === "string" && name !== "" ? ` ${name}` : ""}${outer}`;
}
