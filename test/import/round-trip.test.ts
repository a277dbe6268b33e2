import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { importFile, importFormatOf } from "../../src/import/index.ts";
import { readRule } from "../../src/rules/read.ts";
import type { Rule } from "../../src/rules/rule.ts";

const root = resolve(import.meta.dirname, "../..");
const project = (rules: string, out: string) =>
  readdirSync(join(root, rules))
    .filter((file) => file.endsWith(".yml"))
    .map((file) => ({ file: join(root, rules, file), folder: join(root, out, file.replace(/\.yml$/, "")) }));
const all = [...project("rules", "out"), ...project("test/example/rules", "test/example/out")];

function read(text: string): Rule {
  const { rule, diagnostics } = readRule(text, "rule.yml");
  expect(diagnostics).toEqual([]);
  if (rule === null) throw new Error("no rule");
  return rule;
}

/** What a platform's file has of a rule: everything but where it stands in its file. */
function told(rule: Rule): Record<string, unknown> {
  const { name, deployment, info } = rule;
  const { id, description, severity, tactics } = info;
  const facts = JSON.stringify({ id, name, description, severity, tactics, deployment }, (key, value) =>
    key === "at" || key === "connectors" || key === "version" ? undefined : value,
  );
  return JSON.parse(facts);
}

describe.each(all)("$file", ({ file, folder }) => {
  const rule = read(readFileSync(file, "utf8"));
  const sentinel = join(folder, "sentinel");
  for (const name of readdirSync(sentinel)) {
    it(`comes back from ${name}`, () => {
      const text = readFileSync(join(sentinel, name), "utf8");
      const format = importFormatOf(name, text);
      expect(format).toBe(name.endsWith(".json") ? "arm" : "sentinel");
      const [imported] = format === null ? [] : importFile(name, text, format);
      expect(imported?.unknown).toEqual([]);
      const back = read(imported?.text ?? "");
      const emitted = readFileSync(join(folder, "sentinel.kql"), "utf8");
      // The query is the rule's own, or what was emitted where it needs the other time column.
      expect([rule.query.text.trim(), emitted.trim()]).toContain(back.query.text.trim());
      const { severity, ...others } = told(rule);
      // Hunting queries have no severity.
      expect(told(back)).toEqual(name === "hunting.yml" ? others : { ...others, severity });
      // A template has no sub-techniques.
      const own = rule.info.techniques ?? [];
      const wanted = format === "arm" ? [...new Set(own.map((t) => t.replace(/\..*$/, "")))] : own;
      expect(back.info.techniques ?? []).toEqual(wanted);
    });
  }
});
