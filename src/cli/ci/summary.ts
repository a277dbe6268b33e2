import { toJson } from "../../diagnostics/findings.ts";
import type { ComparisonReport, Inspection, Problem, RuleReport } from "./inspection.ts";

/** A summary in Markdown, as a comment for a pull request. */
export function inspectionToMarkdown({ findings, rules }: Inspection): string {
  const errors = findings.filter((f) => f.diagnostic.severity === "error");
  const warnings = findings.filter((f) => f.diagnostic.severity === "warning");
  const changed = rules.filter((rule) => rule.meaning === "changed" || rule.meaning === "new");
  const lines = [
    `## ruleport: ${errors.length === 0 ? "fine" : count(errors.length, "problem")}`,
    "",
    `${count(rules.length, "rule")}, ${changed.length} new or changed; ${count(warnings.length, "warning")}.`,
    "",
  ];
  if (errors.length > 0) lines.push("### Problems", "", ...errors.flatMap(problem), "");
  lines.push(...changes(rules));
  if (rules.length > 0) lines.push(...table(rules));
  return `${lines.join("\n").trimEnd()}\n`;
}

function problem(found: Problem): string[] {
  const { file, line, column, code, message, hint } = toJson(found);
  const advice = hint === undefined ? "" : ` – ${inline(hint)}`;
  const item = `- **${code}** ${codeSpan(`${file}:${line}:${column}`)} ${inline(message)}${advice}`;
  return found.example === undefined ? [item] : [item, "", ...fenced(found.example.split("\n")), ""];
}

function changes(rules: readonly RuleReport[]): string[] {
  const lines = rules.flatMap((rule) => {
    const { before, now } = rule.version;
    const own: string[] = [];
    if (rule.meaning === "new") own.push("new");
    if (rule.meaning === "changed") {
      own.push(
        before === now
          ? "finds something else than before"
          : `finds something else, version ${before ?? "none"} → ${now ?? "none"}`,
      );
    }
    for (const f of rule.fidelity) own.push(`${f.output}: ${f.before} → ${f.now}`);
    if (own.length === 0) return [];
    const item = `- ${inline(rule.name)} (${codeSpan(rule.file)}): ${own.map(inline).join("; ")}`;
    // An unannounced change stands with its example among the problems.
    const example = rule.meaning === "changed" && before !== now ? rule.counterexample : null;
    return example === null ? [item] : [item, "", ...fenced(example.split("\n")), ""];
  });
  return lines.length === 0 ? [] : ["### Changes", "", ...lines, ""];
}

function table(rules: readonly RuleReport[]): string[] {
  return [
    "### Proof",
    "",
    "| rule | meaning | outputs held against it |",
    "|---|---|---|",
    ...rules.map((rule) => `| ${cell(rule.name)} | ${rule.meaning} | ${cell(proofOf(rule.comparisons))} |`),
  ];
}

function proofOf(comparisons: readonly ComparisonReport[]): string {
  if (comparisons.length === 0) return "not run";
  const events = Math.max(...comparisons.map((c) => c.made));
  const words = (["equal", "stated", "differs", "skipped"] as const).flatMap((verdict) => {
    const number = comparisons.filter((c) => c.verdict === verdict).length;
    return number === 0 ? [] : [`${number} ${verdictWords[verdict]}`];
  });
  return `${words.join(", ")} on ${events} events`;
}

const verdictWords: Readonly<Record<ComparisonReport["verdict"], string>> = {
  equal: "equal",
  stated: "different as stated",
  differs: "different",
  skipped: "not said there",
};

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Text of a rule or an event is anyone's: it stays text, but for what our messages set in backticks. */
function inline(text: string): string {
  const parts = text.replace(/\s+/g, " ").split("`");
  if (parts.length % 2 === 0) return plain(parts.join("'"));
  return parts.map((part, i) => (i % 2 === 0 ? plain(part) : codeSpan(part))).join("");
}

function plain(text: string): string {
  return text.replace(/[\\*_[\]<>#|~@]/g, (mark) => `\\${mark}`);
}

/** A table's cell ends at a bar, inside of code too. */
function cell(text: string): string {
  return plain(text.replaceAll("`", "'").replace(/\s+/g, " "));
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const mark = "`".repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${mark} ${text} ${mark}`;
}

function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`+)/.exec(line)?.[1]?.length ?? 0));
  const mark = "`".repeat(longest + 1);
  return [`${mark}text`, ...lines, mark];
}
