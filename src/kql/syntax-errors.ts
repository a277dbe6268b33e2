import type { IRecognitionException, IToken } from "#grammar/kql";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { describe } from "./syntax-message.ts";
import { contextOf, countBefore, isClosing } from "./token-context.ts";

/** More findings than these help nobody. */
const limit = 20;

/** Reports what does not fit the grammar. An operator with a wrong character or literal has its finding already. */
export function reportSyntax(
  findings: Diagnostics,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
): void {
  if (errors.length === 0) return;
  const boundaries = tokens.filter((t) => t.image === "|" || t.image === ";").map((t) => t.startOffset);
  const segment = (offset: number): number => countBefore(boundaries, offset, (boundary) => boundary);
  const reported = new Set(findings.list.map((finding) => segment(finding.start)));
  errors.forEach((error, i) => {
    const { span, message, hint } = describe(findings.text, tokens, error);
    if (findings.list.length >= limit || reported.has(segment(span.end)) || reported.has(segment(span.start))) return;
    // what an earlier error left open is closed here
    if (i > 0 && isClosing(error.token) && contextOf(findings.text, tokens, error.token).open !== undefined) return;
    findings.add("KQL001", span, message, hint);
  });
}
