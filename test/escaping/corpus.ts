/** Texts that could break out of their quotes somewhere, or be read back as something else. No two are equal, in whatever case. */
export const nasty: readonly string[] = [
  // quotes
  '"', "'", "`", '""', "''", '"""', "```", "a```b", `it's "so"`, `'"'"'`, `\\"`, `\\'`, '" | delete "', "' or '1'='1", "`macro`", "`macro(1)`",
  // backslashes
  "\\", "\\\\", "\\\\\\", "a\\", "a\\\\", "C:\\dir\\", "\\\\server\\share$", "\\n", "\\t \\u0041", "\\*", "\\\\*", "\\?", "\\\\?x", "\\|", 'x\\"y\\\\"z',
  // wildcards and patterns
  "*", "?", "%", "_", "a*b?c", "**", "50%_off", "[a-z]+", ".*", "(?i)x", "^a$", "a|b", "{1,2}", "\\d+", "(", ")", "[", "]", "\\Qx\\E", "a.b",
  // languages around it
  "|", "||", "a | b", "[ search x ]", "]]>", "</script>", "<!-- x -->", "*/", "/* x", "// x", "# x", "-- x", "; drop", "${x}", "{{x}}", "$token$", "$$", "%TEMP%",
  "&amp;", "@{x}", "x=1 OR y=2", "(a) NOT b", "NOT", "AND", "or", "in", "by", "x) | table y (",
  // YAML
  ": ", "- ", "a: b", "a #b", "key:", "? x", "! x", "& x", "!tag", "&anchor", "~", "null", "NULL ", "true", "no", "0x1", "1e3", "1_000", "007", "-1", ".inf", "2025-10-14",
  "12:30:45", "---", "...", "<<", "=", "[]", "{}", "> x", "|-", " leading", "trailing ", "  ",
  // control characters and line ends
  "a\nb", "\n", "a\r\nb", "\r", "a\tb", "\t", "a\u0000b", "\u0001", "\u001b[31m", "\u007f", "\u0085", "a\u2028b", "a\u2029b", "line\n\n  indented\n", "x\\\ny",
  // beyond ASCII
  "é", "e\u0301", "Straße", "ПРИВЕТ мир", "中文", "😀", "👨‍👩‍👧", "\u202eevil", "a\u200bb", "\ufeffx", "\u00a0", "İ", "ﬁ", "\ufffd", "𝓗ello",
  // long
  "ab\\\"*".repeat(1000),
];

/** Names that columns may have, and that mean something to JavaScript, KQL or SPL. */
export const nastyNames: readonly string[] = [
  ...nasty.filter((text) => text.length < 40),
  "__proto__", "constructor", "hasOwnProperty", "toString", "then", "class", "await", "this", "arguments", "row", "rows", "from", "events", "Schema", "now",
  "where", "count", "a-b", "x.y", "1", "$left", "by", "as", "NULL", "true", "AND",
].filter((name, i, all) => all.indexOf(name) === i);

/** A KQL literal for any text. */
export function kqlString(text: string): string {
  const inside = [...text].map((c) => {
    if (c === '"' || c === "\\") return `\\${c}`;
    if (c === "\n") return "\\n";
    if (c === "\r") return "\\r";
    if (c === "\t") return "\\t";
    if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u.test(c)) return [...c].map((unit) => unicodeEscape(unit)).join("");
    return c;
  });
  return `"${inside.join("")}"`;
}

function unicodeEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** What an operator finds, for texts whose case does not change their length. */
export const finds: Readonly<Record<string, (text: string, needle: string) => boolean>> = {
  "==": (text, needle) => text === needle,
  "=~": (text, needle) => fold(text) === fold(needle),
  contains: (text, needle) => fold(text).includes(fold(needle)),
  contains_cs: (text, needle) => text.includes(needle),
  startswith: (text, needle) => fold(text).startsWith(fold(needle)),
  endswith: (text, needle) => fold(text).endsWith(fold(needle)),
};

function fold(text: string): string {
  return [...text].map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join("");
}
