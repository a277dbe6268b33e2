import { matcherOf, testMatcher } from "../sigma/match.ts";
import { readSigma } from "../sigma/read.ts";
import type { FieldTest, SigmaRule } from "../sigma/rule.ts";
import { Dictionary } from "./dictionary.ts";
import { identity, type MadeEvent } from "./made-event.ts";
import type { Branches, Side } from "./side.ts";

/** A Sigma rule: it tells which events match. @throws Error for a rule that cannot be read */
export function sigmaSide(name: string, text: string): Side {
  const rule = readSigma(text);
  const matches = matcherOf(rule);
  const found = (events: readonly MadeEvent[]): readonly MadeEvent[] =>
    events.filter((e) => e.table !== null && matches(e.fields));
  const columns = [{ name: identity, type: "string" as const, carried: true, unordered: false }];
  return {
    language: "sigma",
    name,
    dictionary: dictionaryOfSigma(rule),
    run: async (events) => ({ columns, rows: found(events).map((e) => [e.id]), sortedBy: null, warnings: [] }),
    passing: async (events) => new Set(found(events).map((e) => e.id)),
    alternatives: null,
    branches: branchesOfSigma(rule),
    async stages(events) {
      const rows = found(events);
      return [
        { label: `logsource ${Object.values(rule.logsource).join(" ")}`, rows: events.length, ids: null },
        { label: "condition", rows: rows.length, ids: new Set(rows.map((e) => e.id)) },
      ];
    },
  };
}

function dictionaryOfSigma(rule: SigmaRule): Dictionary {
  const dictionary = new Dictionary();
  for (const test of testsOf(rule)) {
    const words = dictionary.field(test.field, "string");
    for (const value of test.values) {
      if (value.kind === "number") words.numbers.add(Number(value.value));
      else if (value.kind === "verbatim")
        (test.modifiers.includes("re") ? words.patterns : words.peers).add(value.text);
      else if (value.kind === "text") {
        words.texts.add(value.parts.map((part) => (typeof part === "string" ? part : "x")).join(""));
        for (const part of value.parts) if (typeof part === "string") words.texts.add(part);
      }
    }
  }
  return dictionary;
}

function testsOf(rule: SigmaRule): readonly FieldTest[] {
  return rule.searches.flatMap((search) => search.alternatives.flat());
}

/** Each value of each test. */
function branchesOfSigma(rule: SigmaRule): Branches {
  const leaves = testsOf(rule).flatMap((test, i) =>
    test.values.map((value, j) => {
      const one = { ...test, modifiers: test.modifiers.filter((m) => m !== "all"), values: [value] };
      const shown =
        "value" in value
          ? String(value.value)
          : "text" in value
            ? value.text
            : "parts" in value
              ? value.parts.map((p) => (typeof p === "string" ? p : p.wildcard)).join("")
              : "null";
      return {
        id: `sigma${i}.${j}`,
        text: `${[test.field, ...test.modifiers].join("|")}: ${shown}`,
        holds: testMatcher(one),
      };
    }),
  );
  return {
    list: leaves.map(({ id, text }) => ({ id, text })),
    async outcomes(events) {
      const all = new Set<string>();
      const byEvent = new Map<string, readonly string[]>();
      for (const event of events) {
        if (event.table === null) continue;
        const marks = leaves.map((leaf) => leaf.id + (leaf.holds(event.fields) ? "+" : "-"));
        for (const mark of marks) all.add(mark);
        byEvent.set(event.id, marks);
      }
      return { byEvent, all };
    },
  };
}
