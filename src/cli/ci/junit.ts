import { toJson } from "../../diagnostics/findings.ts";
import { xmlText as xml } from "../../diagnostics/xml.ts";
import type { Inspection, RuleReport } from "./inspection.ts";

/** JUnit's XML: a suite for the project's files, and one for each rule with a test case for what was looked at. */
export function inspectionToJunit({ findings, rules }: Inspection): string {
  const json = findings.map(toJson);
  const failures = json.filter((f) => f.severity === "error" && f.code !== "CI004");
  const files = [...new Set([...failures.map((f) => f.file)])];
  const suites = [
    suite(
      "findings",
      (files.length === 0 ? ["all files"] : files).map((file) => ({
        name: file,
        failures: failures.filter((f) => f.file === file).map((f) => `${f.line}:${f.column} ${f.code}: ${f.message}`),
        skipped: null,
      })),
    ),
    ...rules.map((rule) => suite(rule.file, casesOf(rule))),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ruleport">\n${suites.join("")}</testsuites>\n`;
}

interface Case {
  readonly name: string;
  readonly failures: readonly string[];
  readonly skipped: string | null;
}

function casesOf({ comparisons }: RuleReport): readonly Case[] {
  if (comparisons.length === 0) return [{ name: "equivalence", failures: [], skipped: "the rule cannot be run here" }];
  return comparisons.map(({ output, verdict, counterexample }) => ({
    name: output,
    failures: verdict === "differs" ? [counterexample ?? "it finds something else than the rule"] : [],
    skipped: verdict === "skipped" ? "not compared" : null,
  }));
}

function suite(name: string, cases: readonly Case[]): string {
  const failed = cases.filter((c) => c.failures.length > 0).length;
  const skipped = cases.filter((c) => c.skipped !== null).length;
  const head = `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}">\n`;
  return `${head}${cases.map((c) => caseXml(name, c)).join("")}  </testsuite>\n`;
}

function caseXml(suiteName: string, { name, failures, skipped }: Case): string {
  const start = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}"`;
  if (skipped !== null) return `${start}><skipped message="${xml(skipped)}"/></testcase>\n`;
  if (failures.length === 0) return `${start}/>\n`;
  const first = failures[0]?.split("\n")[0] ?? "";
  return `${start}><failure message="${xml(first)}">${xml(failures.join("\n"))}</failure></testcase>\n`;
}
