import type { Source } from "../diagnostics/source.ts";
import { displayWidth } from "../diagnostics/width.ts";
import { targets } from "../targets/registry.ts";
import type { BuiltFolder } from "./build-folder.ts";
import { fidelityStyles } from "./notes.ts";
import type { PortedRule } from "./port-rule.ts";
import { paint, type Terminal } from "./terminal.ts";
import { renderTable } from "./text-table.ts";

type Rows = ReadonlyMap<Source, number | null> | null;

/** Rule × target → how exact, with the rows found: as a table where the terminal is wide enough, else as a list. */
export function buildTable(built: BuiltFolder, rows: Rows, terminal: Terminal): string {
  const lines = built.rules.flatMap(({ file, ports }) => {
    const variants = [...new Set(ports.map((port) => port.variant))];
    return variants.map((variant) => ({
      title: variant === null ? file : `  ${variant}`,
      ports: ports.filter((port) => port.variant === variant),
    }));
  });
  const names = editionNames(lines.flatMap(({ ports }) => ports));
  const columns = [{ title: "rule" }, ...names.map((title) => ({ title })), ...(rows ? [rowsColumn] : [])];
  const cells = lines.map(({ title, ports }) => [
    title,
    ...names.map((name) => ports.find((port) => editionName(port) === name)?.fidelity ?? ""),
    ...(rows ? [rowCount(ports, rows)] : []),
  ]);
  const width = columns.reduce(
    (sum, column, i) => sum + 2 + Math.max(...[column.title, ...cells.map((row) => row[i] ?? "")].map(displayWidth)),
    -2,
  );
  const style = (text: string) => paintFidelity(text, terminal);
  if (width <= terminal.width) return renderTable(columns, cells, { width: terminal.width, style });
  return lines.map(({ title, ports }) => listEntry(title, ports, rows, terminal)).join("");
}

const rowsColumn = { title: "rows", align: "right" } as const;

function listEntry(title: string, ports: readonly PortedRule[], rows: Rows, terminal: Terminal): string {
  const count = rows === null ? null : rowCount(ports, rows);
  const head = count === null ? title : `${title}  ${count} ${count === "1" ? "row" : "rows"}`;
  const levels = (["exact", "approximate", "unsupported"] as const).filter((level) =>
    ports.some((port) => port.fidelity === level),
  );
  const body = levels.map((level) => {
    const names = ports.filter((port) => port.fidelity === level).map(editionName);
    return `${listIndent}${paintFidelity(level.padEnd(13), terminal)}${wrapped(names, terminal.width)}\n`;
  });
  return `${paint(terminal.outColor, "bold", head)}\n${body.join("")}`;
}

const listIndent = "    ";

/** Names with commas, broken into lines below each other where the terminal is narrow. */
function wrapped(names: readonly string[], width: number): string {
  const margin = " ".repeat(listIndent.length + 13);
  let text = "";
  let used = margin.length;
  for (const [i, name] of names.entries()) {
    const word = i < names.length - 1 ? `${name},` : name;
    const breaks = i > 0 && used + 1 + word.length > width;
    text += breaks ? `\n${margin}${word}` : `${i > 0 ? " " : ""}${word}`;
    used = breaks ? margin.length + word.length : used + word.length + (i > 0 ? 1 : 0);
  }
  return text;
}

/** A target, with the profile or flavour that it was emitted for. */
function editionName(port: PortedRule): string {
  const edition = port.profile ?? port.flavour;
  return edition === null || edition === port.target.id ? port.target.id : `${port.target.id}/${edition}`;
}

/** Names of all editions that occur, in the order of the registry; profiles of the user's own come last in their target. */
function editionNames(ports: readonly PortedRule[]): readonly string[] {
  const rank = ({ target, profile, flavour }: PortedRule): number => {
    const known: readonly string[] = [...target.profiles, ...target.flavours];
    const name = profile ?? flavour;
    const place = known.indexOf(name ?? "");
    return targets.indexOf(target) * 100 + (name !== null && place < 0 ? known.length : place);
  };
  return [...new Set([...ports].sort((a, b) => rank(a) - rank(b)).map(editionName))];
}

function rowCount(ports: readonly PortedRule[], rows: ReadonlyMap<Source, number | null>): string {
  const query = ports[0]?.query;
  return String((query === undefined ? null : rows.get(query)) ?? "–");
}

function paintFidelity(text: string, terminal: Terminal): string {
  const level = text.trim();
  if (level !== "exact" && level !== "approximate" && level !== "unsupported") return text;
  return paint(terminal.outColor, fidelityStyles[level], text);
}
