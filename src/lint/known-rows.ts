import type { Relation } from "../plan/nodes.ts";
import { type Fact, factsOf } from "./condition.ts";
import type { PlanFacts } from "./plan-facts.ts";

/** More filters than this are not looked back over. */
const mostOperators = 200;

/** What filters say, by filter: each is read once. */
export type FilterFacts = Map<Relation, readonly Fact[]>;

/** What the filters below a relation say about its rows. */
export function factsBelow(relation: Relation, facts: PlanFacts, read: FilterFacts): readonly Fact[] {
  const known: Fact[] = [];
  let at = relation;
  for (let i = 0; i < mostOperators; i++) {
    switch (at.kind) {
      case "filter": {
        const own = read.get(at) ?? factsOf(at.predicate, true, at.input, facts);
        read.set(at, own);
        known.push(...own);
        at = at.input;
        break;
      }
      case "extend":
      case "project":
      case "aggregate":
      case "expand":
      case "parse":
      case "sort":
      case "limit":
        at = at.input;
        break;
      case "apply":
        at = at.body;
        break;
      case "item": {
        const apply = facts.applyOf(at);
        if (!apply) return known;
        at = apply.input;
        break;
      }
      case "join":
        if (at.joinKind.startsWith("right") || at.joinKind === "fullouter") return known;
        at = at.left;
        break;
      case "table": {
        const table = facts.tableOf(at);
        if (table === at) return known;
        at = table;
        break;
      }
      default:
        return known;
    }
  }
  return known;
}
