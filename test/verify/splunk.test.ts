import { describe, expect, it } from "vitest";
import { type Subject, verify } from "../../src/verify/index.ts";
import { hasShared, sharedText } from "../shared.ts";
import { kqlRule, ruleNames, ruleText, splRule } from "./rules.ts";

if (!hasShared) console.log("skipped: 1 test needs ../shared/spl/macros.json");

/** 20,000 in a full run; fewer are enough to see that nothing has broken. */
const made = process.env.RULEPORT_FULL_VERIFY ? 20_000 : 4_000;

const carried = ruleNames.flatMap((name) =>
  ["defender", "sysmon", "cim"].flatMap((profile) => (splRule(name, profile) === null ? [] : [{ name, profile }])),
);

describe("the emitted SPL finds what the rule finds", () => {
  it("has seven editions or more to prove", () => {
    expect(carried.length).toBeGreaterThanOrEqual(7);
  });

  it.each(carried)("$name as $profile", { timeout: 120_000 }, async ({ name, profile }) => {
    const { comparisons } = await verify(kqlRule(name), splRule(name, profile), {
      generate: made,
    });
    const [comparison] = comparisons;
    expect(comparison?.counterexample?.difference ?? null).toBeNull();
    expect(comparison?.verdict).toBe("equal");
    for (const coverage of comparison?.coverage ?? []) expect(coverage.missed, coverage.rule).toEqual([]);
    expect(comparison?.coverage.reduce((sum, c) => sum + c.total, 0)).toBeGreaterThan(8);
  });
});

it.skipIf(!hasShared)(
  "the emitted tstats finds what the reference finds, in the columns that both have",
  { timeout: 120_000 },
  async () => {
    const name = "windows_network_connection_discovery_via_net";
    const reference: Subject = { text: ruleText(`${name}.spl`), language: "spl", name: "reference" };
    const emitted = splRule(name, "cim");
    const { comparisons } = await verify(emitted ?? "", reference, {
      profile: "cim",
      macros: JSON.parse(sharedText("spl/macros.json")),
      generate: made,
      columns: "shared",
      // The data model puts `unknown` for an absent value; nothing is absent in it.
      assume: (fields) => {
        const known = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== "" && v !== null));
        const filled = Object.fromEntries(modelFields.map((f) => [f, "unknown"]));
        return { ...filled, ...known };
      },
    });
    expect(comparisons[0]?.counterexample?.difference ?? null).toBeNull();
    expect(comparisons[0]?.verdict).toBe("equal");
  },
);

const modelFields = [
  "dest",
  "original_file_name",
  "parent_process",
  "parent_process_id",
  "parent_process_name",
  "parent_process_path",
  "process",
  "process_hash",
  "process_id",
  "process_integrity_level",
  "process_name",
  "process_path",
  "user",
  "user_id",
];

it("a search that forgets the case rule is told from the rule by one event", async () => {
  const rule = kqlRule("net_query_statistics");
  const emitted = splRule("net_query_statistics", "defender");
  if (emitted === null) throw new Error("not emitted");
  const wrong = emitted.text.replace(' AND FileName IN ("net.exe", "net1.exe")', "");
  expect(wrong).not.toBe(emitted.text);
  const { comparisons } = await verify(rule, { ...emitted, text: wrong }, { generate: 3000 });
  const found = comparisons[0]?.counterexample;
  expect(found?.events).toHaveLength(1);
  expect(String(found?.events[0]?.fields.FileName)).toMatch(/^net1?\.exe$/i);
  expect(found?.events[0]?.fields.FileName).not.toMatch(/^net1?\.exe$/);
  expect(found?.responsible.message).toContain("FileName in");
});
