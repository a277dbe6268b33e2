/**
 * A value of the search language as a test of texts: without case, each `*` any characters, also none. There is no way to mean a
 * star itself. (Search Reference: search command; Search Manual: "Wildcards", "Backslashes")
 */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const wanted = fold(pattern);
  if (!wanted.includes("*")) return (text) => fold(text) === wanted;
  const parts = wanted.split(/\*+/);
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const middle = parts.slice(1, -1);
  return (text) => {
    const found = fold(text);
    if (found.length < first.length + last.length || !found.startsWith(first) || !found.endsWith(last)) return false;
    const end = found.length - last.length;
    let at = first.length;
    for (const part of middle) {
      const next = found.indexOf(part, at);
      if (next < 0 || next + part.length > end) return false;
      at = next + part.length;
    }
    return true;
  };
}

const folded = new Map<string, string>();

/** Texts that differ in case only are equal folded. Rules ask for the same texts again and again, so the last ones are kept. */
export function fold(text: string): string {
  if (text.length < 16) return text.toLowerCase();
  let found = folded.get(text);
  if (found === undefined) {
    found = text.toLowerCase();
    if (folded.size >= 20_000) folded.clear();
    folded.set(text, found);
  }
  return found;
}
