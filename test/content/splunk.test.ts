import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { buildFolder } from "../../src/cli/build-folder.ts";
import { parseConf } from "../../src/conf/conf.ts";
import { cronOf } from "../../src/content/splunk/cron.ts";
import { contentName } from "../../src/content/splunk/name.ts";
import { parseSpl } from "../../src/index.ts";
import { built, contentOf, full, yamlOf } from "./built.ts";

const settings = (text: string): Record<string, string> => {
  const { app } = contentOf(text);
  return Object.fromEntries((app?.stanza.settings ?? []).map(({ key, value }) => [key, value]));
};

describe("a saved search", () => {
  test("has the schedule, the trigger, throttling, and what Enterprise Security asks for", () => {
    const { app, appNotes } = contentOf(full);
    expect(app?.stanza.name).toBe("Endpoint - Net use by script - Rule");
    expect(settings(full)).toMatchObject({
      enableSched: "1",
      cron_schedule: "*/30 * * * *",
      "dispatch.earliest_time": "-2h@m",
      "dispatch.latest_time": "@m",
      counttype: "number of events",
      relation: "greater than",
      quantity: "3",
      "alert.digest_mode": "0",
      "alert.suppress": "1",
      "alert.suppress.period": "10800s",
      "alert.suppress.fields": "DeviceName,AccountName",
      "action.correlationsearch.annotations": '{"mitre_attack":["T1552.001","T1021"]}',
      "action.notable": "1",
      "action.notable.param.rule_title": "Net use on $DeviceName$ costs $$5",
      "action.notable.param.rule_description": "$ProcessCommandLine$",
      "action.notable.param.security_domain": "endpoint",
      "action.notable.param.severity": "high",
      "action.risk": "1",
    });
    expect(JSON.parse(settings(full)["action.risk.param._risk"] ?? "")).toEqual([
      { risk_object_field: "DeviceName", risk_object_type: "system", risk_score: 70 },
      { risk_object_field: "AccountName", risk_object_type: "user", risk_score: 70 },
      { threat_object_field: "ProcessCommandLine", threat_object_type: "process" },
    ]);
    expect(appNotes.map((note) => note.cause)).toEqual(["schedule", "throttling"]);
  });

  test("of whole events has the fields of the profile", () => {
    const whole = full.replace(/ {2}\| project .*\n/, "");
    expect(settings(whole)["action.notable.param.nes_fields"]).toBe("dest,user");
  });

  test("without a schedule is run by hand, without incidents makes no notable", () => {
    const manual = settings("name: R\nquery: DeviceProcessEvents | where FileName =~ 'a'\n");
    expect(manual).toMatchObject({ enableSched: "0", "dispatch.earliest_time": "-24h@h" });
    expect(Object.keys(manual).filter((key) => key.startsWith("a"))).toEqual([]);
    expect(settings(full.replace("createIncident: true", "createIncident: false"))).not.toHaveProperty(
      "action.notable",
    );
  });
});

test.each([
  [60, "* * * * *", 0],
  [300, "*/5 * * * *", 0],
  [3600, "0 * * * *", 0],
  [7200, "0 */2 * * *", 0],
  [86_400, "0 0 * * *", 0],
  [604_800, "0 0 * * 0", 0],
  [2700, "*/30 * * * *", 1],
  [5 * 3600, "0 */4 * * *", 1],
  [14 * 86_400, "0 0 * * 0", 1],
])("%d seconds are %s", (seconds, cron, count) => {
  const notes: never[] = [];
  expect(cronOf(seconds, notes)).toBe(cron);
  expect(notes).toHaveLength(count);
});

test.each([
  ["Net use", "Net use"],
  ['T1087.002: a/b - "c" [d]', "T1087 002 a b c d"],
  ["Überprüfung", "Uberprufung"],
  ["***", "Rule"],
  ["x".repeat(100), "x".repeat(67)],
])("%j is deployed as %j", (name, wanted) => expect(contentName(name)).toBe(wanted));

describe("the app of a folder", async () => {
  const rules = fileURLToPath(new URL("../../rules", import.meta.url));
  const { files, rules: all } = await buildFolder(rules, { schemas: {}, profiles: [] });
  const conf = (name: string) => parseConf(files.get(`splunk_app/${name}`) ?? "");

  test("is read back without a problem, with every search as it was", () => {
    for (const name of [
      "default/app.conf",
      "default/savedsearches.conf",
      "default/macros.conf",
      "metadata/default.meta",
    ])
      expect(conf(name).problems, name).toEqual([]);
    const { stanzas } = conf("default/savedsearches.conf");
    expect(stanzas).toHaveLength(all.length);
    for (const { content } of all) {
      const stanza = stanzas.find(({ name }) => name === content.app?.stanza.name);
      const search = stanza?.settings.find(({ key }) => key === "search")?.value;
      expect(search).toBe(content.app?.search.trim());
      expect(parseSpl(search ?? "").diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    }
  });

  test("defines every macro that its searches call", () => {
    const { stanzas } = conf("default/macros.conf");
    const macros = Object.fromEntries(
      stanzas.map(({ name, settings: given }) => [
        name.replace(/\(.*/, ""),
        {
          definition: given.find(({ key }) => key === "definition")?.value ?? "",
          arguments: given.find(({ key }) => key === "args")?.value.split(", ") ?? [],
        },
      ]),
    );
    for (const { content } of all) {
      const { diagnostics } = parseSpl(content.app?.search ?? "", { macros });
      expect(diagnostics.filter((d) => d.severity !== "info")).toEqual([]);
    }
  });
});

describe("security content", () => {
  test("is what contentctl asks for", () => {
    const data = yamlOf(contentOf(full), "splunk-security-content");
    expect(data).toMatchObject({
      name: "Net use by script",
      version: 1,
      date: "2025-01-02",
      type: "TTP",
      status: "experimental",
      data_source: [],
      known_false_positives: "Old scripts.",
      rba: { risk_objects: [{ field: "DeviceName", type: "system", score: 70 }, { field: "AccountName" }] },
      tags: { mitre_attack_id: ["T1552.001", "T1021"], security_domain: "endpoint" },
    });
    expect(data.search).toMatch(/`net_use_by_script_filter`$/);
    expect(built(contentOf(full), "splunk-security-content").file).toBe("security_content/net_use_by_script.yml");
  });

  test("names no technique beside its sub-technique, and hunts where nothing is at risk", () => {
    const techniques = full.replace("T1021]", "T1552]");
    expect(yamlOf(contentOf(techniques), "splunk-security-content").tags).toMatchObject({
      mitre_attack_id: ["T1552.001"],
    });
    const nobody = full.replace(/entityMappings:[\s\S]*customDetails/, "customDetails");
    expect(yamlOf(contentOf(nobody), "splunk-security-content")).toMatchObject({ type: "Hunting" });
    expect(yamlOf(contentOf(nobody), "splunk-security-content")).not.toHaveProperty("rba");
  });

  test("says what no profile has a field for", () => {
    const signins = contentOf("name: R\nquery: SigninLogs | where ResultType != 0\n");
    expect(built(signins, "splunk-security-content")).toMatchObject({ text: null, notes: [{ level: "unsupported" }] });
    expect(signins.app).toBeNull();
  });
});
