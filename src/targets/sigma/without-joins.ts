import type { Note } from "../../diagnostics/fidelity.ts";
import { mapInputs } from "../../plan/children.ts";
import type { Join, Relation } from "../../plan/nodes.ts";

/** A join of events with other rows chooses among the events at most: their own side alone is wider. */
export function withoutJoins(relation: Relation, notes: Note[]): Relation {
  if (relation.kind === "union") return relation;
  if (relation.kind !== "join") return mapInputs(relation, (input) => withoutJoins(input, notes));
  if (relation.joinKind === "rightouter" || relation.joinKind === "fullouter") return relation;
  const right = relation.joinKind === "rightsemi" || relation.joinKind === "rightanti";
  notes.push(joinNote(relation, right));
  return withoutJoins(right ? relation.right : relation.left, notes);
}

function joinNote(join: Join, right: boolean): Note {
  const note = { cause: "join", construct: join.keyword, span: join.span };
  if (join.joinKind === "leftouter") {
    return { ...note, level: "info", message: "Sigma does not join: the columns of the right side are not there" };
  }
  return {
    ...note,
    level: "approximate",
    message: `Sigma does not join: the rule is about the ${right ? "right" : "left"} side's events alone`,
    when: "the other side decides whether an event counts",
  };
}
