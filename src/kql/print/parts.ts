import type {
  ColumnPattern,
  Expression,
  Name,
  NamedExpression,
  Operator,
  OperatorParameter,
  SortKey,
  TypedName,
} from "../ast.ts";
import { binding } from "./binding.ts";
import { columnsText } from "./columns.ts";
import { concat, type Doc, group, indent, line } from "./doc.ts";
import { literalText } from "./literal.ts";
import { plainName, settingName, settingWord, wildcardName } from "./name.ts";
import { bracketed, type Item, type Printing, pipedOperators, separated } from "./printing.ts";

/** A keyword and its items: on one line, or the items on lines of their own; a single one stays beside the keyword. */
export function list(printing: Printing, keyword: string, items: readonly Item[]): Doc {
  const body = separated(printing, items, ",");
  if (items.length === 0) return keyword;
  if (items.length === 1) return concat(`${keyword} `, body);
  return group(concat(keyword, indent(concat(line, body))));
}

/** Items behind a word within an operator, such as `by`; they break together. */
export function clause(printing: Printing, word: string, items: readonly Item[]): Doc {
  return concat(`${word} `, group(indent(separated(printing, items, ","))));
}

/** `( operator | operator )`, an operator a line where there are several. */
export function subquery(printing: Printing, operators: readonly Operator[], end: number): Doc {
  const many = operators.length > 1;
  const body = (): Doc => pipedOperators(printing, operators, true, many);
  return bracketed(printing, "(", operators[0]?.span.start ?? 0, body, ")", end, many);
}

export function namedItem(printing: Printing, column: NamedExpression): Item {
  return {
    span: column.span,
    print: () => {
      const value = (): Doc => printing.expression(column.value, binding.or);
      if (column.names.length === 0) return value();
      const names = column.names.map((name) => plainName(name.text)).join(", ");
      return concat(column.names.length > 1 ? `(${names}) = ` : `${names} = `, value());
    },
  };
}
export function namedItems(printing: Printing, columns: readonly NamedExpression[]): Item[] {
  return columns.map((column) => namedItem(printing, column));
}

export function valueItems(printing: Printing, values: readonly Expression[], needed: number = binding.or): Item[] {
  return values.map((value) => ({ span: value.span, print: () => printing.expression(value, needed) }));
}

/** Tables, pipes in parentheses, and names with a star. */
export function tableItems(printing: Printing, tables: readonly (Expression | ColumnPattern)[]): Item[] {
  return tables.map((table) => ({
    span: table.span,
    print: () => ("pattern" in table ? patternText(table) : printing.expression(table, binding.sign)),
  }));
}

export function sortItem(printing: Printing, key: SortKey): Item {
  const tail = (key.direction === null ? "" : ` ${key.direction}`) + (key.nulls === null ? "" : ` nulls ${key.nulls}`);
  return { span: key.span, print: () => concat(printing.expression(key.value, binding.or), tail) };
}

export function patternItems(patterns: readonly ColumnPattern[]): Item[] {
  return patterns.map((pattern) => ({ span: pattern.span, print: () => patternText(pattern) }));
}

export function patternText(pattern: ColumnPattern): string {
  const name = pattern.wildcard ? wildcardName(pattern.pattern) : plainName(pattern.pattern);
  return pattern.order === null ? name : `${name} ${pattern.order}`;
}

export function columnItems(columns: readonly TypedName[]): Item[] {
  return columns.map((column) => ({ span: column.name.span, print: () => columnsText([column]) }));
}

/** `kind=inner ` with a blank behind each. */
export function settingsText(settings: readonly OperatorParameter[]): string {
  return settings.map((setting) => `${settingText(setting)} `).join("");
}

/** `with (a=b, c="d")`, nothing without settings. */
export function withText(settings: readonly OperatorParameter[]): string {
  return settings.length === 0 ? "" : ` with (${settings.map(settingText).join(", ")})`;
}

export function settingText(setting: OperatorParameter): string {
  const value = "kind" in setting.value ? literalText(setting.value) : settingWord(setting.value.text);
  const more = (setting.more ?? []).map((name: Name) => `, ${plainName(name.text)}`).join("");
  return `${settingName(setting.name)}=${value}${more}`;
}
