import type { Range, Rows } from "../../plan/nodes.ts";
import { binary, call, type EvalExpr, field, nullValue, number } from "../../spl/eval.ts";
import type { Command } from "../../spl/tree.ts";
import type { Code, Scope } from "./code.ts";
import { type Field, present } from "./columns.ts";
import { condition } from "./condition.ts";
import { type Context, temporaryField, Unsupported } from "./context.ts";
import { fieldOf } from "./extend.ts";
import type { Search } from "./search.ts";
import { value } from "./value.ts";

const most = 1000;

/** Rows written in the query: makeresults, and an eval that gives every row its values. */
export function emitRows(rows: Rows, context: Context): Search {
  if (rows.rows.length > most)
    throw new Unsupported("rows", "datatable", `more than ${most} rows; put them into a lookup`, rows.span);
  const scope: Scope = { fields: new Map<string, Field>(), context, condition };
  const codes = rows.rows.map((row) => row.map((cell) => ({ ...value(cell, scope), type: cell.type })));
  const count = rows.rows.length;
  const names = rows.columns.map((c) => c.name);
  const index = temporaryField(context, "row", names);
  const assignments = rows.columns.map((column, c) => ({
    field: column.name,
    value: choice(
      codes.map((row) => row[c]?.code ?? nullValue),
      index,
    ),
  }));
  const fields = new Map<string, Field>(
    rows.columns.map((column, c): [string, Field] => {
      const cells = codes.map((row) => row[c]);
      const known: Code = cells[0] ?? { code: nullValue, nullable: true, shape: "one" };
      const span = rows.span;
      return [
        column.name,
        fieldOf(
          { kind: "literal", value: null, type: column.type, span },
          { ...known, nullable: cells.some((cell) => cell?.nullable !== false) },
        ),
      ];
    }),
  );
  const commands: Command[] = [
    { kind: "makeresults", options: count === 1 ? [] : [{ kind: "option", name: "count", value: String(count) }] },
    ...(count > 1 ? [counting(index)] : []),
    ...(assignments.length === 0 ? [] : [{ kind: "eval", assignments } as const]),
    { kind: "table", fields: names },
  ];
  return { commands, fields, pending: [], whole: false, weight: null };
}

function counting(name: string): Command {
  return { kind: "streamstats", options: [], aggregations: [{ function: "count", argument: null, as: name }], by: [] };
}

/** The value of each row, by its number. */
function choice(values: readonly EvalExpr[], index: string): EvalExpr {
  const [first = nullValue] = values;
  const key = JSON.stringify(first);
  if (values.every((v) => JSON.stringify(v) === key)) return first;
  return call("case", ...values.flatMap((v, i) => [binary(field(index), "==", number(i + 1)), v]));
}

/** `range x from a to b step c` over numbers. */
export function emitRange(range: Range, context: Context): Search {
  const [column] = range.columns;
  const bounds = [range.from, range.to, range.step].map((e) =>
    e.kind === "literal" && typeof e.value === "number" ? e.value : null,
  );
  const [from, to, step] = bounds;
  if (column === undefined || from === null || from === undefined || to === null || to === undefined || !step) {
    throw new Unsupported("range", "range", "range needs constant numbers", range.span);
  }
  const count = Math.floor((to - from) / step) + 1;
  if (count < 1 || count > 50_000)
    throw new Unsupported("range", "range", "range makes none or more than 50,000 rows", range.span);
  const index = temporaryField(context, "row", [column.name]);
  const start = binary(number(from), "+", binary(binary(field(index), "-", number(1)), "*", number(step)));
  return {
    commands: [
      { kind: "makeresults", options: [{ kind: "option", name: "count", value: String(count) }] },
      counting(index),
      { kind: "eval", assignments: [{ field: column.name, value: start }] },
      { kind: "table", fields: [column.name] },
    ],
    fields: new Map([[column.name, present(column.type)]]),
    pending: [],
    whole: false,
    weight: null,
  };
}
