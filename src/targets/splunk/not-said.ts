import type { Relation } from "../../plan/nodes.ts";
import { Unsupported } from "./context.ts";

const operators: Partial<Record<Relation["kind"], string>> = {
  series: "make-series",
  partition: "partition",
  sequence: "scan",
  "top-nested": "top-nested",
  "top-hitters": "top-hitters",
  "parse-kv": "parse-kv",
};

/** An operator that has no form in SPL. */
export function notSaid(relation: Relation): Unsupported {
  if (relation.kind === "opaque")
    return new Unsupported(
      "unknown-rows",
      relation.what,
      `only the columns of ${relation.what} are known`,
      relation.span,
    );
  const operator = relation.kind === "plugin" ? relation.name : (operators[relation.kind] ?? relation.kind);
  return new Unsupported("operator", operator, `${operator} has no form in SPL`, relation.span);
}
