import { type Finding, toJson } from "../../diagnostics/findings.ts";
import { renderDiagnostic } from "../../diagnostics/render.ts";
import { toSarif } from "../../diagnostics/sarif.ts";
import { warningPage } from "../../lint/pages.ts";
import { withSeverities } from "../../rules/project.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { hasErrors, loadRule } from "../load-rule.ts";
import { packageVersion } from "../package-version.ts";
import { loadProject } from "../project-file.ts";
import { ruleFindings } from "../rule-findings.ts";
import { loadSchemas } from "../schema-files.ts";
import { loadMacros } from "../spl-file.ts";
import type { Terminal } from "../terminal.ts";

export interface CheckOptions {
  readonly format: "text" | "json" | "sarif";
  readonly schema?: readonly string[];
  readonly macroFile?: readonly string[];
  readonly strict?: boolean;
}

/** Reports what is wrong with rules, their variants included. Findings below an error fail in strict mode alone, notes never. */
export async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const project = await loadProject(".", terminal);
  const schemas = await loadSchemas([...project.schemas, ...(options.schema ?? [])]);
  const macros = await loadMacros([...project.macros, ...(options.macroFile ?? [])]);
  const all: Finding[] = [];
  for (const path of paths) {
    const { rule, file, findings: found } = await loadRule(path);
    all.push(...found);
    if (rule !== null) all.push(...ruleFindings(rule, file, { schemas, macros }));
  }
  const findings = withSeverities(all, project.severity);
  await write(findings, options.format, terminal);
  if (options.format === "text") terminal.err(`${summary(findings, paths.length)}\n`);
  const warned = options.strict === true && findings.some((f) => f.diagnostic.severity === "warning");
  return warned || hasErrors(findings) ? exitCodes.findings : exitCodes.fine;
}

function write(findings: readonly Finding[], format: CheckOptions["format"], terminal: Terminal): Promise<void> {
  switch (format) {
    case "text": {
      const options = { color: terminal.outColor, width: Math.min(terminal.width, 160) };
      return terminal.out(findings.map((f) => `${renderDiagnostic(f.source, f.diagnostic, options)}\n`).join(""));
    }
    case "json":
      return terminal.out(`${jsonText({ findings: findings.map(toJson) }, 2)}\n`);
    case "sarif":
      return terminal.out(`${jsonText(toSarif(findings, packageVersion(), warningPage), 2)}\n`);
  }
}

function summary(findings: readonly Finding[], files: number): string {
  const counted = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((f) => f.diagnostic.severity === severity).length;
    return count === 0 ? [] : [count === 1 || severity === "info" ? `${count} ${severity}` : `${count} ${severity}s`];
  });
  return `${counted.join(", ") || "no findings"} in ${files} ${files === 1 ? "file" : "files"}`;
}
