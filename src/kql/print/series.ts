import type { MakeSeriesOperator, TopNestedLevel, TopNestedOperator } from "../ast.ts";
import { binding } from "./binding.ts";
import { concat, type Doc, group, indent, line, sequence } from "./doc.ts";
import { clause, namedItem, namedItems, settingsText } from "./parts.ts";
import { type Printing, separated } from "./printing.ts";

export function makeSeriesDoc(printing: Printing, operator: MakeSeriesOperator): Doc {
  const { on, from, to, step, by } = operator;
  const items = operator.aggregates.map(({ column, default: filler }) => {
    const item = namedItem(printing, column);
    if (filler === null) return item;
    return {
      span: item.span,
      print: () => concat(item.print(), " default = ", printing.expression(filler, binding.sign)),
    };
  });
  const head = `make-series ${settingsText(operator.parameters)}`;
  const aggregates = indent(separated(printing, items, ","), head.length + 2);
  const parts: Doc[] = [head, aggregates, printing.comments.trailing(on.span.start)];
  const axis: Doc[] = ["on ", namedItem(printing, on).print()];
  const value = (of: typeof step): Doc => printing.expression(of, binding.or);
  if (operator.range && from !== null && to !== null) {
    axis.push(" in range(", value(from), ", ", value(to), ", ", value(step), ")");
  } else {
    if (from !== null) axis.push(" from ", value(from));
    if (to !== null) axis.push(" to ", value(to));
    axis.push(" step ", value(step));
  }
  parts.push(indent(concat(line, sequence(axis))));
  if (by !== null) {
    const keys = namedItems(printing, by);
    parts.push(printing.comments.trailing(keys[0]?.span.start ?? 0));
    parts.push(indent(concat(line, clause(printing, "by", keys))));
  }
  return group(sequence(parts));
}

export function topNestedDoc(printing: Printing, operator: TopNestedOperator): Doc {
  const items = operator.levels.map((level) => ({ span: level.span, print: () => levelDoc(printing, level) }));
  return group(separated(printing, items, ","));
}

function levelDoc(printing: Printing, level: TopNestedLevel): Doc {
  const parts: Doc[] = ["top-nested "];
  if (level.count !== null) parts.push(printing.expression(level.count, binding.or), " ");
  parts.push("of ", namedItem(printing, level.value).print());
  if (level.others !== null) parts.push(" with others = ", printing.expression(level.others, binding.or));
  parts.push(" by ", namedItem(printing, level.aggregate).print());
  if (level.direction !== null) parts.push(` ${level.direction}`);
  return sequence(parts);
}
