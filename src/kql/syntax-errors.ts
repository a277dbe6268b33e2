import type { IRecognitionException, IToken } from "#grammar/kql";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { describe } from "./syntax-message.ts";
import { contextOf, countBefore, isClosing } from "./token-context.ts";

/** More findings than these help nobody. */
const limit = 20;

/** One finding for each operator that has errors: the later ones in it follow from the first. */
export function reportSyntax(
  findings: Diagnostics,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
): void {
  if (errors.length === 0) return;
  const boundaries = tokens.filter((t) => t.image === "|" || t.image === ";").map((t) => t.startOffset);
  const segment = (offset: number): number => countBefore(boundaries, offset, (boundary) => boundary);
  const reported = new Set(findings.list.map((finding) => segment(finding.start)));
  for (const error of errors) {
    if (findings.list.length >= limit) return;
    const { span, message, hint } = describe(findings.text, tokens, error);
    const at = segment(span.end);
    const own = segment(span.start);
    if (reported.has(at) || reported.has(own)) continue;
    // what an earlier error left open is closed here
    if (reported.size > 0 && isClosing(error.token) && contextOf(findings.text, tokens, error.token).open !== undefined)
      continue;
    reported.add(at).add(own);
    findings.add("KQL001", span, message, hint);
  }
}
