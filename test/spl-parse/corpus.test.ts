import { describe, expect, it } from "vitest";
import type { Macros } from "../../src/spl/macros.ts";
import { parseSplText, type SplOptions } from "../../src/spl/parse.ts";
import { printPipeline } from "../../src/spl/print.ts";
import { transpile } from "../../src/transpile.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";
import { withoutPlaces } from "./same-tree.ts";

/** What is wrong with a text, or with what is printed of it; null where it reads, prints and reads again as the same tree. */
function problem(text: string, options: SplOptions = {}): string | null {
  const { pipeline, diagnostics } = parseSplText(text, options);
  if (pipeline === null) return diagnostics.map((d) => `${d.code} ${d.message}`).join("; ");
  const printed = printPipeline(pipeline);
  const again = parseSplText(printed).pipeline;
  if (again === null) return `cannot be read again: ${printed}`;
  if (JSON.stringify(withoutPlaces(again)) !== JSON.stringify(withoutPlaces(pipeline)))
    return `another tree: ${printed}`;
  return printPipeline(again) === printed ? null : `prints in two ways: ${printed}`;
}

if (!hasShared) console.log("skipped: three corpora of SPL are not here");

describe.skipIf(!hasShared)("real searches", () => {
  const macros: Macros = hasShared ? JSON.parse(sharedText("spl/macros.json")) : {};

  it("of Splunk's security content read and print", () => {
    const searches = sharedLines<{ name: string; search: string }>("spl/security_content.jsonl");
    const wrong = searches.flatMap(({ name, search }, i) => {
      const found = problem(search, { macros }) ?? (i % 5 === 0 ? problem(search) : null);
      return found === null ? [] : [`${name}: ${found}`];
    });
    expect(wrong).toEqual([]);
    expect(searches.length).toBeGreaterThan(1000);
  });

  it("of Splunk's documentation read and print", () => {
    const cases = sharedLines<{ id: string; spl: string }>("spl/spl-cases.jsonl");
    expect(cases.flatMap(({ id, spl }) => (problem(spl) === null ? [] : [`${id}: ${problem(spl)}`]))).toEqual([]);
  });

  it("of pySigma read and print, but for those with an OR without its left side", () => {
    const pairs = sharedLines<{
      title: string;
      spl: string | null;
      spl_cim: string | null;
      suspect: readonly string[];
    }>("sigma/sigma-pairs.jsonl");
    const wrong = pairs.flatMap((pair) =>
      [pair.spl, pair.spl_cim].flatMap((spl) => {
        const found = spl === null ? null : problem(spl);
        return found === null || pair.suspect.includes("spl:dangling_or") ? [] : [`${pair.title}: ${found}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("that this project makes of KQL read back, and print as they were", () => {
    const pairs = sharedLines<{ title: string; kql_xdr: string | null }>("sigma/sigma-pairs.jsonl");
    let made = 0;
    const wrong = pairs.flatMap(({ title, kql_xdr }, i) => {
      const profile = ["defender", "sysmon", "cim"][i % 3] ?? "defender";
      const { text } = kql_xdr === null ? { text: "" } : transpile(kql_xdr, { to: "spl", profile });
      if (text === "") return [];
      made++;
      const { pipeline, diagnostics } = parseSplText(text);
      const printed = pipeline === null ? diagnostics.map((d) => d.message).join("; ") : `${printPipeline(pipeline)}\n`;
      return printed === text ? [] : [`${title}: ${printed}`];
    });
    expect(wrong).toEqual([]);
    expect(made).toBeGreaterThan(400);
  });
});
