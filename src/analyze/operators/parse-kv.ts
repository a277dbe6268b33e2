import type { OperatorParameter, ParseKvOperator } from "../../kql/ast.ts";
import type { ParseKv, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import type { TableScope } from "../session.ts";
import { implicitText } from "../types.ts";
import { parameter } from "./mv-expand.ts";

/** `parse-kv text as (a: string, b: long) with (pair_delimiter = ";", kv_delimiter = "=")` (parse-kv-operator) */
export function parseKv(o: ParseKvOperator, input: Relation, scope: TableScope): Relation {
  const { session } = scope;
  const given = session.expression(o.value, { ...scope, input });
  if (!["string", "dynamic", "unknown"].includes(given.type)) {
    const text = `parse-kv reads a string, \`${session.excerpt(o.value.span)}\` is a ${given.type}`;
    session.diagnostics.add("KQL104", o.value.span, text);
  }
  const keys = o.columns.map((c): Column => ({ name: c.name.text, type: c.type }));
  const columns: Column[] = input.columns.map((c) => keys.find((k) => k.name === c.name) ?? c);
  columns.push(...keys.filter((k) => !input.columns.some((c) => c.name === k.name)));
  const node: ParseKv = {
    kind: "parse-kv",
    input,
    value: given.type === "dynamic" ? implicitText(given) : given,
    keys,
    ...settings(o.properties, scope),
    columns,
    span: o.span,
  };
  return node;
}

type Settings = Pick<ParseKv, "pairDelimiter" | "kvDelimiter" | "quotes" | "escape" | "greedy">;

function settings(properties: readonly OperatorParameter[], { session }: TableScope): Settings {
  const known = ["pair_delimiter", "kv_delimiter", "quote", "escape", "greedy"];
  for (const p of properties)
    if (!known.includes(p.name)) session.diagnostics.add("KQL108", p.span, `parse-kv has no setting ${p.name}`);
  const text = (name: string): string | null => parameter(properties, name);
  const pairDelimiter = text("pair_delimiter");
  const kvDelimiter = text("kv_delimiter");
  const quote = text("quote");
  const escapeMark = text("escape");
  return {
    ...(pairDelimiter === null ? {} : { pairDelimiter }),
    ...(kvDelimiter === null ? {} : { kvDelimiter }),
    ...(quote === null ? {} : { quotes: [...quote] }),
    ...(escapeMark === null ? {} : { escape: escapeMark }),
    ...(text("greedy") === "true" ? { greedy: true } : {}),
  };
}
