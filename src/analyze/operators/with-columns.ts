import type { Column } from "../../types/scalar-type.ts";

/** Columns, and behind them those of others that have other names. */
export function withColumns(columns: readonly Column[], others: readonly Column[]): readonly Column[] {
  return [...columns, ...others.filter((o) => !columns.some((c) => c.name === o.name))];
}
