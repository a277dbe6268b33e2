import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readRule } from "../../src/rules/read.ts";
import { built, contentOf, full, textOf, yamlOf } from "./built.ts";
import { schema } from "./schema.ts";

const wrong = {
  sentinel: schema("sentinel.json"),
  arm: schema("arm.json"),
  detection: schema("detection-rule.json"),
};

const rules = resolve(import.meta.dirname, "../../rules");
const files = readdirSync(rules).filter((file) => file.endsWith(".yml"));

describe.each(files)("%s", (file) => {
  const content = contentOf(readFileSync(join(rules, file), "utf8"), file);

  test("is valid in every format of Microsoft's", () => {
    for (const { id, text } of content.built) {
      if (text === null) continue;
      if (id === "sentinel-analytics" || id === "sentinel-hunting") expect(wrong.sentinel(parse(text))).toEqual([]);
      if (id === "sentinel-arm") expect(wrong.arm(JSON.parse(text))).toEqual([]);
      if (id === "defender-detection") expect(wrong.detection(JSON.parse(text))).toEqual([]);
    }
  });

  test("is a rule again, with the same query, when it is read back", () => {
    const ids = content.built.filter(({ id }) => id === "sentinel-analytics" || id === "sentinel-hunting");
    expect(ids).toHaveLength(1);
    for (const { text } of ids) {
      const { rule, diagnostics } = readRule(text ?? "", "again.yml");
      expect(diagnostics).toEqual([]);
      const { rule: original } = readRule(readFileSync(join(rules, file), "utf8"), file);
      if (rule === null || original === null) throw new Error(file);
      expect(rule.info.id).toBe(original.info.id);
      expect(rule.info.description).toBe(original.info.description);
      const places = (deployment: object) => JSON.parse(JSON.stringify(deployment), (k, v) => (k === "at" ? 0 : v));
      expect(places(rule.deployment)).toEqual(places(original.deployment));
      if (!original.query.text.includes("Timestamp")) expect(rule.query.text).toBe(original.query.text);
      else expect(rule.query.text).toContain("TimeGenerated");
    }
  });
});

describe("Sentinel", () => {
  const content = contentOf(full);

  test("the repository's YAML has all fields, in its order, and the query to the letter", () => {
    const text = textOf(content, "sentinel-analytics");
    const data = parse(text);
    expect(wrong.sentinel(data)).toEqual([]);
    expect(Object.keys(data)).toEqual([
      "id",
      "name",
      "description",
      "severity",
      "requiredDataConnectors",
      "queryFrequency",
      "queryPeriod",
      "triggerOperator",
      "triggerThreshold",
      "tactics",
      "relevantTechniques",
      "query",
      "entityMappings",
      "customDetails",
      "alertDetailsOverride",
      "eventGroupingSettings",
      "suppressionEnabled",
      "suppressionDuration",
      "incidentConfiguration",
      "version",
      "kind",
    ]);
    expect(data).toMatchObject({
      queryFrequency: "45m",
      triggerOperator: "gt",
      entityMappings: [
        { entityType: "Host", fieldMappings: [{ identifier: "HostName", columnName: "DeviceName" }] },
        {},
        {},
      ],
      customDetails: { Command: "ProcessCommandLine" },
      incidentConfiguration: { groupingConfiguration: { lookbackDuration: "5h", groupByEntities: ["Host"] } },
    });
    expect(text).toContain("\nquery: |\n");
  });

  test("a query in the other flavour is emitted, one without a time is kept", () => {
    const sentinel = yamlOf(content, "sentinel-analytics").query;
    expect(sentinel).toContain("TimeGenerated");
    const detection = JSON.parse(textOf(content, "defender-detection"));
    expect(detection.queryCondition.queryText).toBe(readRule(full, "r.yml").rule?.query.text);
    const timeless = full.replace("project Timestamp, ", "project ");
    const kept = yamlOf(contentOf(timeless), "sentinel-analytics").query;
    expect(kept).toBe(readRule(timeless, "r.yml").rule?.query.text);
    expect(kept).toContain("blanks included  \n");
  });

  test("a query that has Sentinel's time column is kept, whatever else stands for columns", () => {
    const query = "DeviceEvents\n| where TimeGenerated > ago(1h)\n| project-reorder   TimeGenerated, DeviceName\n";
    const text = `name: R\nqueryFrequency: 1h\nquery: |\n  ${query.trim().replaceAll("\n", "\n  ")}\n`;
    expect(yamlOf(contentOf(text), "sentinel-analytics").query).toBe(query);
  });

  test("the template has Azure's names and lengths of time", () => {
    const template = JSON.parse(textOf(content, "sentinel-arm"));
    expect(wrong.arm(template)).toEqual([]);
    expect(template.resources[0].properties).toMatchObject({
      queryFrequency: "PT45M",
      queryPeriod: "PT2H",
      triggerOperator: "GreaterThan",
      triggerThreshold: 3,
      suppressionDuration: "PT3H",
      suppressionEnabled: true,
      techniques: ["T1552", "T1021"],
      alertDetailsOverride: { alertDynamicProperties: [{ alertProperty: "ProductName", value: "FileName" }] },
      incidentConfiguration: { groupingConfiguration: { lookbackDuration: "PT5H" } },
    });
    expect(built(content, "sentinel-arm").notes).toMatchObject([{ cause: "sub-techniques" }]);
  });

  test("a text in brackets is no expression of the template", () => {
    const text = full.replace("name: Net use by script", 'name: "[concat(1)]"').replace("Finds net use.", '"[x"');
    const { displayName, description } = JSON.parse(textOf(contentOf(text), "sentinel-arm")).resources[0].properties;
    expect([displayName, description]).toEqual(["[[concat(1)]", "[x"]);
  });

  test("a rule without a schedule is a hunting query, one for near real time has none", () => {
    const hunting = full.replace(/^query(?:Frequency|Period).*\n/gm, "").replace(/^trigger.*\n/gm, "");
    const ids = contentOf(hunting.replace("kind: Scheduled\n", "")).built.map(({ id }) => id);
    expect(ids).toEqual(["sentinel-hunting", "splunk-security-content", "page"]);
    const nrt = contentOf(hunting.replace("kind: Scheduled", "kind: NRT"));
    expect(wrong.sentinel(yamlOf(nrt, "sentinel-analytics"))).toEqual([]);
    expect(built(nrt, "sentinel-arm")).toMatchObject({ text: null, notes: [{ level: "unsupported", cause: "kind" }] });
  });

  test("an entity or detail whose column is not in the result is left out, and a note says so", () => {
    const without = contentOf(full.replace(", AccountName", "").replace("ProcessCommandLine, SHA256", "SHA256"));
    const { entityMappings, customDetails } = yamlOf(without, "sentinel-analytics");
    expect(entityMappings).toHaveLength(1);
    expect(customDetails).toBeUndefined();
    expect(built(without, "sentinel-analytics").notes.map((note) => note.cause)).toEqual(
      Array.from({ length: 3 }, () => "lost-column"),
    );
  });
});

describe("Defender", () => {
  test("a detection has the API's form", () => {
    const detection = JSON.parse(textOf(contentOf(full), "defender-detection"));
    expect(wrong.detection(detection)).toEqual([]);
    expect(detection).toMatchObject({
      displayName: "Net use by script",
      schedule: { frequency: "PT1H", lookback: "PT2H" },
      detectionAction: {
        alertTemplate: {
          severity: "high",
          tactics: [
            {
              tactic: "CredentialAccess",
              techniques: [{ technique: "T1552", subTechniques: ["T1552.001"] }, { technique: "T1021" }],
            },
            { tactic: "LateralMovement" },
          ],
          entityMappings: {
            hosts: [{ deviceIdColumn: "DeviceId", nameColumn: "DeviceName" }],
            accounts: [{ nameColumn: "AccountName" }],
            processes: [{ sha256Column: "SHA256" }],
          },
          customDetails: { Command: "ProcessCommandLine" },
        },
      },
    });
    expect(built(contentOf(full), "defender-detection").notes.map((note) => note.cause)).toEqual([
      "entity",
      "schedule",
      "trigger",
    ]);
  });

  test.each([
    ["summarize count() by DeviceName", "Timestamp, DeviceId, ReportId"],
    ["project-away ReportId", "ReportId"],
    ["summarize arg_max(Timestamp, ReportId) by DeviceName", "DeviceId"],
  ])("%s drops what Defender needs: no detection, and how to get one", (operator, lost) => {
    const text = full.replace(/ {2}\| project .*/, `  | ${operator}`);
    const { notes, text: emitted } = built(contentOf(text), "defender-detection");
    expect(emitted).toBeNull();
    expect(notes).toMatchObject([
      {
        level: "unsupported",
        cause: "required-columns",
        message: expect.stringContaining(`has no ${lost}`),
        fix: expect.stringContaining("arg_max(Timestamp, DeviceId, ReportId)"),
      },
    ]);
  });

  test("without an entity there is no detection", () => {
    const mails = "name: R\nqueryFrequency: 1h\nquery: EmailEvents | where Subject has 'x'\n";
    expect(built(contentOf(mails), "defender-detection")).toMatchObject({
      text: null,
      notes: [{ level: "unsupported", cause: "entity", fix: "add `entityMappings`" }],
    });
  });

  test("rules on tables that Defender has not, or for Sentinel alone, are none", () => {
    const ids = (text: string) => contentOf(text).built.map(({ id }) => id);
    expect(ids(full.replace("[defender, sentinel]", "[sentinel]"))).not.toContain("defender-detection");
    const signins = "name: R\nqueryFrequency: 1h\nquery: SigninLogs | where ResultType != 0\n";
    expect(ids(signins)).toEqual(["sentinel-analytics", "sentinel-arm", "splunk-security-content", "page"]);
  });
});

test("a rule without an id has one made of its path, which stays the same", () => {
  const bare = (path: string) =>
    yamlOf(contentOf("name: R\nquery: DeviceEvents | take 1\n", path), "sentinel-hunting").id;
  expect(bare("a/r.yml")).toBe(bare("a/r.yml"));
  expect(bare("a/r.yml")).not.toBe(bare("b/r.yml"));
  expect(bare("a/r.yml")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
