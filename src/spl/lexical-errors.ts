import type { IToken } from "#grammar/spl";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";

/** Brackets inside each other; the parser and all later stages recurse over them. */
export const depthLimit = 100;

/** Texts and names without their end, and brackets nested too deep. False where the tokens must not be parsed. */
export function reportTokens(findings: Diagnostics, origin: (span: Span) => Span, tokens: readonly IToken[]): boolean {
  let depth = 0;
  let readable = true;
  for (const token of tokens) {
    const span = origin({ start: token.startOffset, end: token.startOffset + token.image.length });
    const unclosed = unclosedKinds[token.tokenType.name];
    if (unclosed !== undefined) {
      findings.add("SPL003", span, `this ${unclosed.what} is not closed`, unclosed.hint);
      readable = false;
    }
    switch (token.image.at(-1)) {
      case "(":
      case "[":
        if (!isBracket(token)) break;
        if (++depth <= depthLimit) break;
        findings.add("SPL004", span, `more than ${depthLimit} brackets inside each other`);
        return false;
      case ")":
      case "]":
        if (isBracket(token)) depth = Math.max(0, depth - 1);
        break;
    }
  }
  return readable;
}

function isBracket(token: IToken): boolean {
  return /^(?:eval\s*)?[([)\]]$/i.test(token.image);
}

const unclosedKinds: Readonly<Record<string, { readonly what: string; readonly hint: string }>> = {
  UnclosedString: { what: "text", hint: 'close it with "; a quote inside is written \\"' },
  UnclosedName: { what: "name", hint: "close it with '" },
  UnclosedMacro: { what: "macro", hint: "it is written `name` or `name(a, b)`" },
  UnclosedComment: { what: "comment", hint: "close it with ```" },
};
