import type { TextPart } from "./rule.ts";

/**
 * Text as Sigma writes it: a backslash takes the meaning from a following `*`, `?` or backslash and stands for itself
 * elsewhere. So backslashes are doubled where the next character would read them, and throughout a run of several.
 */
export function escapeText(parts: readonly TextPart[]): string {
  return parts
    .map((part, index) => {
      if (typeof part !== "string") return part.wildcard;
      const beforeWildcard = index + 1 < parts.length;
      return part.replace(/\\+|[*?]/g, (found, at: number) => {
        if (!found.startsWith("\\")) return `\\${found}`;
        const next = part[at + found.length];
        const readsOn = next === undefined ? beforeWildcard : next === "*" || next === "?";
        return found.length > 1 || readsOn ? found + found : found;
      });
    })
    .join("");
}

/** Reads what `escapeText` writes, and the shorter forms that people write. */
export function unescapeText(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let literal = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === "\\" && (next === "\\" || next === "*" || next === "?")) {
      literal += next;
      at++;
    } else if (character === "*" || character === "?") {
      if (literal !== "") parts.push(literal);
      parts.push({ wildcard: character });
      literal = "";
    } else {
      literal += character;
    }
  }
  if (literal !== "") parts.push(literal);
  return parts;
}
