import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Finding } from "../diagnostics/findings.ts";
import { renderDiagnostic } from "../diagnostics/render.ts";
import type { Source } from "../diagnostics/source.ts";
import { readRule } from "../rules/read.ts";
import type { Rule } from "../rules/rule.ts";
import { exitCodes, Failure } from "./failure.ts";
import { readText } from "./read-text.ts";
import type { Terminal } from "./terminal.ts";

export interface LoadedRule {
  /** null where the file has a wrong form; `findings` then say why. */
  readonly rule: Rule | null;
  /** The file as a whole. */
  readonly file: Source;
  readonly findings: readonly Finding[];
}

/** Reads a rule file or a bare query. @throws Failure where there is no text to read. */
export async function loadRule(path: string): Promise<LoadedRule> {
  const file = await readText(path);
  const { rule, diagnostics } = readRule(file.text, file.name);
  return { rule, file, findings: findingsIn(file, diagnostics) };
}

/** One of a rule's queries. @throws Failure for a file of a wrong form, after its findings are written. */
export async function loadQuery(
  path: string,
  variant: string | undefined,
  terminal: Terminal,
): Promise<{ readonly rule: Rule; readonly query: Source }> {
  const { rule, findings } = await loadRule(path);
  writeFindings(findings, terminal);
  if (rule === null) throw new Failure(`${path} is not a rule`, { exitCode: exitCodes.findings });
  if (variant === undefined) return { rule, query: rule.query };
  const found = rule.variants.find((v) => v.name === variant);
  if (found !== undefined) return { rule, query: found.query };
  const names = rule.variants.map((v) => v.name).join(", ");
  throw new Failure(`${path} has no variant ${JSON.stringify(variant)}`, {
    hint: names === "" ? "it has no variants at all" : `its variants are ${names}`,
  });
}

export function findingsIn(source: Source, diagnostics: readonly Diagnostic[]): Finding[] {
  return diagnostics.map((diagnostic) => ({ source, diagnostic }));
}

/** Writes findings for people to standard error. */
export function writeFindings(findings: readonly Finding[], terminal: Terminal): void {
  for (const { source, diagnostic } of findings) {
    const options = { color: terminal.errColor, width: terminal.errWidth };
    terminal.err(`${renderDiagnostic(source, diagnostic, options)}\n`);
  }
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ diagnostic }) => diagnostic.severity === "error");
}
