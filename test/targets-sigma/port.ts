import { analyze } from "../../src/analyze/index.ts";
import { fidelityOf } from "../../src/diagnostics/fidelity.ts";
import { applyProfile } from "../../src/fields/apply-profile.ts";
import { knownProfile } from "../../src/fields/profiles.ts";
import { parseKqlText } from "../../src/kql/parse.ts";
import type { RuleInfo } from "../../src/plan/emission.ts";
import { foldConstants } from "../../src/rewrite/fold-constants.ts";
import { inlineLets } from "../../src/rewrite/inline-lets.ts";
import { pruneLets } from "../../src/rewrite/prune-lets.ts";
import { schemasOf } from "../../src/schemas/declared.ts";
import { emitSigma } from "../../src/targets/sigma/index.ts";

/** A query as Sigma, by the steps that Sigma takes. */
export function port(text: string, info: RuleInfo = { name: "T" }) {
  const parsed = parseKqlText(text);
  if (!parsed.query) throw new Error(parsed.diagnostics.map((d) => d.message).join("; "));
  const { plan, diagnostics } = analyze(parsed.query, text, schemasOf(undefined));
  if (!plan) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const profile = knownProfile("sigma");
  if (!profile) throw new Error("there is no profile sigma");
  const mapped = applyProfile(pruneLets(foldConstants(inlineLets(plan))), profile);
  const emission = emitSigma(foldConstants(mapped.plan), { info, query: text });
  const notes = emission.notes.map((n) => ({
    level: n.level,
    message: n.message,
    source: text.slice(n.span.start, n.span.end),
  }));
  return { text: emission.text, notes, fidelity: fidelityOf(emission.notes) };
}

/** The lines of the detection, without their indentation by four. */
export function detectionOf(text: string): string {
  const [, block = ""] = /^detection:\n((?: {4}.*\n)*)/m.exec(text) ?? [];
  return block.replaceAll(/^ {4}/gm, "");
}
