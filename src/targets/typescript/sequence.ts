import { expressionsOf, operandsOf } from "../../plan/children.ts";
import type { Expr, Sequence, SequenceStep } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { condition, expression } from "./expression.ts";
import { type Code, listOf, objectOf } from "./layout.ts";
import { keyLiteral, stringLiteral } from "./literal.ts";
import { emptyOf } from "./record.ts";
import { type Session, unsupported, useType } from "./session.ts";
import { rowType } from "./types.ts";

/** The name of `scan` with the types that its arguments do not tell. */
export function sequenceName({ declared, steps, matchId }: Sequence, session: Session): string {
  if (!session.types) return "scan";
  const columns = declared.map((d): Column => ({ name: d.name, type: d.value.type }));
  const names = steps.map((s) => stringLiteral(s.name)).join(" | ");
  const match = matchId === null ? "" : `, ${rowType([{ name: matchId, type: "long" }], useType(session))}`;
  return `scan<${rowType(columns, useType(session))}, ${names}${match}>`;
}

/** `{ n: 0 }, [{ step: "s", when: (row) => …, set: (row, last) => ({ n: … }) }]` */
export function sequenceArguments(relation: Sequence, session: Session): readonly Code[] {
  const declared = relation.declared.map(
    ({ name, value }): Code => [
      `${keyLiteral(name)}: `,
      value.kind === "literal" && value.value === null ? emptyOf(value.type) : expression(value, session, false),
    ],
  );
  const steps = relation.steps.map((step): Code => stepCode(step, relation, session));
  const options: Code[] = [];
  const missing = lastSeen(relation);
  if (missing.length > 0)
    options.push(["empty: ", objectOf(missing.map((c) => `${keyLiteral(c.name)}: ${emptyOf(c.type)}`))]);
  if (relation.matchId !== null) options.push(`matchId: ${stringLiteral(relation.matchId)}`);
  return [objectOf(declared), listOf("[", steps, "]"), ...(options.length === 0 ? [] : [objectOf(options)])];
}

function stepCode(step: SequenceStep, relation: Sequence, session: Session): Code {
  if (step.optional)
    unsupported(session, "optional-step", step.name, "an optional step of a scan cannot be run yet", relation.span);
  const parts: Code[] = [
    `step: ${stringLiteral(step.name)}`,
    ["when: ", parametersOf([step.predicate]), condition(step.predicate, session, true)],
  ];
  if (step.assignments.length > 0) {
    const values = step.assignments.map((a) => a.value);
    const fields = step.assignments.map((a): Code => [`${keyLiteral(a.name)}: `, expression(a.value, session, true)]);
    parts.push(["set: ", parametersOf(values), "(", objectOf(fields), ")"]);
  }
  if (step.output !== "all") parts.push(`output: "${step.output}"`);
  return objectOf(parts);
}

/** The parameters of a function of a row and what the steps last saw, as far as it reads them. */
function parametersOf(values: readonly Expr[]): string {
  let row = false;
  let last = false;
  const visit = (e: Expr): void => {
    if (e.kind === "column" && e.step !== undefined) last = true;
    else if (e.kind === "column") row = true;
    operandsOf(e).forEach(visit);
  };
  values.forEach(visit);
  return last ? "(row, last) => " : row ? "(row) => " : "() => ";
}

/** The columns of the input that a step reads of what another one last saw. */
function lastSeen(relation: Sequence): readonly Column[] {
  const read = new Set<string>();
  const visit = (e: Expr): void => {
    if (e.kind === "column" && e.step !== undefined) read.add(e.name);
    operandsOf(e).forEach(visit);
  };
  expressionsOf(relation).forEach(visit);
  return relation.input.columns.filter((c) => read.has(c.name));
}
