import type { Relation, Window } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { call, columnRef, literal } from "../values.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/** `narrow()`: a row for every cell: the number of its row from 0, its column and its text. (narrow-plugin) */
export function narrow({ input, span }: RunnablePlugin): Relation {
  const row: Column = { name: "Row", type: "long" };
  const numbered: Window = {
    kind: "window",
    input: { kind: "window", input, values: [], columns: input.columns, span },
    values: [{ name: "Row", function: "row_number", args: [literal("long", 0, span)], type: "long", span }],
    columns: [...input.columns.filter((c) => c.name !== "Row"), row],
    span,
  };
  const cells = input.columns.map((c) =>
    c.type === "string" ? columnRef(c, span) : call("tostring", [columnRef(c, span)], "string", span),
  );
  const names = input.columns.map((c) => c.name);
  const values = [
    { name: "Row", value: columnRef(row, span) },
    { name: "Column", value: literal("dynamic", names, span) },
    { name: "Value", value: call("pack_array", cells, "dynamic", span) },
  ];
  const packed: Relation = {
    kind: "project",
    input: numbered,
    values,
    keyword: "project",
    columns: values.map((v) => ({ name: v.name, type: v.value.type })),
    span: { start: span.end, end: span.end },
  };
  const columns: Column[] = [row, { name: "Column", type: "string" }, { name: "Value", type: "string" }];
  return {
    kind: "expand",
    input: packed,
    values: ["Column", "Value"].map((name) => ({
      name,
      type: "string",
      value: columnRef({ name, type: "dynamic" }, span),
    })),
    bagExpansion: "bag",
    indexColumn: null,
    limit: null,
    columns,
    span,
  };
}
