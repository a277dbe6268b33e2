import type { FindColumn, FindOperator, SearchOperator } from "../ast.ts";
import { binding } from "./binding.ts";
import { concat, type Doc, group, indent, line, sequence } from "./doc.ts";
import { plainName, wildcardName } from "./name.ts";
import { settingsText, tableItems } from "./parts.ts";
import { bracketedList, type Printing } from "./printing.ts";

export function searchDoc(printing: Printing, operator: SearchOperator): Doc {
  const head = `search ${settingsText(operator.parameters)}`;
  const { predicate, tables } = operator;
  const scope =
    tables.length === 0
      ? ""
      : concat(bracketedList(printing, "in (", tableItems(printing, tables), ")", predicate.span.start), " ");
  return concat(head, scope, printing.expression(predicate, binding.or));
}

export function findDoc(printing: Printing, operator: FindOperator): Doc {
  const { tables, predicate, output } = operator;
  const parts: Doc[] = [`find ${settingsText(operator.parameters)}`.trimEnd()];
  if (tables.length > 0) {
    const end = predicate?.span.start ?? operator.span.end;
    parts.push(concat(" ", bracketedList(printing, "in (", tableItems(printing, tables), ")", end)));
  }
  if (predicate !== null) {
    const where = tables.length > 0 || operator.parameters.length > 0 ? "where " : "";
    parts.push(concat(" ", where, printing.expression(predicate, binding.or)));
  }
  if (output !== null) parts.push(indent(concat(line, outputText(output))));
  return group(sequence(parts));
}

function outputText(output: NonNullable<FindOperator["output"]>): string {
  if (output.kind === "project") {
    const columns = output.columns.map(columnText);
    return `project ${[...columns, ...(output.pack ? ["pack(*)"] : [])].join(", ")}`;
  }
  const away = output.away.map((pattern) =>
    pattern.wildcard ? wildcardName(pattern.pattern) : plainName(pattern.pattern),
  );
  return away.length === 0 ? "project-smart" : `project-smart __projectAway ${away.join(", ")}`;
}

function columnText(column: FindColumn): string {
  const name = plainName(column.name.text);
  return column.type === null ? name : `${name}:${column.type}`;
}
