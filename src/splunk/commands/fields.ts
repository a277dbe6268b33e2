import { expandNames, fieldNames, isInternal, namePattern, put, type Row } from "../row.ts";
import type { Run } from "./run.ts";

/** Keeps the listed fields only, as columns in this order. (Search Reference: table) */
export const runTable: Run<"table"> = ({ fields }, input) => {
  const order = expandNames(fields, [...fieldNames(input)].sort());
  const rows = input.rows.map((old) => {
    const row: Row = new Map();
    for (const name of order) put(row, name, old.get(name));
    return row;
  });
  return { rows, order };
};

/** Keeps or removes fields; `_time` and other internal ones go only if they are named. (Search Reference: fields) */
export const runFields: Run<"fields"> = ({ mode, fields }, input) => {
  if (mode === "-") {
    const tests = fields.map((f) => ({ internal: isInternal(f), expression: namePattern(f) }));
    const drops = (name: string): boolean =>
      tests.some((t) => t.expression.test(name) && (t.internal || !isInternal(name)));
    for (const row of input.rows) for (const name of row.keys()) if (drops(name)) row.delete(name);
    return { rows: input.rows, order: input.order.filter((name) => !drops(name)) };
  }
  const order = expandNames(fields, fieldNames(input));
  const kept = new Set(order);
  for (const row of input.rows)
    for (const name of row.keys()) if (!kept.has(name) && !isInternal(name)) row.delete(name);
  return { rows: input.rows, order };
};
