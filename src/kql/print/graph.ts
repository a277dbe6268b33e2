import type { GraphMatchOperator, GraphStep, GraphToTableOperator, MakeGraphOperator } from "../ast.ts";
import { binding } from "./binding.ts";
import { concat, type Doc, group, indent, line, sequence } from "./doc.ts";
import { plainName } from "./name.ts";
import { clause, namedItems, settingsText, subquery } from "./parts.ts";
import { type Item, type Printing, separated } from "./printing.ts";

export function makeGraphDoc(printing: Printing, operator: MakeGraphOperator): Doc {
  const value = (expression: MakeGraphOperator["source"]): Doc => printing.expression(expression, binding.sign);
  const head = `make-graph ${settingsText(operator.parameters)}`;
  const parts: Doc[] = [head, value(operator.source), operator.directed ? " --> " : " -- ", value(operator.target)];
  if (operator.nodes.length > 0) {
    const items = operator.nodes.map(
      (node): Item => ({
        span: node.table.span,
        print: () => concat(value(node.table), " on ", value(node.on)),
      }),
    );
    parts.push(" ", clause(printing, "with", items));
  }
  if (operator.nodeId !== null) parts.push(` with_node_id=${plainName(operator.nodeId.text)}`);
  const { partitionedBy } = operator;
  if (partitionedBy !== null) {
    parts.push(" partitioned-by ", value(partitionedBy.column), " ");
    parts.push(subquery(printing, partitionedBy.operators, operator.span.end));
  }
  return sequence(parts);
}

/** The patterns, and `where` and `project` on lines of their own where it breaks. */
export function graphMatchDoc(printing: Printing, operator: GraphMatchOperator): Doc {
  const patterns = operator.patterns.map(
    (pattern): Item => ({
      span: pattern.span,
      print: () => sequence(pattern.steps.map((step) => stepDoc(printing, step))),
    }),
  );
  const parts: Doc[] = [`${operator.kind} ${settingsText(operator.parameters)}`];
  parts.push(group(indent(separated(printing, patterns, ","))));
  if (operator.predicate !== null) {
    const trailing = printing.comments.trailing(operator.predicate.span.start);
    parts.push(trailing, indent(concat(line, "where ", printing.expression(operator.predicate, binding.or))));
  }
  if (operator.columns !== null) {
    const items = namedItems(printing, operator.columns);
    const trailing = printing.comments.trailing(items[0]?.span.start ?? operator.span.end);
    parts.push(trailing, indent(concat(line, clause(printing, "project", items))));
  }
  return group(sequence(parts));
}

const arrows = { right: ["-", "->"], left: ["<-", "-"], any: ["-", "-"] } as const;

function stepDoc(printing: Printing, step: GraphStep): Doc {
  const name = step.name === null ? "" : plainName(step.name.text);
  if (step.kind === "node") return `(${name})`;
  const [before, after] = arrows[step.direction];
  if (step.repeat === null) return name === "" ? bareEdge(step.direction) : `${before}[${name}]${after}`;
  const from = printing.expression(step.repeat.from, binding.sign);
  const to = printing.expression(step.repeat.to, binding.sign);
  return concat(`${before}[${name}*`, from, "..", to, `]${after}`);
}

function bareEdge(direction: "right" | "left" | "any"): string {
  return direction === "right" ? "-->" : direction === "left" ? "<--" : "--";
}

export function graphToTableDoc(operator: GraphToTableOperator): Doc {
  const outputs = operator.outputs.map(({ part, as, parameters }) =>
    `${part} ${as === null ? "" : `as ${plainName(as.text)} `}${settingsText(parameters)}`.trimEnd(),
  );
  return `graph-to-table ${outputs.join(", ")}`;
}
