import type { Expression, MvExpandColumn, Operator, OperatorParameter, ParseStep } from "../ast.ts";
import { quoteString } from "../literals/string.ts";
import { binding } from "./binding.ts";
import { facetDoc, forkDoc, macroExpandDoc, partitionDoc } from "./branches.ts";
import { columnsText, schemaText } from "./columns.ts";
import { concat, type Doc, group, indent, line } from "./doc.ts";
import { graphMatchDoc, graphToTableDoc, makeGraphDoc } from "./graph.ts";
import { plainName, settingWord } from "./name.ts";
import {
  clause,
  list,
  namedItem,
  namedItems,
  patternItems,
  settingsText,
  settingText,
  sortItem,
  subquery,
  tableItems,
  valueItems,
  withText,
} from "./parts.ts";
import { type Printing, separated } from "./printing.ts";
import { scanDoc } from "./scan.ts";
import { findDoc, searchDoc } from "./search.ts";
import { makeSeriesDoc, topNestedDoc } from "./series.ts";

/** An operator without its pipe. */
export function operatorDoc(printing: Printing, operator: Operator): Doc {
  const { comments } = printing;
  const hints = settingsText(operator.hints ?? []);
  const value = (expression: Expression, needed: number = binding.or): Doc => printing.expression(expression, needed);
  switch (operator.kind) {
    case "where": {
      const name = operator.name === undefined ? "" : `${plainName(operator.name.text)} = `;
      return concat(`where ${hints}${name}`, value(operator.predicate));
    }
    case "extend":
    case "project":
    case "distinct":
    case "print":
    case "serialize":
      return list(printing, `${operator.kind} ${hints}`.trimEnd(), namedItems(printing, operator.columns));
    case "project-away":
    case "project-keep":
    case "project-reorder":
      return list(printing, operator.kind, patternItems(operator.patterns));
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
        `sort ${hints}by`,
        operator.keys.map((key) => sortItem(printing, key)),
      );
    case "top": {
      const count = value(operator.count);
      return concat(
        `top ${hints}`,
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
      return concat(`take ${hints}`, value(operator.count));
    case "count":
      return operator.as === null ? "count" : `count as ${plainName(operator.as.text)}`;
    case "mv-expand":
      return concat("mv-expand ", expansion(printing, operator));
    case "mv-apply": {
      const head = concat("mv-apply ", expansion(printing, operator), " on ");
      return concat(head, subquery(printing, operator.operators, operator.span.end));
    }
    case "parse":
    case "parse-where": {
      const head = concat(`${operator.kind} ${settingsText(operator.parameters)}`, value(operator.value), " with ");
      const steps = operator.steps.map((step) => ({ span: step.span, print: () => stepText(step) }));
      return group(concat(head, indent(separated(printing, steps, ""))));
    }
    case "union": {
      return list(
        printing,
        `union ${settingsText(operator.parameters)}`.trimEnd(),
        tableItems(printing, operator.tables),
      );
    }
    case "join":
    case "lookup": {
      const right = value(operator.right, binding.sign);
      const head = concat(`${operator.kind} ${settingsText(operator.parameters)}`, right);
      if (operator.on.length === 0) return head;
      const behind = comments.before(operator.on[0]?.span.start ?? 0);
      return concat(head, behind, " ", clause(printing, "on", valueItems(printing, operator.on)));
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
      const by = operator.parameters.find((setting) => setting.name === "by");
      const columns = by === undefined ? "" : ` ${settingText(by).replace("=", " ")}`;
      return chart + columns + withText(operator.parameters.filter((setting) => setting !== by));
    }
    case "evaluate": {
      const head = concat(`evaluate ${settingsText(operator.parameters)}`, value(operator.call));
      return operator.schema === null ? head : concat(head, ` : ${schemaText(operator.schema, true)}`);
    }
    case "invoke":
      return concat("invoke ", value(operator.call, binding.path));
    case "search":
      return searchDoc(printing, operator);
    case "find":
      return findDoc(printing, operator);
    case "make-series":
      return makeSeriesDoc(printing, operator);
    case "partition":
      return partitionDoc(printing, operator);
    case "scan":
      return scanDoc(printing, operator);
    case "top-nested":
      return topNestedDoc(printing, operator);
    case "top-hitters": {
      const head = concat("top-hitters ", value(operator.count), " of ", namedItem(printing, operator.value).print());
      return operator.by === null ? head : concat(head, " by ", namedItem(printing, operator.by).print());
    }
    case "fork":
      return forkDoc(printing, operator);
    case "facet":
      return facetDoc(printing, operator);
    case "parse-kv": {
      const head = concat("parse-kv ", value(operator.value), ` as (${columnsText(operator.columns)})`);
      return concat(head, withText(operator.properties));
    }
    case "sample":
      return concat(`sample ${hints}`, value(operator.count));
    case "sample-distinct":
      return concat(
        `sample-distinct ${hints}`,
        value(operator.count),
        " of ",
        namedItem(printing, operator.of).print(),
      );
    case "reduce": {
      const head = concat(`reduce ${settingsText(operator.parameters)}by `, namedItem(printing, operator.by).print());
      if (operator.properties.length === 0) return head;
      return concat(head, ` with ${operator.properties.map(settingText).join(", ")}`);
    }
    case "consume":
      return `consume ${settingsText(operator.parameters)}`.trimEnd();
    case "getschema":
      return `getschema ${settingsText(operator.parameters)}`.trimEnd();
    case "assert-schema":
      return `assert-schema ${schemaText(operator.schema)}`;
    case "execute-and-cache":
      return "__executeAndCache";
    case "project-by-names":
      return list(printing, "project-by-names", valueItems(printing, operator.columns));
    case "macro-expand":
      return macroExpandDoc(printing, operator);
    case "make-graph":
      return makeGraphDoc(printing, operator);
    case "graph-match":
    case "graph-shortest-paths":
      return graphMatchDoc(printing, operator);
    case "graph-to-table":
      return graphToTableDoc(operator);
    case "graph-mark-components":
      return `graph-mark-components ${settingsText(operator.parameters)}`.trimEnd();
    case "graph-where-nodes":
    case "graph-where-edges":
      return concat(`${operator.kind} `, value(operator.predicate));
  }
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
