import type { ScanOperator, ScanStep } from "../ast.ts";
import { binding } from "./binding.ts";
import { concat, type Doc, group, hardLine, indent, line, sequence } from "./doc.ts";
import { plainName } from "./name.ts";
import { clause, settingsText, sortItem, valueItems } from "./parts.ts";
import { bracketedList, type Item, type Printing, separated } from "./printing.ts";

/** Its steps stand on lines of their own. */
export function scanDoc(printing: Printing, operator: ScanOperator): Doc {
  const parts: Doc[] = [`scan ${settingsText(operator.parameters)}`];
  if (operator.order.length > 0) {
    const keys = operator.order.map((key) => sortItem(printing, key));
    parts.push(clause(printing, "order by", keys), " ");
  }
  if (operator.partition.length > 0) {
    parts.push(clause(printing, "partition by", valueItems(printing, operator.partition)), " ");
  }
  const first = operator.steps[0]?.span.start ?? operator.span.end;
  if (operator.declare.length > 0) {
    const items = operator.declare.map((item): Item => {
      const name = `${plainName(item.name.text)}:${item.type}`;
      const { default: filler } = item;
      const print = (): Doc => (filler === null ? name : concat(`${name} = `, printing.expression(filler, binding.or)));
      return { span: item.name.span, print };
    });
    parts.push(bracketedList(printing, "declare (", items, ")", first), " ");
  }
  const steps: Doc[] = [];
  for (const step of operator.steps) {
    steps.push(printing.comments.trailing(step.span.start), hardLine, printing.comments.before(step.span.start));
    steps.push(stepDoc(printing, step), ";");
  }
  const closing = printing.comments.closing(operator.span.end);
  parts.push("with (", indent(concat(sequence(steps), closing)), hardLine, ")");
  return sequence(parts);
}

function stepDoc(printing: Printing, step: ScanStep): Doc {
  const name = `step ${plainName(step.name.text)}${step.optional ? " optional" : ""}`;
  const head = `${name}${step.output === null ? "" : ` output=${step.output}`}: `;
  const predicate = concat(head, printing.expression(step.predicate, binding.or));
  const assignments = step.assignments.map((assignment): Item => {
    const value = (): Doc => printing.expression(assignment.value, binding.or);
    return { span: assignment.name.span, print: () => concat(`${plainName(assignment.name.text)} = `, value()) };
  });
  if (assignments.length === 0) return predicate;
  return group(concat(predicate, " =>", indent(concat(line, separated(printing, assignments, ",")))));
}
