import type { Relation } from "../plan/nodes.ts";

/** The name of the table without a declared schema whose further columns a relation still lets through, if any. */
export function openTable(relation: Relation): string | null {
  switch (relation.kind) {
    case "scan":
      return relation.open ? relation.table : null;
    case "table":
      return relation.open;
    case "filter":
    case "extend":
    case "sort":
    case "limit":
    case "expand":
    case "apply":
    case "parse":
      return openTable(relation.input);
    case "project":
      return relation.keyword === "project" || relation.keyword === "project-keep" ? null : openTable(relation.input);
    case "join":
      return openTable(relation.left) ?? openTable(relation.right);
    case "union":
      return relation.inputs.map(openTable).find((s) => s !== null) ?? null;
    default:
      return null;
  }
}
