import type { Relation } from "./nodes.ts";

/**
 * Whether the order of the rows counts, so that window functions and `scan` may look at the rows around. `let` gives the relation of a
 * table let. (window-functions: serialized row set)
 */
export function isSerialized(relation: Relation, letOf: (name: string) => Relation | undefined): boolean {
  switch (relation.kind) {
    case "window":
    case "sort":
    case "range":
    case "top-hitters":
    case "item":
    case "plugin":
    case "opaque":
      return true;
    case "filter":
    case "extend":
    case "project":
    case "expand":
    case "apply":
    case "parse":
    case "parse-kv":
    case "limit":
    case "sequence":
      return isSerialized(relation.input, letOf);
    case "table": {
      const value = letOf(relation.name);
      return value !== undefined && isSerialized(value, letOf);
    }
    case "scan":
    case "rows":
    case "aggregate":
    case "series":
    case "partition":
    case "top-nested":
    case "join":
    case "union":
      return false;
  }
}
