import type { FacetOperator, ForkOperator, MacroExpandOperator, PartitionOperator } from "../ast.ts";
import { binding } from "./binding.ts";
import { concat, type Doc, group, hardLine, indent, line, sequence } from "./doc.ts";
import { plainName } from "./name.ts";
import { clause, settingsText, subquery, valueItems } from "./parts.ts";
import { bracketed, type Printing } from "./printing.ts";

export function partitionDoc(printing: Printing, operator: PartitionOperator): Doc {
  const { body } = operator;
  const head = concat(
    `partition ${settingsText(operator.parameters)}by `,
    printing.expression(operator.by, binding.or),
    " ",
  );
  if (body.kind === "operators") return concat(head, subquery(printing, body.operators, operator.span.end));
  const query = (): Doc => printing.expression(body.query);
  return concat(head, bracketed(printing, "{ ", body.query.span.start, query, " }", operator.span.end));
}

export function forkDoc(printing: Printing, operator: ForkOperator): Doc {
  const parts: Doc[] = ["fork"];
  operator.branches.forEach((branch, i) => {
    const start = branch.name?.span.start ?? branch.operators[0]?.span.start ?? 0;
    const next = operator.branches[i + 1];
    const end = next?.name?.span.start ?? next?.operators[0]?.span.start ?? operator.span.end;
    const name = branch.name === null ? "" : `${plainName(branch.name.text)} = `;
    const comments = branch.name === null ? "" : printing.comments.before(start);
    parts.push(indent(concat(line, comments, name, subquery(printing, branch.operators, end))));
  });
  return group(sequence(parts));
}

export function facetDoc(printing: Printing, operator: FacetOperator): Doc {
  const head = clause(printing, "facet by", valueItems(printing, operator.by));
  if (operator.operators === null) return head;
  return concat(head, " with ", subquery(printing, operator.operators, operator.span.end));
}

export function macroExpandDoc(printing: Printing, operator: MacroExpandOperator): Doc {
  const group_ = printing.expression(operator.group, binding.path);
  const head = concat(
    `macro-expand ${settingsText(operator.parameters)}`,
    group_,
    ` as ${plainName(operator.name.text)} (`,
  );
  const first = printing.comments.trailing(operator.body[0]?.span.start ?? 0);
  const body = concat(
    first,
    hardLine,
    printing.statements(operator.body),
    printing.comments.closing(operator.span.end),
  );
  return concat(head, indent(body), hardLine, ")");
}
