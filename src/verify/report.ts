import { xmlText as xml } from "../diagnostics/xml.ts";
import type { Counterexample } from "./counterexample.ts";
import type { Comparison, Verification } from "./verify.ts";

/** The whole of a verification for programs. */
export function verificationToJson(verification: Verification): object {
  return {
    equal: verification.equal,
    comparisons: verification.comparisons.map((c) => ({
      first: c.first,
      second: c.second,
      profile: c.profile,
      verdict: c.verdict,
      ...(c.reason === null ? {} : { reason: c.reason }),
      notes: c.notes.map(({ level, cause, message, when }) => ({
        level,
        cause,
        message,
        ...(when === undefined ? {} : { when }),
      })),
      events: c.events,
      coverage: c.coverage,
      counterexample: c.counterexample && counterexampleToJson(c, c.counterexample),
    })),
  };
}

function counterexampleToJson(comparison: Comparison, found: Counterexample): object {
  const { columns, onlyInFirst, onlyInSecond, summary } = found.difference;
  const named = (rows: readonly (readonly string[])[]): object[] =>
    rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i] ?? ""])));
  return {
    summary,
    responsible: found.responsible.message,
    events: found.events.map((e) => ({ _id: e.id, ...e.fields })),
    onlyIn: { [comparison.first]: named(onlyInFirst), [comparison.second]: named(onlyInSecond) },
    stages: found.responsible.stages.map((list) => list.map(({ label, rows }) => ({ stage: label, rows }))),
  };
}

/** JUnit's XML: a test case for each comparison. */
export function verificationToJunit(verification: Verification): string {
  const { comparisons } = verification;
  const failures = comparisons.filter((c) => c.verdict === "differs").length;
  const skips = comparisons.filter((c) => c.verdict === "skipped").length;
  const cases = comparisons.map((c) => {
    const start = `  <testcase classname="${xml(c.first)}" name="${xml(c.second)}"`;
    if (c.verdict === "skipped") return `${start}><skipped message="${xml(c.reason ?? "")}"/></testcase>`;
    if (c.verdict === "differs" && c.counterexample !== null) {
      const { difference } = c.counterexample;
      return `${start}><failure message="${xml(difference.summary)}">${xml(counterexampleText(c, c.counterexample))}</failure></testcase>`;
    }
    return `${start}/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="ruleport verify" tests="${comparisons.length}" failures="${failures}" errors="0" skipped="${skips}">`,
    ...cases,
    "</testsuite>",
    "",
  ].join("\n");
}

/** A counterexample for people: the events, what each rule makes of them, and where the rules part. */
export function counterexampleText(comparison: Comparison, found: Counterexample): string {
  const { difference, responsible } = found;
  const one = found.events.length === 1;
  const lines = [one ? "on this event:" : `on these ${found.events.length} events:`];
  for (const event of found.events.slice(0, 20)) lines.push(`  ${JSON.stringify({ _id: event.id, ...event.fields })}`);
  if (found.events.length > 20) lines.push(`  … and ${found.events.length - 20} more like them`);
  const shown = (rows: readonly (readonly string[])[]): string[] => [
    ...rows
      .slice(0, 5)
      .map((row) => `  ${difference.columns.map((c, i) => `${c}=${JSON.stringify(row[i] ?? "")}`).join(" ")}`),
    ...(rows.length > 5 ? [`  … and ${rows.length - 5} more`] : []),
  ];
  for (const [name, rows, table] of [
    [comparison.first, difference.onlyInFirst, found.first],
    [comparison.second, difference.onlyInSecond, found.second],
  ] as const) {
    const count = table.rows.length;
    lines.push(
      `${name} gives ${count === 0 ? "no row" : count === 1 ? "one row" : `${count} rows`}${rows.length > 0 ? ", the other does not give:" : ""}`,
    );
    lines.push(...shown(rows));
    for (const warning of new Set(table.warnings)) lines.push(`  warning: ${warning}`);
  }
  lines.push(`${difference.summary}; ${responsible.message}`);
  return lines.join("\n");
}
