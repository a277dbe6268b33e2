import { checkKql } from "../../check.ts";
import { type Finding, toJson } from "../../diagnostics/findings.ts";
import { renderDiagnostic } from "../../diagnostics/render.ts";
import { toSarif } from "../../diagnostics/sarif.ts";
import { warningPage } from "../../lint/pages.ts";
import { checkDeployment } from "../../rules/check-deployment.ts";
import { withSeverities } from "../../rules/project.ts";
import { queriesOf } from "../../rules/rule.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { findingsIn, hasErrors, loadRule } from "../load-rule.ts";
import { packageVersion } from "../package-version.ts";
import { loadProject } from "../project-file.ts";
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
    if (rule === null) continue;
    if (rule.language === "spl") {
      const { parseSplText } = await import("../../spl/parse.ts");
      all.push(
        ...findingsIn(rule.query, parseSplText(rule.query.text, macros === undefined ? {} : { macros }).diagnostics),
      );
      continue;
    }
    all.push(...findingsIn(file, checkDeployment(rule, file.text)));
    const inQueries = queriesOf(rule).flatMap(({ query, rule: own }) =>
      findingsIn(query, checkKql(query.text, { schemas, rule: own })),
    );
    all.push(...distinct(inQueries));
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

/** A finding in what variants share is one finding. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { line, column, code, message } = toJson(finding);
    const key = `${line}:${column} ${code} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function summary(findings: readonly Finding[], files: number): string {
  const counted = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((f) => f.diagnostic.severity === severity).length;
    return count === 0 ? [] : [count === 1 || severity === "info" ? `${count} ${severity}` : `${count} ${severity}s`];
  });
  return `${counted.join(", ") || "no findings"} in ${files} ${files === 1 ? "file" : "files"}`;
}
