import { describe, expect, it } from "vitest";
import { parseSplText } from "../../src/spl/parse.ts";
import type { Pipeline } from "../../src/spl/tree.ts";
import type { DataModelObject } from "../../src/splunk/data-model-object.ts";
import { SplProblem } from "../../src/splunk/problem.ts";
import { prepareEvents, runTree } from "../../src/splunk/run.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";

interface Rule {
  readonly name: string;
  readonly search: string;
  readonly macros: readonly string[];
}

/** Objects of the CIM's data models whose name is not the model's. */
const prefixes: Readonly<Record<string, string>> = {
  Change: "All_Changes",
  Change_Analysis: "All_Changes",
  Email: "All_Email",
  Network_Resolution: "DNS",
  Network_Sessions: "All_Sessions",
  Network_Traffic: "All_Traffic",
};

/** Everything with a name that a search reads from outside: data models and lookup tables. */
function outside(tree: unknown, models: Set<string>, lookups: Set<string>): void {
  if (Array.isArray(tree)) for (const item of tree) outside(item, models, lookups);
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) return;
  const node = tree as {
    kind?: string;
    dataModel?: string | null;
    table?: string;
    source?: string;
    name?: string;
    model?: string;
    dataset?: string;
  };
  if (node.kind === "tstats" && node.dataModel) models.add(node.dataModel);
  if (node.kind === "from" && node.source === "datamodel" && node.name) models.add(node.name);
  if (node.kind === "datamodel" && node.model && node.dataset) models.add(`${node.model}.${node.dataset}`);
  if (node.kind?.endsWith("lookup") && node.table) lookups.add(node.table);
  for (const value of Object.values(tree)) outside(value, models, lookups);
}

describe.skipIf(!hasShared)("real detections run", () => {
  const macros: Record<string, { definition: string; arguments?: string[] }> = hasShared
    ? JSON.parse(sharedText("spl/macros.json"))
    : {};
  const rules = hasShared ? sharedLines<Rule>("spl/security_content.jsonl") : [];
  const models = new Set<string>();
  const lookups = new Set<string>();
  const trees: Pipeline[] = [];
  for (const { search, macros: called } of rules) {
    // A rule's own filter is there for the user to fill; it lets all through.
    const filters = called.filter((name) => name.endsWith("_filter") && !Object.hasOwn(macros, name));
    const { pipeline } = parseSplText(search, {
      macros: { ...macros, ...Object.fromEntries(filters.map((name) => [name, { definition: "search *" }])) },
    });
    if (pipeline === null) continue;
    outside(pipeline, models, lookups);
    trees.push(pipeline);
  }
  const dataModels: Record<string, DataModelObject> = Object.fromEntries(
    [...models].map((name) => [name, { prefix: prefixes[name] ?? name.slice(name.lastIndexOf(".") + 1) }]),
  );
  const tables = Object.fromEntries([...lookups].map((name) => [name, []]));

  it.each([
    ["no events", 0],
    ["events of processes", 1200],
  ])("on %s", (label, count) => {
    const events =
      count === 0
        ? []
        : [
            ...sharedLines<object>("events/synthetic_cim.jsonl"),
            ...sharedLines<object>("events/cim_processes.jsonl.gz"),
          ];
    const prepared = prepareEvents(events.slice(0, count));
    const failures = new Map<string, number>();
    let ran = 0;
    for (const tree of trees) {
      try {
        runTree(tree, { events: prepared, dataModels, lookups: tables, macros, now: 1_700_000_000 });
        ran++;
      } catch (error) {
        if (!(error instanceof SplProblem)) throw error;
        expect(error.span, error.message).toBeDefined();
        failures.set(`${error.code} ${error.message}`, (failures.get(`${error.code} ${error.message}`) ?? 0) + 1);
      }
    }
    const reasons = [...failures].sort(([, a], [, b]) => b - a).map(([reason, n]) => `${n} ${reason}`);
    console.log(`security_content on ${label}: ${ran} of ${rules.length} run\n  ${reasons.slice(0, 8).join("\n  ")}`);
    expect(trees.length).toBe(rules.length);
    expect(ran).toBeGreaterThanOrEqual(1_200);
  });
});
