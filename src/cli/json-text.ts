/** A value as JSON; bigint as a number with all its digits, which JSON.stringify refuses. */
export function jsonText(value: unknown, indent = 0): string {
  return write(value, indent, "");
}

function write(value: unknown, indent: number, margin: string): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = indent > 0 ? `${margin}${" ".repeat(indent)}` : "";
  const entries = Array.isArray(value)
    ? value.map((item) => write(item, indent, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}:${indent > 0 ? " " : ""}${write(item, indent, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (entries.length === 0) return `${open}${close}`;
  if (indent === 0) return `${open}${entries.join(",")}${close}`;
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${margin}${close}`;
}
