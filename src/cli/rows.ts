import { displayWidth } from "../diagnostics/width.ts";
import type { Cell } from "../runtime/cell.ts";
import type { Column } from "../types/scalar-type.ts";
import { jsonText } from "./json-text.ts";
import type { Terminal } from "./terminal.ts";
import { renderTable } from "./text-table.ts";

export const rowFormats = ["table", "json", "jsonl", "csv"] as const;
export type RowFormat = (typeof rowFormats)[number];

/** Takes result rows one after another and writes them in one of the formats. */
export interface RowWriter {
  row(row: readonly Cell[]): Promise<void>;
  end(): Promise<void>;
}

export function rowWriter(format: RowFormat, columns: readonly Column[], terminal: Terminal): RowWriter {
  switch (format) {
    case "table":
      return tableWriter(columns, terminal);
    case "json":
      return jsonWriter(columns, terminal);
    case "jsonl":
      return {
        row: (row) => terminal.out(`${jsonText(record(columns, row))}\n`),
        end: async () => {},
      };
    case "csv":
      return csvWriter(columns, terminal);
  }
}

function tableWriter(columns: readonly Column[], terminal: Terminal): RowWriter {
  const rows: string[][] = [];
  return {
    row: async (row) => {
      rows.push(row.map(cellText));
    },
    end: () => {
      // A table of events has many columns that nothing fills; a terminal has no room for them.
      const narrow = columns.reduce((sum, column) => sum + displayWidth(column.name) + 2, -2) > terminal.width;
      const shown = columns.map((_, i) => !narrow || rows.some((row) => row[i] !== ""));
      const hidden = rows.length === 0 ? 0 : shown.filter((yes) => !yes).length;
      if (hidden > 0) terminal.err(`${hidden} columns without a value are not shown\n`);
      const kept = <T>(list: readonly T[]) => (hidden === 0 ? list : list.filter((_, i) => shown[i]));
      const titles = columns.map((column) => ({
        title: column.name,
        align: ["int", "long", "real", "decimal"].includes(column.type) ? ("right" as const) : ("left" as const),
      }));
      return terminal.out(renderTable(kept(titles), rows.map(kept), { width: terminal.width }));
    },
  };
}

/** `{ "columns": [{ "name", "type" }], "rows": [{ … }] }` */
function jsonWriter(columns: readonly Column[], terminal: Terminal): RowWriter {
  let opened = false;
  const open = (first: string) => {
    const lead = opened ? "," : `{"columns":${jsonText(columns.map(({ name, type }) => ({ name, type })))},\n"rows":[`;
    opened = true;
    return terminal.out(lead + first);
  };
  return {
    row: (row) => open(`\n${jsonText(record(columns, row))}`),
    end: async () => {
      if (!opened) await open("");
      await terminal.out("\n]}\n");
    },
  };
}

/** RFC 4180, but with line feeds alone: quoted where needed, null and "" alike empty. */
function csvWriter(columns: readonly Column[], terminal: Terminal): RowWriter {
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
  let headed = false;
  const head = () => {
    const text = headed ? "" : line(columns.map((column) => column.name));
    headed = true;
    return text;
  };
  return {
    row: (row) => terminal.out(head() + line(row.map(cellText))),
    end: () => terminal.out(head()),
  };
}

function record(columns: readonly Column[], row: readonly Cell[]): object {
  return Object.fromEntries(columns.map((column, i) => [column.name, row[i] ?? null]));
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "string" ? cell : jsonText(cell);
}
