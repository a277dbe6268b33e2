import type {
  ColumnPattern,
  Expression,
  MvExpandColumn,
  Name,
  NamedExpression,
  Operator,
  OperatorParameter,
  ParseStep,
  SortKey,
} from "../ast.ts";
import { quoteString } from "../literals/string.ts";
import { concat, type Doc, group, indent, line } from "./doc.ts";
import { binding } from "./expression.ts";
import { literalText } from "./literal.ts";
import { plainName, settingWord, wildcardName } from "./name.ts";
import { bracketed, type Item, type Printing, pipedOperators, separated } from "./printing.ts";

/** An operator without its pipe. */
export function operatorDoc(printing: Printing, operator: Operator): Doc {
  const { comments } = printing;
  const value = (expression: Expression, needed: number = binding.or): Doc => printing.expression(expression, needed);
  switch (operator.kind) {
    case "where":
      return concat("where ", value(operator.predicate));
    case "extend":
    case "project":
    case "distinct":
    case "print":
    case "serialize":
      return list(printing, operator.kind, namedItems(printing, operator.columns));
    case "project-away":
    case "project-keep":
    case "project-reorder":
      return list(
        printing,
        operator.kind,
        operator.patterns.map((item) => ({ span: item.span, print: () => patternText(item) })),
      );
    case "project-rename":
      return list(
        printing,
        operator.kind,
        operator.columns.map(({ to, from }) => ({
          span: to.span,
          print: () => `${plainName(to.text)} = ${plainName(from.text)}`,
        })),
      );
    case "summarize": {
      const head = `summarize ${settingsText(operator.parameters)}`;
      const aggregates = separated(printing, namedItems(printing, operator.aggregates), ",");
      if (operator.by === null)
        return group(
          concat(head.trimEnd(), operator.aggregates.length > 0 ? " " : "", indent(aggregates, head.length + 2)),
        );
      const keys = namedItems(printing, operator.by);
      const trailing = comments.trailing(keys[0]?.span.start ?? 0);
      const by = group(indent(separated(printing, keys, ","), 3));
      if (operator.aggregates.length === 0) return concat(`${head}by `, by);
      return group(concat(head, indent(aggregates, head.length + 2), trailing, indent(concat(line, "by ", by))));
    }
    case "sort":
      return list(
        printing,
        "sort by",
        operator.keys.map((key) => sortItem(printing, key)),
      );
    case "top": {
      const count = value(operator.count);
      return concat(
        "top ",
        count,
        " by ",
        separated(
          printing,
          operator.keys.map((key) => sortItem(printing, key)),
          ",",
        ),
      );
    }
    case "take":
      return concat("take ", value(operator.count));
    case "count":
      return operator.as === null ? "count" : `count as ${plainName(operator.as.text)}`;
    case "mv-expand":
      return concat("mv-expand ", expansion(printing, operator));
    case "mv-apply": {
      const head = concat("mv-apply ", expansion(printing, operator), " on ");
      const many = operator.operators.length > 1;
      const body = (): Doc => pipedOperators(printing, operator.operators, true, many);
      const start = operator.operators[0]?.span.start ?? 0;
      return concat(head, bracketed(printing, "(", start, body, ")", operator.span.end, many));
    }
    case "parse":
    case "parse-where": {
      const head = concat(`${operator.kind} ${settingsText(operator.parameters)}`, value(operator.value), " with ");
      const steps = operator.steps.map((step) => ({ span: step.span, print: () => stepText(step) }));
      return group(concat(head, indent(separated(printing, steps, ""))));
    }
    case "union": {
      const tables = operator.tables.map((table) => ({
        span: table.span,
        print: () => ("pattern" in table ? patternText(table) : value(table, binding.sign)),
      }));
      return list(printing, `union ${settingsText(operator.parameters)}`.trimEnd(), tables);
    }
    case "join":
    case "lookup": {
      const right = value(operator.right, binding.sign);
      const head = concat(`${operator.kind} ${settingsText(operator.parameters)}`, right);
      if (operator.on.length === 0) return head;
      const behind = comments.before(operator.on[0]?.span.start ?? 0);
      const keys = operator.on.map((key) => ({ span: key.span, print: () => value(key) }));
      return concat(head, behind, " on ", group(indent(separated(printing, keys, ","))));
    }
    case "range": {
      const from = concat(`range ${plainName(operator.name.text)} from `, value(operator.from));
      const to = concat(" to ", value(operator.to));
      return concat(from, to, " step ", value(operator.step));
    }
    case "as":
      return `as ${settingsText(operator.parameters)}${plainName(operator.name.text)}`;
    case "render": {
      const chart = `render ${settingWord(operator.chart.text)}`;
      if (operator.parameters.length === 0) return chart;
      return `${chart} with (${operator.parameters.map(settingText).join(", ")})`;
    }
  }
}

/** A keyword and its items: on one line, or the items on lines of their own; a single one stays beside the keyword. */
function list(printing: Printing, keyword: string, items: readonly Item[]): Doc {
  const body = separated(printing, items, ",");
  if (items.length === 0) return keyword;
  if (items.length === 1) return concat(`${keyword} `, body);
  return group(concat(keyword, indent(concat(line, body))));
}

function namedItems(printing: Printing, columns: readonly NamedExpression[]): Item[] {
  return columns.map((column) => ({
    span: column.span,
    print: () => {
      const value = (): Doc => printing.expression(column.value, binding.or);
      if (column.names.length === 0) return value();
      const names = column.names.map((name) => plainName(name.text)).join(", ");
      return concat(column.names.length > 1 ? `(${names}) = ` : `${names} = `, value());
    },
  }));
}

function sortItem(printing: Printing, key: SortKey): Item {
  const tail = (key.direction === null ? "" : ` ${key.direction}`) + (key.nulls === null ? "" : ` nulls ${key.nulls}`);
  return { span: key.span, print: () => concat(printing.expression(key.value, binding.or), tail) };
}

function patternText(pattern: ColumnPattern): string {
  const name = pattern.wildcard ? wildcardName(pattern.pattern) : plainName(pattern.pattern);
  return pattern.order === null ? name : `${name} ${pattern.order}`;
}

function expansion(
  printing: Printing,
  operator: {
    readonly parameters: readonly OperatorParameter[];
    readonly columns: readonly MvExpandColumn[];
    readonly limit: Expression | null;
  },
): Doc {
  const items = operator.columns.map((column) => ({
    span: column.span,
    print: () => {
      const name = column.name === null ? "" : `${plainName(column.name.text)} = `;
      const value = printing.expression(column.value, binding.or);
      return concat(name, value, column.type === null ? "" : ` to typeof(${column.type})`);
    },
  }));
  const columns = concat(settingsText(operator.parameters), separated(printing, items, ","));
  return operator.limit === null
    ? columns
    : concat(columns, " limit ", printing.expression(operator.limit, binding.or));
}

function stepText(step: ParseStep): string {
  switch (step.kind) {
    case "skip":
      return "*";
    case "text":
      return quoteString(step.value);
    case "column":
      return step.type === null ? plainName(step.name.text) : `${plainName(step.name.text)}:${step.type}`;
  }
}

/** `kind=inner ` with a blank behind each. */
function settingsText(settings: readonly OperatorParameter[]): string {
  return settings.map((setting) => `${settingText(setting)} `).join("");
}

function settingText(setting: OperatorParameter): string {
  const value = "kind" in setting.value ? literalText(setting.value) : settingWord(setting.value.text);
  const more = (setting.more ?? []).map((name: Name) => `, ${plainName(name.text)}`).join("");
  return `${setting.name}=${value}${more}`;
}
