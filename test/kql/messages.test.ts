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
    ["T | where a = 1", "KQL007 1:13 `=` gives a name and does not compare [`==` compares]"],
    ["T | where f(a = 1 == 2", "KQL001 1:23 `f(` is not closed [`)` is missing here]"],
    ["T | where (a == 1", "KQL001 1:18 `(a ==…` is not closed [`)` is missing here]"],
    ["T | where (a == 1\n| where b\n| take 1", "KQL001 3:9 `(a ==…` is not closed [`)` is missing here]"],
    ["T | extend a = tostring(b | take 1", "KQL001 1:26 `tostring(` is not closed [`)` is missing here]"],
    ["T | summarize make_list(a by b", "KQL001 1:26 `make_list(` is not closed [`)` is missing here]"],
    ["T | where f(a] == 1", "KQL001 1:14 `]` closes nothing here [`f(` is open: close it with `)`]"],
    ["T | where a == 1)", "KQL001 1:17 `)` closes nothing"],
    ["T | where a ==", "KQL001 1:15 a value is missing after `==`"],
    ["T | project a,, b", "KQL001 1:15 a value is missing after `,`"],
    ["T | project a b", "KQL001 1:15 a comma is missing before `b`"],
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
    ["T | where a b", "KQL001 1:13 an operator is missing before `b` [such as `and`, `==` or `has`]"],
    ["T | summarize count() b", "KQL001 1:23 a comma or `by` is missing before `b`"],
    ['T | where a starts with "x"', "KQL001 1:13 `starts` is not an operator [did you mean `startswith`?]"],
    ["T | where a is null", "KQL001 1:13 `is` is not an operator [write `isnull(…)`, `isempty(…)` or `not(…)`]"],
    ["T | where and a", "KQL001 1:11 a value is missing before `and` [name the column that it compares]"],
    ["let x = where a; T", "KQL001 1:9 a table is missing before `where` [write `Table | where …`]"],
    ["T | a == 1", "KQL001 1:5 `a` is not an operator [write `where` before a condition]"],
    ["T | isnotempty(a)", "KQL001 1:5 `isnotempty` is not an operator [write `where` before a condition]"],
    ["T | a = b", "KQL001 1:5 `a` is not an operator [write `extend a = …` for a new column]"],
    ["T | extend a-b = 1", "KQL001 1:12 `a-b` is not a name [write ['a-b']]"],
    ["T | extend a = = 1", "KQL001 1:16 a value is missing after `=` [`==` compares, `=` gives a name]"],
    ["T | where a === 1", "KQL001 1:15 a value is missing after `==` [take one `=` out]"],
    [
      "T | extend card = 1",
      "KQL001 1:12 a value is missing before the keyword `card` [as a name it is written ['card']]",
    ],
    ["print dynamic([1, 2,])", "KQL001 1:21 a constant is missing after `,` [take the comma out]"],
    [
      "print dynamic([a])",
      "KQL001 1:16 a constant is missing after `[` [names are not constants: `pack_array` and `bag_pack` take values]",
    ],
    ["print [1, 2]", "KQL001 1:7 a value is missing after `print` [a name stands in ['…'], an array in dynamic([…])]"],
    ["T | project a, b,", "KQL001 1:18 a value is missing after `,`"],
    ["T | project a, b, | take 1", "KQL001 1:19 a value is missing after `,` [take the comma out]"],
    ["T | evaluate bag_unpack", "KQL001 1:24 `(` is missing after `bag_unpack` [write `bag_unpack(…)`]"],
    ["T | invoke | take 1", "KQL001 1:12 a function is missing after `invoke`"],
    [
      "T | make-series count() on t from a to b by c",
      "KQL001 1:42 `step` is missing before `by` [write `from start to end step 1h`, or `in range(start, end, 1h)`]",
    ],
    ["T | scan with (step s: true)", "KQL001 1:28 `;` is missing before `)`"],
    [
      "externaldata(a: string) with (format='txt')",
      "KQL001 1:25 `[` is missing after `)` [the values stand in brackets]",
    ],
    ["T | partition by a take 1", "KQL001 1:20 a query in parentheses is missing after `a`"],
    ["T | top-nested 3 of a", "KQL001 1:22 `by` is missing after `a`"],
    ["T | graph-match (a)-[e](b)", "KQL001 1:24 `-` is missing before `(`"],
    [
      "T | graph-match (a)<-[e]->(b)",
      "KQL001 1:20 this is no edge [write `-->`, `<--`, `--`, `-[e]->`, `<-[e]-` or `-[e]-`]",
    ],
    [
      "T | scan with (step s output=some: true;)",
      "KQL001 1:23 `output=some` is no setting of a step [write `output=all`, `output=last` or `output=none`]",
    ],
    ["declare a = 1; T", "KQL001 1:9 `query_parameters` or `pattern` is missing before `a`"],
    ["T | where x == {p}", "KQL001 1:16 a value is missing after `==` [fill in what stands for a value in braces]"],
    ["<Table> | take 1", "KQL001 1:1 a query cannot begin with `<` [name a table first]"],
    ["T\n#connect x", "KQL002 2:1 `#` is not part of the language here [a comment starts with //]"],
    ["T | take 1\nU | take 1", "KQL001 2:1 a semicolon is missing before `U` [`;` separates queries]"],
    ["let f = (a: long) a; T", "KQL001 1:19 `{` is missing before `a` [a function's body stands in braces]"],
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

  it.each<[string, string, readonly string[]]>([
    [
      "an operator each",
      "T\n| whre a == 1 and (b\n| extend c = \n| project d\n| summarize count( by x",
      ["2:3 `whre`", "4:1 a value", "5:19 `count(`"],
    ],
    [
      "in a subquery and behind it",
      "T\n| join (\n    U\n    | wher a\n    | take 1 2\n) on k\n| project a b",
      ["4:7 `wher`", "5:14 an operator", "7:13 a comma"],
    ],
    ["in lets", "let a = ;\nlet b 1;\nlet c = T | where;\nc", ["1:9 a value", "2:7 `=`", "3:18 a value"]],
    ["in a function", "let f = (a: long) {\n  T | where == a;\n};\nf(1) | tke 1", ["2:13 a value", "4:8 `tke`"]],
    ["an unclosed bracket", "T\n| where f(a == 1\n| where g(b))\n| where c ==", ["2:17 `f(`", "4:13 a value"]],
    ["one operator with several", "T | where a == == 1 and and (b", ["1:16 a value"]],
  ])("goes on behind a mistake: %s", (_, text, wanted) => {
    const found = parseKqlText(text);
    expect(found.query).toBeNull();
    const lines = found.diagnostics.map((d) => `${d.line}:${d.column} ${d.message}`);
    expect(lines).toEqual(wanted.map((start) => expect.stringContaining(start)));
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

  it("the first error stands where Microsoft's does", () => {
    const cases = sharedLines<Rejected & { first_error: { start: number } }>("corpus/kql-rejected.jsonl");
    const near = cases.filter(({ query, first_error }) => {
      const first = parseKqlText(query).diagnostics.find((d) => d.severity === "error");
      return first !== undefined && Math.abs(first.start - first_error.start) <= 20;
    });
    console.log(`${near.length} of ${cases.length} first errors within 20 characters of Microsoft's`);
    expect(near.length / cases.length).toBeGreaterThan(0.95);
  });

  interface Rule extends Rejected {
    readonly ms_syntax_ok: boolean;
  }
  it("what it accepts is read, but for texts that are no query", () => {
    const rules = sharedLines<Rule>("corpus/kql.jsonl").filter((rule) => rule.ms_syntax_ok);
    const refused = rules.filter((rule) => parseKqlText(rule.query).query === null).map((rule) => rule.id);
    // a renaming to a computed value, and a text with `{TotalE5Seats}` for a number that is to be filled in
    expect(refused).toEqual(["rodtrent-b0aa84201e", "rodtrent-9b955dc1bc"]);
  });
});
