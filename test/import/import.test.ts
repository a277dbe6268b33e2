import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { importFile, importFormatOf, NotImported } from "../../src/import/index.ts";
import { readRule } from "../../src/rules/read.ts";
import { hasShared, sharedLines } from "../shared.ts";

function imported(fileName: string, text: string) {
  const format = importFormatOf(fileName, text);
  if (format === null) throw new Error("no format");
  return importFile(fileName, text, format).map((file) => ({ ...file, data: parse(file.text) }));
}

describe("a hunting page", () => {
  const page = `# Net *use* with credentials

## Query Information
| Technique ID | Title |
| --- | --- |
| T1021.002 | SMB |

#### Description
Finds shares that are
mounted with a password.

#### References
- [one](https://example.org/a)
- https://example.org/b

## Defender XDR
\`\`\`KQL
// keeps its comment
DeviceProcessEvents
| where FileName =~ "net.exe"
\`\`\`

## Sentinel
\`\`\`kusto
DeviceProcessEvents
| where TimeGenerated > ago(1d)
\`\`\`

\`\`\`powershell
Get-Process | Where-Object Id
\`\`\`
`;
  it("gives its title, prose, techniques, links and queries", () => {
    const [rule] = imported("hunting/net.md", page);
    expect(rule?.data).toEqual({
      name: "Net use with credentials",
      description: "Finds shares that are\nmounted with a password.",
      relevantTechniques: ["T1021.002"],
      query: '// keeps its comment\nDeviceProcessEvents\n| where FileName =~ "net.exe"',
      ruleport: {
        references: ["https://example.org/a", "https://example.org/b"],
        variants: { sentinel: { query: "DeviceProcessEvents\n| where TimeGenerated > ago(1d)" } },
      },
    });
  });

  it("takes a query in a longer fence, and one with carriage returns, as they are", () => {
    const query = "print a = ```\nx\n```";
    expect(imported("a.md", `# a\n\`\`\`\`kql\n${query}\n\`\`\`\`\n`)[0]?.data.query).toBe(query);
    const windows = "T\r\n| take 1";
    expect(imported("a.md", `# a\r\n\`\`\`kql\r\n${windows}\r\n\`\`\`\r\n`)[0]?.data.query).toBe(windows);
  });

  it("is no rule without a query", () => {
    expect(() => imported("README.md", "# Rules\n\n```sh\nls\n```\n")).toThrow(NotImported);
  });
});

describe("an ARM template", () => {
  const properties = {
    displayName: "Net use",
    description: "d",
    severity: "Medium",
    enabled: true,
    query: "[[a] | take 1]",
    queryFrequency: "PT1H",
    queryPeriod: "P14D",
    triggerOperator: "GreaterThan",
    triggerThreshold: 0,
    suppressionDuration: "PT1H",
    suppressionEnabled: false,
    tactics: ["Discovery"],
    techniques: ["T1087", "T1069"],
    subTechniques: ["T1087.002"],
    entityMappings: [{ entityType: "Host", fieldMappings: [{ identifier: "FullName", columnName: "DeviceName" }] }],
    novelty: 1,
  };
  const template = (resources: unknown) =>
    JSON.stringify({ parameters: { p: { defaultValue: "T | take 2" } }, resources });
  const resource = {
    type: "Microsoft.OperationalInsights/workspaces/providers/alertRules",
    name: "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/0b8f2f5c-2c55-4d7e-8a52-7f7f0c1c4a1d')]",
    kind: "Scheduled",
    properties,
  };

  it("gives the rule with the durations and names of rule files", () => {
    const [rule] = imported("azuredeploy.json", template([resource]));
    expect(rule?.data).toEqual({
      id: "0b8f2f5c-2c55-4d7e-8a52-7f7f0c1c4a1d",
      name: "Net use",
      description: "d",
      severity: "Medium",
      queryFrequency: "1h",
      queryPeriod: "14d",
      triggerOperator: "gt",
      triggerThreshold: 0,
      tactics: ["Discovery"],
      relevantTechniques: ["T1069", "T1087.002"],
      query: "[a] | take 1]",
      kind: "Scheduled",
      entityMappings: properties.entityMappings,
    });
    expect(rule?.unknown).toEqual(["properties.novelty"]);
  });

  it("finds rules inside of nested templates, and takes parameters from their defaults", () => {
    const nested = { type: "Microsoft.Resources/deployments", properties: { template: { resources: [resource] } } };
    expect(imported("a.json", template([nested]))).toHaveLength(1);
    const given = {
      ...resource,
      properties: { ...properties, query: "[parameters('p')]", displayName: "[variables('n')]" },
    };
    const [rule] = imported("a.json", template([given]));
    expect(rule?.data.query).toBe("T | take 2");
    expect(rule?.unknown).toContain("properties.displayName (an expression)");
  });

  it("names several rules apart", () => {
    const files = imported("a.json", template([resource, resource]));
    expect(files.map((file) => file.slug)).toEqual(["net_use", "net_use_2"]);
  });
});

describe("Splunk's content", () => {
  it("keeps a detection's fields, its own ones under splunk", () => {
    const text = stringify({
      name: "Net Use",
      id: "x",
      version: 3,
      date: "2026-01-02",
      author: "A",
      status: "production",
      type: "TTP",
      description: "d",
      search: "| tstats count\n| `f`",
      references: ["https://example.org"],
      known_false_positives: "none",
      tags: { mitre_attack_id: ["T1021"], asset_type: "Endpoint" },
      novelty: 1,
    });
    const [rule] = imported("net_use.yml", text);
    expect(rule?.data).toEqual({
      id: "x",
      name: "Net Use",
      description: "d",
      severity: "High",
      relevantTechniques: ["T1021"],
      query: "| tstats count\n| `f`",
      metadata: { author: { name: "A" } },
      ruleport: {
        language: "spl",
        date: "2026-01-02",
        status: "production",
        references: ["https://example.org"],
        falsePositives: ["none"],
        splunk: { version: 3, type: "TTP", tags: { asset_type: "Endpoint" } },
      },
    });
    expect(rule?.unknown).toEqual(["novelty"]);
  });

  it("reads saved searches with their schedule, several lines and comments", () => {
    const text = String.raw`# ours
[Net Use]
description = d
search = index=main \
| search a="=b" \
| stats count
cron_schedule = */5 * * * *
dispatch.earliest_time = -70m@m
counttype = number of events
relation = greater than
quantity = 3
action.correlationsearch.annotations = {"mitre_attack": ["T1021"]}
alert.track = 1

[no search]
disabled = 1
`;
    const files = imported("default/savedsearches.conf", text);
    expect(files.map((file) => file.data)).toEqual([
      {
        name: "Net Use",
        description: "d",
        queryFrequency: "5m",
        queryPeriod: "70m",
        triggerOperator: "gt",
        triggerThreshold: 3,
        relevantTechniques: ["T1021"],
        query: 'index=main \n| search a="=b" \n| stats count',
        ruleport: { language: "spl" },
      },
    ]);
    expect(files[0]?.unknown).toEqual(["[Net Use] alert.track"]);
  });

  it("says in which line a .conf file breaks", () => {
    expect(() => imported("savedsearches.conf", "[a]\nsearch = x\nnonsense\n")).toThrow("line 3");
  });
});

it("takes Sentinel's YAML and bare queries over as they are", () => {
  const text = "# ours\nid: x\nname: n\nquery: |\n  T | take 1\nnovelty: 1\n";
  expect(imported("a.yaml", text)).toMatchObject([{ slug: null, text, unknown: ["novelty"] }]);
  expect(imported("a.kql", "T | take 1")).toMatchObject([{ extension: "kql", text: "T | take 1" }]);
  expect(importFormatOf("values.yml", "a: 1\n")).toBeNull();
});

it.skipIf(!hasShared)("keeps every query of the corpus to the letter, from YAML and from Markdown", () => {
  const queries = sharedLines<{ query: string; title: string }>("corpus/kql.jsonl");
  expect(queries.length).toBeGreaterThan(2000);
  const changed = queries.flatMap(({ query, title }) => {
    const pages = [
      ["a.md", `# ${title}\n\n\`\`\`\`kql\n${query}\n\`\`\`\`\n`],
      ["a.yml", stringify({ name: title, query }, { lineWidth: 0 })],
    ] as const;
    return pages.filter(([name, page]) => {
      const [file] = imported(name, page);
      return readRule(file?.text ?? "", "a.yml").rule?.query.text !== query;
    });
  });
  expect(changed).toEqual([]);
});
