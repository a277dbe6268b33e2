import { bagOf, type Dynamic, type DynamicArray, isArray, isBag, type Value } from "../types/value.ts";
import { type ColumnType, castElement, missing } from "./columns.ts";
import { put } from "./put.ts";
import type { PlainRow } from "./summarize.ts";

export interface ExpandOptions {
  /** Types of the expanded columns, dynamic for the others. */
  readonly as?: Readonly<Record<string, ColumnType>>;
  /** What a property bag expands to: bags of one key, or `[key, value]` arrays. */
  readonly kind?: "bag" | "array";
  /** Name of a column for the element's place, from 0. */
  readonly index?: string;
  /** At most so many elements of a row. */
  readonly limit?: Value;
}

/**
 * The rows that a row expands to: one per element of the arrays, side by side, shorter ones padded with null. A null or single value gives
 * one row, an empty array or bag none. (mv-expand-operator)
 */
export function expandRow(row: object, values: PlainRow, options: ExpandOptions): readonly PlainRow[] {
  const columns = Object.entries(values).map(([name, value]) => ({
    name,
    type: options.as?.[name] ?? ("dynamic" as const),
    elements: elementsOf(value, options.kind ?? "bag"),
  }));
  const length = Math.max(0, ...columns.map(({ elements }) => elements.length));
  const limit = typeof options.limit === "number" ? Math.min(length, options.limit) : length;
  return Array.from({ length: limit }, (_, i) => {
    const expanded: Record<string, Value> = { ...row };
    for (const { name, type, elements } of columns) {
      const element = elements[i];
      put(expanded, name, element === undefined ? missing(type) : cast(element, type));
    }
    if (options.index !== undefined) put(expanded, options.index, i);
    return expanded;
  });
}

const cast = (element: Dynamic, type: ColumnType): Value =>
  type === "dynamic" || type === "unknown" ? element : castElement(element, type);

function elementsOf(value: Value, kind: "bag" | "array"): DynamicArray {
  if (isArray(value)) return value;
  if (!isBag(value)) return [value];
  return Object.entries(value).map((entry) => (kind === "array" ? entry : bagOf([entry])));
}
