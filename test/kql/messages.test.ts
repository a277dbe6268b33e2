import { describe, expect, it } from "vitest";
import { parseKqlText } from "../../src/kql/parse.ts";
import { hasShared, sharedLines } from "../shared.ts";

/** Each finding as `code line:column message [hint]`. */
function findings(text: string): string[] {
  return parseKqlText(text).diagnostics.map(
    (d) => `${d.code} ${d.line}:${d.column} ${d.message}${d.hint === undefined ? "" : ` [${d.hint}]`}`,
  );
}

describe("one mistake, one message that says what to do", () => {
  it.each<[string, string]>([
    ["T where a", "KQL001 1:3 a pipe `|` is missing before `where` [write `| where`]"],
    ["T | whre a == 1 | take 1", "KQL001 1:5 `whre` is not an operator [did you mean `where`?]"],
    ['T | where a contians "x"', "KQL001 1:13 `contians` is not an operator [did you mean `contains`?]"],
    ["T | where a AND b", "KQL001 1:13 `AND` is not an operator [write `and` in lower case]"],
    ["T | where a = 1", "KQL001 1:13 `=` gives a name and does not compare [`==` compares]"],
    ["T | where (a == 1", "KQL001 1:11 this `(` is not closed [`)` is missing]"],
    ["T | where a == 1)", "KQL001 1:17 `)` closes nothing"],
    ["T | where a ==", "KQL001 1:15 a value is missing after `==`"],
    ["T | project a,, b", "KQL001 1:15 a value is missing after `,`"],
    ["T | project a b", "KQL001 1:15 an operator or a comma is missing before `b`"],
    ["T |", "KQL001 1:4 an operator is missing after `|` [such as `where`, `extend` or `summarize`]"],
    ["| where a", "KQL001 1:1 a query cannot begin with `|` [name a table first]"],
    ["let x = 1 let y = 2; T", "KQL001 1:11 a semicolon is missing before `let` [every `let` ends in `;`]"],
    ["T | sort a", "KQL001 1:10 `by` is missing before `a`"],
    ["T | where by == 1", "KQL001 1:11 a value is missing before the keyword `by` [as a name it is written ['by']]"],
    ["T | where a in b", "KQL001 1:16 `(` is missing before `b`"],
    [
      'T | where a == "x',
      'KQL003 1:16 this string is not closed [close it with " on the same line; a string over several lines stands in ```]',
    ],
    [
      'T | where a == "c:\\"',
      'KQL003 1:16 this string is not closed [`\\"` does not end a string: write the backslash twice, or @"…"]',
    ],
    ["T | where a && b", "KQL002 1:13 `&&` is not part of the language here [`and` joins two conditions]"],
    ["T | where a == “x”", 'KQL002 1:16 `“` is not part of the language here [write a string in straight quotes, "…"]'],
    ["", "KQL005 1:1 there is no query here"],
    ["// only a comment", "KQL005 1:1 there is no query here"],
    ["T | evaluate bag_unpack(d) | where x", "KQL006 1:5 `evaluate` is not read yet"],
    [
      "let t = externaldata(a: string) [h'https://x'] with (format='txt'); t",
      "KQL006 1:9 `externaldata` is not read yet",
    ],
    ["search 'x' | take 1", "KQL006 1:1 `search` is not read yet"],
    [
      "T | make-series count() on t from ago(1d) to now() step 1h by (a | b)",
      "KQL006 1:5 `make-series` is not read yet",
    ],
    ["declare query_parameters(a: long); T", "KQL006 1:1 `declare` is not read yet"],
    ["cluster('a').database('b').T", "KQL006 1:14 the call `database(…)` after a dot is not read yet"],
    ["T | extend x = long(y)", "KQL003 1:16 `y` is not a long [long(…) takes a constant; tolong(…) converts a value]"],
    [
      "datatable(a: number)[1]",
      "KQL001 1:14 `number` is not a type [the types are bool, int, long, real, decimal, string, datetime, timespan, guid and dynamic]",
    ],
  ])("%s", (text, wanted) => {
    const [first, ...rest] = findings(text);
    expect(first).toBe(wanted);
    expect(rest).toEqual(text.includes("”") ? [expect.stringContaining("`”`")] : []);
  });

  it("goes on behind an operator with a mistake", () => {
    const found = parseKqlText("T\n| whre a == 1 and (b\n| extend c = \n| project d\n| summarize count( by x");
    expect(found.query).toBeNull();
    expect(found.diagnostics.length).toBeGreaterThan(1);
    expect(new Set(found.diagnostics.map((d) => d.line)).size).toBe(found.diagnostics.length);
  });

  it("says nothing in the parser's own words", () => {
    const texts = [
      "T |",
      "T | where",
      "T | join",
      "T | parse a",
      "let",
      "let x",
      "datatable",
      "T | mv-apply a (x)",
      "range x from",
      "T | render",
      "print dynamic(",
      "T | project-rename a",
      ") (",
    ];
    for (const text of texts) {
      for (const line of findings(text))
        expect(line, text).not.toMatch(/expect|token|EOF|undefined|LeftParen|AssignableName/i);
    }
  });
});

describe.skipIf(!hasShared)("real texts", () => {
  interface Rejected {
    readonly id: string;
    readonly query: string;
  }
  it("what Microsoft's parser rejects is rejected here", () => {
    const accepted = sharedLines<Rejected>("corpus/kql-rejected.jsonl").filter(
      (c) => parseKqlText(c.query).query !== null,
    );
    expect(accepted.map((c) => c.id)).toEqual([]);
  });

  interface Rule extends Rejected {
    readonly ms_syntax_ok: boolean;
  }
  it("what it accepts is read, but for what is not read yet and a handful that mean something else than they say", () => {
    const rules = sharedLines<Rule>("corpus/kql.jsonl").filter((rule) => rule.ms_syntax_ok);
    const codes = rules.map((rule) => parseKqlText(rule.query).diagnostics[0]?.code ?? "read");
    const count = (wanted: string): number => codes.filter((code) => code === wanted).length;
    const wrong = codes.length - count("read") - count("KQL006");
    console.log(
      `${count("read")} of ${codes.length} rules read, ${count("KQL006")} use operators that are not read yet, ${wrong} refused`,
    );
    expect(wrong).toBeLessThan(12);
    expect(count("read")).toBeGreaterThan(2100);
  });
});
