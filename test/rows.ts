import type { Cell, Column } from "../src/index.ts";

/** Columns and rows, as results and as rows.json have them. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  /** The order of the rows counts. */
  readonly ordered?: boolean;
}

/** A table as lines that are equal where the tables are: bags by key, reals to nine digits, rows sorted where their order does not count. */
export function linesOf(table: Table, ordered: boolean): string[] {
  const lines = table.rows.map((row) =>
    JSON.stringify(row.map((cell, i) => comparable(cell as Cell, table.columns[i]?.type ?? "unknown"))),
  );
  return [table.columns.map((c) => `${c.name}: ${c.type}`).join(", "), ...(ordered ? lines : lines.sort())];
}

function comparable(cell: Cell | undefined, type: string): unknown {
  if (cell === undefined || cell === null) return null;
  switch (type) {
    case "real":
      return typeof cell === "number" ? Number(cell.toPrecision(9)) : cell;
    case "long":
    case "int":
    case "decimal":
      return String(cell);
    default:
      return sorted(cell);
  }
}

function sorted(cell: Cell): unknown {
  if (typeof cell === "bigint") return String(cell);
  if (typeof cell !== "object" || cell === null) return cell;
  if (Array.isArray(cell)) return cell.map(sorted);
  return Object.fromEntries(
    Object.entries(cell)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
