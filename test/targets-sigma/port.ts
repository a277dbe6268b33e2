import type { RuleInfo } from "../../src/plan/emission.ts";
import { transpile } from "../../src/transpile.ts";

/** A query as Sigma, and for every note the part of the query that it is about. */
export function port(query: string, info: RuleInfo = { name: "T" }) {
  const { text, notes, fidelity, diagnostics } = transpile(query, { to: "sigma", info });
  const error = diagnostics.find((d) => d.severity === "error");
  if (error !== undefined) throw new Error(`${error.message}: ${query}`);
  const located = notes.map((n) => ({
    level: n.level,
    message: n.message,
    source: query.slice(n.span.start, n.span.end),
  }));
  return { text, notes: located, fidelity };
}

/** The lines of the detection, without their indentation by four. */
export function detectionOf(text: string): string {
  const [, block = ""] = /^detection:\n((?: {4}.*\n)*)/m.exec(text) ?? [];
  return block.replaceAll(/^ {4}/gm, "");
}
