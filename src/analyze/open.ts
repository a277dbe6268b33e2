import type { Span } from "../diagnostics/source.ts";
import type { Opaque, Relation } from "../plan/nodes.ts";
import type { Column } from "../types/scalar-type.ts";
import type { Session } from "./session.ts";

/**
 * The key of the rows without a declared schema whose further columns a relation still lets through, if any: a table's name, or
 * the place of what gives the rows.
 */
export function openTable(relation: Relation): string | null {
  switch (relation.kind) {
    case "scan":
      return relation.open ? relation.table : null;
    case "opaque":
      return relation.open ? relation.what : null;
    case "table":
      return relation.open;
    case "filter":
    case "extend":
    case "sort":
    case "limit":
    case "expand":
    case "apply":
    case "parse":
    case "parse-kv":
    case "window":
    case "sequence":
      return openTable(relation.input);
    case "partition":
      return openTable(relation.body);
    case "item":
      return relation.open ?? null;
    case "plugin":
      return relation.open ? relation.name : null;
    case "project":
      return relation.keyword === "project" || relation.keyword === "project-keep" ? null : openTable(relation.input);
    case "join": {
      const { joinKind, left, right } = relation;
      if (joinKind === "leftsemi" || joinKind === "leftanti") return openTable(left);
      if (joinKind === "rightsemi" || joinKind === "rightanti") return openTable(right);
      return openTable(left) ?? openTable(right);
    }
    case "union": {
      for (const input of relation.inputs) {
        const open = openTable(input);
        if (open !== null) return open;
      }
      return null;
    }
    case "aggregate":
      return relation.open ?? null;
    case "rows":
    case "range":
    case "series":
    case "top-nested":
    case "top-hitters":
      return null;
  }
}

/** Rows that are known by their columns alone. With `open`, the columns that the query names join the known ones. */
export function opaque(
  what: string,
  columns: readonly Column[],
  span: Span,
  session: Session,
  { inputs = [], open = true }: { readonly inputs?: readonly Relation[]; readonly open?: boolean } = {},
): Opaque {
  const known = open ? session.openedColumns(what, columns) : columns;
  return { kind: "opaque", what, inputs, open, columns: known, span };
}
