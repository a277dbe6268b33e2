import type { ILexingError, IToken } from "#grammar/kql";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";

/** Brackets inside each other; the parser and all later stages recurse over them. */
export const depthLimit = 100;

/** Characters that start no token. A run of them is one finding. */
export function reportCharacters(findings: Diagnostics, errors: readonly ILexingError[]): void {
  for (const error of errors.slice(0, 20)) {
    const span = { start: error.offset, end: error.offset + error.length };
    const shown = [...findings.text.slice(span.start, Math.min(span.end, span.start + 20))].join("");
    findings.add("KQL002", span, `\`${printable(shown)}\` is not part of the language here`, characterHint(shown));
  }
}

function characterHint(shown: string): string | undefined {
  if (/[“”„‘’]/.test(shown)) return 'write a string in straight quotes, "…"';
  if (shown.startsWith("`")) return "a name with other letters stands in ['…']";
  if (shown.startsWith("&")) return "`and` joins two conditions";
  if (shown.startsWith("!")) return "`not(…)` negates a condition";
  if (/^\p{L}/u.test(shown)) return "a name with other letters than a–z stands in ['…']";
  return undefined;
}

function printable(text: string): string {
  return text.replace(
    /[\p{C}\p{Z}]/gu,
    (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** `#` begins a line for a client program, which stands before the query. */
export function reportDirectives(
  findings: Diagnostics,
  directives: readonly IToken[],
  first: IToken | undefined,
): void {
  for (const token of directives) {
    const start = token.startOffset;
    const line = findings.text.slice(findings.text.lastIndexOf("\n", start - 1) + 1, start);
    if (line.trim() === "" && (first === undefined || start < first.startOffset)) continue;
    findings.add(
      "KQL002",
      { start, end: start + 1 },
      "`#` is not part of the language here",
      "a comment starts with //",
    );
    return;
  }
}

/** Strings without their end, and brackets nested too deep. False where the tokens must not be parsed. */
export function reportTokens(findings: Diagnostics, tokens: readonly IToken[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    switch (token.tokenType.name) {
      case "LeftParen":
      case "LeftBracket":
      case "LeftBrace":
        if (++depth > depthLimit) {
          const span = { start: token.startOffset, end: token.startOffset + 1 };
          findings.add(
            "KQL004",
            span,
            `more than ${depthLimit} brackets inside each other`,
            "split the query with `let`",
          );
          return false;
        }
        break;
      case "RightParen":
      case "RightBracket":
      case "RightBrace":
        depth = Math.max(0, depth - 1);
        break;
      case "UnclosedString":
        unclosed(findings, token);
        break;
    }
  }
  return true;
}

function unclosed(findings: Diagnostics, token: IToken): void {
  const opening = /^[hH]?(?:```|~~~|@?["'])/.exec(token.image)?.[0] ?? '"';
  const quote = opening.replace(/^[hH]?@?/, "");
  const span = { start: token.startOffset, end: token.startOffset + token.image.length };
  const hint =
    quote.length === 3
      ? `close it with ${quote}`
      : `close it with ${quote} on the same line; a string over several lines stands in \`\`\``;
  const verbatim = !opening.includes("@") && token.image.endsWith(`\\${quote}`);
  findings.add(
    "KQL003",
    span,
    "this string is not closed",
    verbatim ? `\`\\${quote}\` does not end a string: write the backslash twice, or @${quote}…${quote}` : hint,
  );
}
