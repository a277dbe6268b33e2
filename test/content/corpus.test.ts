import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { ruleContent } from "../../src/cli/rule-content.ts";
import { parseConf, printConf } from "../../src/conf/conf.ts";
import { readRule } from "../../src/rules/read.ts";
import { hasShared, sharedLines } from "../shared.ts";
import { schema } from "./schema.ts";

/** Rules are what the platforms' formats ask for whatever real query they hold, and give it back to the letter. */
test.skipIf(!hasShared)("real queries in every format", () => {
  const queries = sharedLines<{ readonly query: string }>("corpus/kql.jsonl").filter((_, i) => i % 16 === 3);
  const wrong = { yaml: schema("sentinel.json"), arm: schema("arm.json"), detection: schema("detection-rule.json") };
  const count: Record<string, number> = {};
  for (const { query } of queries) {
    const host = { entityType: "Host", fieldMappings: [{ identifier: "HostName", columnName: "DeviceName" }] };
    const file = { name: "R", severity: "Low", queryFrequency: "1h", queryPeriod: "1d", query, entityMappings: [host] };
    const { rule } = readRule(stringify(file, { lineWidth: 0 }), "rule.yml");
    if (rule === null) throw new Error(query);
    const { built, app } = ruleContent(rule, "rule.yml", [], { schemas: {}, profiles: [] });
    for (const { id, text } of built) {
      if (text === null) continue;
      count[id] = (count[id] ?? 0) + 1;
      if (id === "sentinel-analytics") {
        expect(wrong.yaml(parse(text)), query).toEqual([]);
        const again = readRule(text, "again.yml").rule?.query.text;
        if (!/\bTimestamp\b/.test(query)) expect(again).toBe(query);
      }
      if (id === "sentinel-arm") expect(wrong.arm(JSON.parse(text)), query).toEqual([]);
      if (id === "defender-detection") expect(wrong.detection(JSON.parse(text)), query).toEqual([]);
    }
    if (app === null) continue;
    count.app = (count.app ?? 0) + 1;
    const { stanzas, problems } = parseConf(printConf([app.stanza]));
    expect(problems).toEqual([]);
    expect(stanzas[0]?.settings.find(({ key }) => key === "search")?.value).toBe(app.search.trim());
  }
  console.log(`content of ${queries.length} real queries: ${JSON.stringify(count)}`);
  expect(count["sentinel-analytics"]).toBeGreaterThan(queries.length / 2);
});
