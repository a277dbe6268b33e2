/**
 * Quoting, one function for each place of SPL where a text may stand. A double-quoted text has one unescape pass, in which only
 * `\\`, `\"` and (in search) `\|` mean anything; every other backslash stays. (Search Manual: "Backslashes")
 */

/** A double-quoted text. */
export function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/**
 * A double-quoted regular expression. Its own escapes such as `\d` and `\.` survive the unescape pass as they are and stay
 * readable; a literal backslash, `\\` in the expression, is written with four.
 */
export function quotedRegex(pattern: string): string {
  const body = pattern.replace(/\\([\s\S]?)|"/g, (found, escaped: string | undefined) => {
    if (found === '"') return '\\"';
    if (escaped === undefined || escaped === "") return "\\\\";
    if (escaped === "\\") return "\\\\\\\\";
    if (escaped === '"') return '\\\\\\"';
    return /[\w.*+?()[\]{}^$/#%&~:;,<>=!@' -]/.test(escaped) ? found : `\\\\${escaped}`;
  });
  return `"${body}"`;
}

const evalWords = new Set(["and", "or", "not", "xor", "in", "like", "true", "false", "null", "as", "by", "where"]);
const searchWords = new Set([
  "and",
  "or",
  "not",
  "xor",
  "in",
  "as",
  "by",
  "groupby",
  "over",
  "where",
  "output",
  "outputnew",
  "sortby",
  "from",
  "with",
  "eval",
]);

/** A field in eval and where; any but plain names in single quotes, or they would read as an expression. */
export function evalField(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name) && !evalWords.has(name.toLowerCase())) return name;
  return `'${name.replace(/['\\]/g, "\\$&")}'`;
}

/** The field that eval sets; what stands for another field in its name, `{f}` or `<<FIELD>>`, is written without quotes. */
export function assignedField(name: string): string {
  if (/^\w*(?:\{\w+\}|<<\w+>>)\w*$/.test(name)) return name;
  return /^[A-Za-z_]\w*$/.test(name) && !evalWords.has(name.toLowerCase()) ? name : quoted(name);
}

/** A field in any other command; `*` is a wildcard where the command has them. A number would read as a count. */
export function commandField(name: string): string {
  return /^[\w.{}:*][\w.{}:*-]*$/.test(name) && !/^\d+$/.test(name) && !isWord(name) ? name : quoted(name);
}

/** Means more than itself in some command. */
function isWord(text: string): boolean {
  return searchWords.has(text.toLowerCase());
}

/** A word of the search language; with any but these characters it stands in quotes. */
export function isBareTerm(text: string): boolean {
  return /^[\w*.:/@%$#{}+~&?;-]+$/.test(text) && !isWord(text);
}

/** A value in the search language: whole numbers and a lone `*` need no quotes; `007` and `1.0` are texts more often than not. */
export function searchValue(value: string, field = ""): string {
  if (/^(?:_index_)?(?:earliest|latest)$/.test(field) && /^[\w@+-]+$/.test(value) && !isWord(value)) return value;
  return /^(?:0|[1-9]\d*|\*)$/.test(value) ? value : quoted(value);
}

/** The value of a command's option. */
export function optionValue(value: string): string {
  return /^[\w.:@+{}-]+$/.test(value) && !isWord(value) ? value : quoted(value);
}
