/**
 * A tree of plain data as an indented outline, one node a line: its `kind` or `name`, its plain fields, then its
 * children under their field names. Fields named in `hidden` are left out.
 */
export function outline(value: unknown, hidden: ReadonlySet<string> = new Set(["span"])): string {
  const lines: string[] = [];
  write(value, "", 0);
  return lines.map((line) => `${line}\n`).join("");

  function write(node: unknown, label: string, depth: number): void {
    const indent = "  ".repeat(depth) + label;
    if (!isNode(node)) {
      lines.push(`${indent}${plain(node)}`);
      return;
    }
    const entries = Object.entries(node).filter(([key]) => !hidden.has(key));
    const kind = "kind" in node ? plain(node.kind) : "";
    const fields = entries.filter(([key, field]) => key !== "kind" && isShort(field));
    const text = fields.map(([key, field]) => `${key}=${plain(field, true)}`);
    lines.push(`${indent}${[kind, ...text].filter((part) => part !== "").join(" ")}`.trimEnd());
    for (const [key, field] of entries) {
      if (key === "kind" || isShort(field)) continue;
      if (Array.isArray(field)) {
        for (const [index, item] of field.entries())
          write(item, key === "children" ? "" : `${key}[${index}]: `, depth + 1);
      } else {
        write(field, `${key}: `, depth + 1);
      }
    }
  }
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isShort(value: unknown): boolean {
  return !isNode(value) || Object.keys(value).length === 0;
}

function plain(value: unknown, quoted = false): string {
  if (typeof value === "string") return quoted ? JSON.stringify(value) : value;
  if (Array.isArray(value)) return "[]";
  return isNode(value) ? "{}" : String(value);
}
