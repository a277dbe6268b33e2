/** Columns that a line should not pass. */
export const width = 100;

/** The parts that are there, on one line. */
export function words(...parts: readonly string[]): string {
  return parts.filter((p) => p !== "").join(" ");
}

/** Parts after a command's name, on further lines where one is too short. */
export function fill(name: string, parts: readonly string[]): string {
  const flat = words(name, ...parts);
  if (flat.length + 2 <= width) return flat;
  const out: string[] = [];
  let line = name;
  for (const part of parts) {
    if (line.length + part.length + 3 > width) {
      out.push(line);
      line = `    ${part}`;
    } else line += ` ${part}`;
  }
  return [...out, line].join("\n");
}

/** A BY list, filled line by line. */
export function columns(fields: readonly string[], indent: number): string {
  const out: string[] = [];
  let line = "";
  for (const field of fields) {
    if (line !== "" && line.length + field.length + 1 > 84) {
      out.push(line);
      line = field;
    } else line = line === "" ? field : `${line} ${field}`;
  }
  return [...out, line].join(`\n${" ".repeat(indent)}`);
}

const quotedOrBreak = /\\["\\|]|"(?:[^"\\]|\\[\s\S])*"|```[\s\S]*?```|`[^`]*`|(?<![\w"])'(?:[^'\\]|\\[\s\S])*'|\n/g;

/** Further to the right, but for the line breaks that are part of a text. */
export function indented(spl: string, indent: number): string {
  return spl.replace(quotedOrBreak, (found) => (found === "\n" ? `\n${" ".repeat(indent)}` : found));
}
