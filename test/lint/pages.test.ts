import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { codes } from "../../src/diagnostics/diagnostic.ts";
import { checkKql } from "../../src/index.ts";
import { warnings } from "../../src/lint/index.ts";
import { codesOfRule } from "./codes.ts";

const folder = resolve(import.meta.dirname, "../../docs/warnings");
const pages = readdirSync(folder).filter((name) => name !== "README.md");

test("every warning has a page, and the list names it", () => {
  const own = Object.keys(codes).filter((code) => /^KQL2\d\d$/.test(code));
  expect(pages.map((name) => name.replace(".md", "")).sort()).toEqual(own.sort());
  const list = readFileSync(join(folder, "README.md"), "utf8");
  for (const code of own) expect(list).toContain(`[${code}](${code}.md)`);
});

test("every code that a warning may give is one of those with a page", () => {
  const given = warnings.flatMap((warning) => warning.codes);
  for (const code of given) expect(existsSync(join(folder, `${code}.md`)), code).toBe(true);
});

describe.each(pages)("%s", (name) => {
  const code = name.replace(".md", "");
  const page = readFileSync(join(folder, name), "utf8");
  const examples = [...page.matchAll(/^```(kql|yaml)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) =>
    language === "yaml" ? codesOfRule(text) : checkKql(text).map((d) => d.code),
  );

  test("its example of what is wrong has the finding, and what is right has none at all", () => {
    expect(examples).toHaveLength(2);
    expect(examples[0]).toContain(code);
    expect(examples[1]).toEqual([]);
  });
});
