/**
 * A value of the search language as a test of texts: without case, each `*` any characters, also none. There is no way to mean a
 * star itself. (Search Reference: search command; Search Manual: "Wildcards", "Backslashes")
 */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const folded = fold(pattern);
  if (!folded.includes("*")) return (text) => fold(text) === folded;
  const parts = folded.split(/\*+/);
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const middle = parts.slice(1, -1);
  return (text) => {
    const folded = fold(text);
    if (folded.length < first.length + last.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;
    const end = folded.length - last.length;
    let at = first.length;
    for (const part of middle) {
      const found = folded.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** Texts that differ in case only are equal folded. */
export function fold(text: string): string {
  return text.toLowerCase();
}
