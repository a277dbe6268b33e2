import { join } from "node:path";
import { type Code, Diagnostics } from "../../diagnostics/diagnostic.ts";
import type { Finding } from "../../diagnostics/findings.ts";
import { noSpan, type Source, type Span } from "../../diagnostics/source.ts";
import { type Project, withSeverities } from "../../rules/project.ts";
import { QueryError } from "../../run.ts";
import { NotRunnable } from "../../targets/typescript/execute.ts";
import { type Comparison, counterexampleText, type VerifyOptions, verify } from "../../verify/index.ts";
import { type BuiltFolder, type BuiltRule, buildFolder } from "../build-folder.ts";
import type { PortedRule, PortOptions } from "../port-rule.ts";
import { driftOf } from "../write-folder.ts";
import { type Baseline, type BaselineRule, baselineOf } from "./baseline.ts";
import type { ComparisonReport, FidelityChange, Inspection, Problem, RuleReport } from "./inspection.ts";

export interface InspectOptions extends PortOptions {
  /** A commit to compare with, instead of the output folder as it is. */
  readonly base: string | null;
  readonly verify: VerifyOptions;
  /** Told of each rule before it is looked at. */
  readonly onRule?: (file: string) => void;
}

/** Checks and builds a project, and holds its rules against their outputs and against what they were. */
export async function inspect(project: Project, options: InspectOptions): Promise<Inspection> {
  const built = await buildFolder(project.rules, options);
  const baseline = await baselineOf(project.out, options.base);
  const findings: Problem[] = [
    ...built.findings.filter(({ diagnostic }) => diagnostic.severity === "error"),
    ...(await driftFindings(project, built)),
  ];
  const rules: RuleReport[] = [];
  for (const rule of built.rules) {
    options.onRule?.(rule.file);
    findings.push(...rule.warnings);
    const before = baseline.rules.get(rule.file);
    const fidelity = before === undefined ? [] : fidelityChanges(rule, before);
    const version = { before: before?.version ?? null, now: versionOf(rule) };
    const { meaning, counterexample } = await compareWithBefore(rule, before, baseline, options);
    const raised = version.before !== version.now;
    if (!raised) findings.push(...loweredFindings(rule, fidelity));
    if (meaning === "changed" && !raised) findings.push(changedFinding(rule, version.now, counterexample));
    const comparisons = await verifiedOutputs(rule, options.verify);
    findings.push(...comparisons.filter((c) => c.verdict === "differs").map((c) => differsFinding(rule, c)));
    rules.push({ file: rule.file, name: rule.rule.name, meaning, version, fidelity, comparisons, counterexample });
  }
  return { findings: withSeverities(findings, project.severity), rules };
}

async function driftFindings(project: Project, built: BuiltFolder): Promise<readonly Finding[]> {
  const { out, rules } = project;
  const drift = await driftOf(out, built.files);
  const hint = "run `ruleport build` and commit what it writes";
  const ofRules = built.rules.flatMap(({ file, rule }) => {
    const folder = `${file.replace(/\.[^./]*$/, "")}/`;
    const own = drift.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
    if (own.length === 0) return [];
    const named = own.length > 4 ? `${own.slice(0, 3).join(", ")} and ${own.length - 3} more` : own.join(", ");
    const message = `${own.length === 1 ? "an output is" : `${own.length} outputs are`} not what the rule gives: ${named}`;
    return [finding(rule.query, "CI001", firstLine(rule.query), message, hint)];
  });
  // Where a rule cannot be built, what is made of all rules together says nothing, and its own outputs are not to go.
  const whole = built.findings.every(({ diagnostic }) => diagnostic.severity !== "error");
  if (ofRules.length > 0 || !whole) return ofRules;
  return drift.map((file) => {
    const source: Source = { name: join(out, file).replaceAll("\\", "/"), text: "" };
    const what = built.files.has(file) ? `is not what ${rules} gives` : "is made of no rule any more";
    return finding(source, "CI001", noSpan, `${source.name} ${what}`, hint);
  });
}

function versionOf({ rule }: BuiltRule): string | null {
  const { version } = rule.fields;
  return typeof version === "string" || typeof version === "number" ? String(version) : null;
}

const ranks: Readonly<Record<string, number>> = { unsupported: 0, approximate: 1, exact: 2 };

function fidelityChanges({ ports }: BuiltRule, before: BaselineRule): readonly FidelityChange[] {
  return ports.flatMap((port) => {
    const old = before.outputs.find((output) => outputName(output) === nameOf(port));
    if (old === undefined || old.fidelity === port.fidelity) return [];
    return [{ output: nameOf(port), before: old.fidelity, now: port.fidelity }];
  });
}

function nameOf({ target, profile, flavour, variant }: PortedRule): string {
  return outputName({ target: target.id, profile, flavour, variant });
}

function outputName(output: {
  readonly target: string;
  readonly profile: string | null;
  readonly flavour: string | null;
  readonly variant: string | null;
}): string {
  const edition = output.profile ?? output.flavour;
  const name = edition === null ? output.target : `${output.target}/${edition}`;
  return output.variant === null ? name : `${output.variant}: ${name}`;
}

function loweredFindings({ rule }: BuiltRule, changes: readonly FidelityChange[]): readonly Finding[] {
  return changes
    .filter(({ before, now }) => (ranks[now] ?? 0) < (ranks[before] ?? 0))
    .map(({ output, before, now }) =>
      finding(
        rule.query,
        "CI002",
        firstLine(rule.query),
        `${output} was ${before} and is ${now}`,
        "its notes in the index say why; raise the rule's `version` to accept it",
      ),
    );
}

/** The rule's own query against its KQL of before. */
async function compareWithBefore(
  { rule, ports }: BuiltRule,
  before: BaselineRule | undefined,
  baseline: Baseline,
  options: InspectOptions,
): Promise<Pick<RuleReport, "meaning" | "counterexample">> {
  if (before === undefined) return { meaning: "new", counterexample: null };
  const port = ports.find((p) => p.target.id === "kql" && p.variant === null && p.file !== null);
  const old = port && before.outputs.find((output) => outputName(output) === nameOf(port));
  const text = old?.file == null ? null : await baseline.read(old.file);
  if (port === undefined || text === null) return { meaning: "unknown", counterexample: null };
  if (text === port.text) return { meaning: "same", counterexample: null };
  const was = { text, language: "kql", name: `${rule.fileName} before` } as const;
  const is = { text: port.text, language: "kql", name: `${rule.fileName} now` } as const;
  const comparison = await compared(() => verify(was, is, options.verify));
  if (comparison === null || comparison.verdict === "skipped") return { meaning: "unknown", counterexample: null };
  const differs = comparison.verdict === "differs";
  return { meaning: differs ? "changed" : "same", counterexample: exampleOf(comparison) };
}

function changedFinding({ rule }: BuiltRule, version: string | null, example: string | null): Problem {
  const next = version === null ? "give the rule a `version`" : `raise the rule's \`version\` (${version})`;
  const message = "the rule finds something else than before";
  const found = finding(rule.query, "CI003", firstLine(rule.query), message, `${next} where that is meant`);
  return example === null ? found : { ...found, example };
}

/** Every output of a rule held against it; none where it cannot be run. */
export async function verifiedOutputs(
  { rule, ports }: BuiltRule,
  options: VerifyOptions,
): Promise<readonly ComparisonReport[]> {
  // Verify takes the outputs of KQL; a search is held against another rule by naming both.
  if (rule.language === "spl" || !ports.some((port) => port.variant === null && port.file !== null)) return [];
  const subject = { text: rule.query.text, language: "kql", name: rule.fileName } as const;
  let comparisons: readonly Comparison[];
  try {
    comparisons = (await verify(subject, null, options)).comparisons;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    comparisons = [];
  }
  return comparisons.map((comparison) => ({
    output: comparison.second,
    verdict: comparison.verdict,
    made: comparison.events.made + comparison.events.given,
    counterexample: comparison.verdict === "differs" ? exampleOf(comparison) : null,
  }));
}

/** A rule that verify cannot run is not proven, and no reason to stop. */
async function compared(run: () => ReturnType<typeof verify>): Promise<Comparison | null> {
  try {
    return (await run()).comparisons[0] ?? null;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof QueryError || error instanceof NotRunnable || error instanceof RangeError;
}

function exampleOf(comparison: Comparison): string | null {
  return comparison.counterexample === null ? null : counterexampleText(comparison, comparison.counterexample);
}

function differsFinding({ rule }: BuiltRule, { output, counterexample: example }: ComparisonReport): Problem {
  const message = `${output} finds something else than the rule`;
  const hint = "please report it: the port claims more than it holds";
  const found = finding(rule.query, "CI004", firstLine(rule.query), message, hint);
  return example === null ? found : { ...found, example };
}

function firstLine({ text }: Source): Span {
  const end = text.indexOf("\n");
  return { start: 0, end: end < 0 ? text.length : end };
}

function finding(source: Source, code: Code, span: Span, message: string, hint: string): Finding {
  const found = new Diagnostics(source.text);
  found.add(code, span, message, hint);
  const [diagnostic] = found.list;
  if (diagnostic === undefined) throw new Error("no finding");
  return { source, diagnostic };
}
