import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readProject } from "../../src/rules/project.ts";
import { readRule } from "../../src/rules/read.ts";

const root = resolve(import.meta.dirname, "../..");

function checker(name: string): (text: string) => readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats: { uuid: /^[0-9a-f-]{36}$/i } });
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, "schema", name), "utf8")));
  return (text) => (validate(parse(text)) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`));
}

describe("the schema of rule files", () => {
  const errors = checker("rule.json");
  const files = ["rules", "test/example/rules"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith(".yml"))
      .map((file) => join(root, folder, file)),
  );
  it.each(files)("takes %s", (file) => {
    expect(errors(readFileSync(file, "utf8"))).toEqual([]);
  });
  it.each([
    ["severity", "query: T\nseverity: Hihg\n"],
    ["triggerOperator", "query: T\ntriggerOperator: more\n"],
    ["language", "query: T\nruleport:\n  language: sql\n"],
    ["flavours", "query: T\nruleport:\n  flavours: [elastic]\n"],
  ])("refuses what the reader refuses: %s", (_, text) => {
    expect(errors(text)).not.toEqual([]);
    expect(readRule(text, "a.yml").diagnostics).not.toEqual([]);
  });
});

describe("the schema of project files", () => {
  const errors = checker("project.json");
  it.each([
    "",
    "rules: ours\nout: made\ntargets: [spl]\nprofiles: [./a.yml]\nseverity: { KQL221: off }\ntimeZone: UTC\n",
    "verify: { generate: 10, seed: 2, events: [T=a.jsonl], now: 2026-01-01T00:00:00Z }\n",
  ])("takes what the reader takes: %s", (text) => {
    if (text !== "") expect(errors(text)).toEqual([]);
    expect(readProject(text).diagnostics).toEqual([]);
  });
  it.each(["rulez: a\n", "verify: { generat: 1 }\n", "severity: { KQL221: loud }\n", "targets: [elastic]\n"])(
    "refuses what the reader refuses: %s",
    (text) => {
      expect(errors(text)).not.toEqual([]);
      expect(readProject(text).project).toBeNull();
    },
  );
});
