import { clip, displayWidth, visible } from "../diagnostics/width.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

export interface TableOptions {
  /** Cells of a line; Infinity for no limit. */
  readonly width: number;
  /** Styles a finished cell, padding included; for colour. `row` is -1 for the titles. */
  readonly style?: (text: string, row: number, column: number) => string;
}

const gap = "  ";
const narrowest = 8;

/**
 * Rows as aligned columns that fit the width: the widest columns are cut first. Where even short columns do not fit side
 * by side, every row is written as a block of `name  value` lines. Ends with a line break.
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string {
  const cells = rows.map((row) => columns.map((_, i) => visible(row[i] ?? "")));
  const titles = columns.map((column) => visible(column.title));
  const natural = columns.map((_, i) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[i] ?? "")), displayWidth(titles[i] ?? "")),
  );
  const room = options.width - gap.length * (columns.length - 1);
  const least = natural.reduce((sum, width) => sum + Math.min(width, narrowest), 0);
  if (least > room) return renderBlocks(titles, cells, options);
  const widths = shareOut(natural, room);
  const style = options.style ?? ((text: string) => text);
  const line = (row: readonly string[], index: number) =>
    widths
      .map((width, i) => {
        const text = clip(row[i] ?? "", width);
        const blank = " ".repeat(Math.max(0, width - displayWidth(text)));
        const last = i === widths.length - 1;
        if (columns[i]?.align === "right") return blank + style(text, index, i);
        return style(text, index, i) + (last ? "" : blank);
      })
      .join(gap)
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join(gap);
  return [line(titles, -1), rule, ...cells.map(line)].map((text) => `${text}\n`).join("");
}

/** Takes cells from the widest columns until all fit, as evenly as can be. */
function shareOut(natural: readonly number[], room: number): readonly number[] {
  if (natural.reduce((sum, width) => sum + width, 0) <= room) return natural;
  let low = narrowest;
  let high = Math.max(...natural);
  while (low < high) {
    const cap = Math.ceil((low + high) / 2);
    if (natural.reduce((sum, width) => sum + Math.min(width, cap), 0) <= room) low = cap;
    else high = cap - 1;
  }
  return natural.map((width) => Math.min(width, low));
}

function renderBlocks(titles: readonly string[], cells: readonly (readonly string[])[], options: TableOptions): string {
  const style = options.style ?? ((text: string) => text);
  const nameWidth = Math.min(Math.max(...titles.map(displayWidth)), Math.max(narrowest, Math.floor(options.width / 2)));
  const valueWidth = Math.max(narrowest, options.width - nameWidth - gap.length);
  let text = "";
  for (const [index, row] of cells.entries()) {
    text += `${clip(`── row ${index + 1} ${"─".repeat(nameWidth)}`, options.width)}\n`;
    for (const [i, value] of row.entries()) {
      if (value === "") continue;
      const name = clip(titles[i] ?? "", nameWidth);
      const blank = " ".repeat(nameWidth - displayWidth(name));
      text += `${style(name, -1, i)}${blank}${gap}${style(clip(value, valueWidth), index, i)}\n`;
    }
  }
  return text;
}
