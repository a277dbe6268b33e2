import { describe, expect, test } from "vitest";
import { checkDeployment } from "../../src/rules/check-deployment.ts";
import { isoDuration, parseDuration, shortDuration, spokenDuration } from "../../src/rules/duration.ts";
import { readRule } from "../../src/rules/read.ts";

const read = (fields: string) => readRule(`name: R\nquery: T\n${fields}\n`, "r.yml");
const findings = (fields: string) => {
  const text = `name: R\nquery: T\n${fields}\n`;
  const { rule } = readRule(text, "r.yml");
  if (rule === null) throw new Error("not a rule");
  return checkDeployment(rule, text).map(({ code, line, message, hint }) => [code, line, message, hint]);
};

test.each([
  ["5m", 300, "5m", "PT5M", "5 minutes"],
  ["PT1H30M", 5400, "90m", "PT1H30M", "90 minutes"],
  ["P14D", 1_209_600, "14d", "P14D", "14 days"],
  ["P1DT1H", 90_000, "25h", "P1DT1H", "25 hours"],
  ["1H", 3600, "1h", "PT1H", "1 hour"],
])("%s", (text, seconds, short, iso, spoken) => {
  expect(parseDuration(text)).toBe(seconds);
  expect([shortDuration(seconds), isoDuration(seconds), spokenDuration(seconds)]).toEqual([short, iso, spoken]);
  expect([parseDuration(short), parseDuration(iso)]).toEqual([seconds, seconds]);
});

test.each(["", "P", "PT", "1 week", "-1h", "1h30m", "P1M"])("%j is no length of time", (text) =>
  expect(parseDuration(text)).toBeUndefined(),
);

test("a rule without a schedule has the plainest deployment", () => {
  expect(read("").rule?.deployment).toMatchObject({
    nearRealTime: false,
    entities: [],
    customDetails: [],
    connectors: [],
  });
  expect(read("").rule?.deployment.schedule).toBeUndefined();
  expect(read("queryPeriod: 1d").rule?.deployment.schedule).toMatchObject({ frequency: 86_400, period: 86_400 });
});

test.each([
  ["queryFrequency: often", 3, '"queryFrequency" is not a length of time'],
  ["triggerThreshold: many", 3, '"triggerThreshold" must be a whole number'],
  ["triggerOperator: above", 3, '"triggerOperator" must be one of gt, lt, eq, ne'],
  ["entityMappings: Host", 3, '"entityMappings" must be a list of maps'],
  [
    "entityMappings:\n  - entityType: Host\n    fieldMappings: x",
    5,
    '"entityMappings.fieldMappings" must be a list of maps',
  ],
  ["suppressionEnabled: maybe", 3, '"suppressionEnabled" must be true or false'],
  [
    "eventGroupingSettings:\n  aggregationKind: All",
    4,
    '"eventGroupingSettings.aggregationKind" must be one of SingleAlert, AlertPerResult',
  ],
])("%j has a wrong form", (fields, line, message) => {
  const { rule, diagnostics } = read(fields);
  expect(rule).toBeNull();
  expect(diagnostics).toMatchObject([{ code: "FILE002", line, message }]);
});

describe("what Sentinel does not take", () => {
  test.each([
    ["queryFrequency: 1m\nqueryPeriod: 1h", 3, "queryFrequency is 1 minute; Sentinel takes 5 minutes to 14 days"],
    ["queryFrequency: 1d\nqueryPeriod: 30d", 3, "queryPeriod is 30 days; Sentinel takes 5 minutes to 14 days"],
    [
      "queryFrequency: 2h\nqueryPeriod: 1h",
      3,
      "the rule looks back 1 hour and runs every 2 hours: events in between are missed",
    ],
    ["queryFrequency: 30m\nqueryPeriod: 2d", 3, "a rule that looks back 2 days or more runs once an hour at most"],
    ["triggerThreshold: 10001", 3, "triggerThreshold is 10001; Sentinel takes 0 to 10000"],
  ])("%j", (fields, line, message) =>
    expect(findings(fields).map((found) => found.slice(0, 3))).toEqual([["RULE201", line, message]]),
  );

  test.each([
    ["Hst", "FullName", "Sentinel has no entity `Hst`", "did you mean `Host`?"],
    ["Host", "HostNme", "the entity Host has no identifier `HostNme`", "did you mean `HostName`?"],
    ["IP", "FullName", "the entity IP has no identifier `FullName`", "it has Address, AddressScope"],
  ])("%s by %s", (type, identifier, message, hint) => {
    const fields = `entityMappings:\n  - entityType: ${type}\n    fieldMappings:\n      - identifier: ${identifier}\n        columnName: C`;
    expect(findings(fields)).toMatchObject([["RULE202", expect.any(Number), message, hint]]);
  });

  test("nothing where all is well, in whatever case it is written", () => {
    const fields =
      "queryFrequency: PT5M\nqueryPeriod: P14D\ntriggerOperator: greaterthan\nentityMappings:\n  - entityType: host\n    fieldMappings:\n      - identifier: fullname\n        columnName: C";
    expect(findings(fields.replace("PT5M", "1h"))).toEqual([]);
  });
});

test.each([
  ["a long query", `T | where a == '${"x".repeat(10_000)}'`, "the query has 10017 characters; Sentinel takes 10000"],
  ["every table", "search * | take 1", "Sentinel takes no scheduled rule with `search *`"],
])("%s is no scheduled rule of Sentinel", (_, query, message) => {
  const text = `name: R\nquery: "${query}"\nqueryFrequency: 1h\n`;
  const { rule } = readRule(text, "r.yml");
  if (rule === null) throw new Error("not a rule");
  const found = (r: typeof rule) => checkDeployment(r, text).map((d) => [d.code, d.line, d.message]);
  expect(found(rule)).toEqual([["RULE203", 3, expect.stringContaining(message)]]);
  expect(found({ ...rule, flavours: ["defender"] })).toEqual([]);
});
