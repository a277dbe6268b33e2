export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Prints rows of a name and numbers under a header. */
export function table(header, rows) {
  const cells = [header, ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? number(cell) : cell)))];
  const widths = header.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  for (const row of cells) {
    const line = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}

function number(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2);
}
