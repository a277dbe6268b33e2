import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/kql/ast.ts";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printExpression, printKql } from "../../src/kql/print.ts";

function formatted(text: string): string {
  const { query, diagnostics } = parseKqlText(text);
  expect(diagnostics).toEqual([]);
  return query === null ? "" : printKql(query);
}

describe("one layout", () => {
  it.each<[string, string, string]>([
    ["an operator a line", "T|where a==1|take 5", "T\n| where a == 1\n| take 5"],
    ["short lists on a line", "T | extend a=1,b=f( x,y )", "T\n| extend a = 1, b = f(x, y)"],
    [
      "a long list an item a line",
      `T | project ${Array.from({ length: 9 }, (_, i) => `SomeLongColumnName${i}`).join(",")}`,
      `T\n| project\n${Array.from({ length: 9 }, (_, i) => `    SomeLongColumnName${i}`).join(",\n")}`,
    ],
    [
      "aggregates below each other",
      "T | summarize FirstVeryLongResultName = make_set(SomeColumn), SecondVeryLongResultName = dcount(SomeColumn) by DeviceName",
      "T\n| summarize FirstVeryLongResultName = make_set(SomeColumn),\n            SecondVeryLongResultName = dcount(SomeColumn)\n    by DeviceName",
    ],
    [
      "conditions below each other",
      'T | where ProcessCommandLine has "something rather long" and (FolderPath endswith @"\\net.exe" or FolderPath endswith @"\\net1.exe")',
      'T\n| where ProcessCommandLine has "something rather long"\n    and (FolderPath endswith @"\\net.exe" or FolderPath endswith @"\\net1.exe")',
    ],
    [
      "case in pairs",
      'T | extend Kind = case(CommandLine has "accounts", "ACCOUNTS", CommandLine has "group", "GROUP", CommandLine has "user", "USER", "Other")',
      'T\n| extend Kind = case(\n    CommandLine has "accounts", "ACCOUNTS",\n    CommandLine has "group", "GROUP",\n    CommandLine has "user", "USER",\n    "Other"\n)',
    ],
    [
      "subqueries",
      "let a = T | where x | project y; T | join kind=inner (U | where a | project b) on b | where x in (a | distinct z)",
      "let a =\n    T\n    | where x\n    | project y;\nT\n| join kind=inner (\n    U\n    | where a\n    | project b\n) on b\n| where x in (a | distinct z)",
    ],
    [
      "mv-apply",
      "T | mv-apply x=y on (where x|project x)",
      "T\n| mv-apply x = y on (\n    where x\n    | project x\n)",
    ],
    [
      "functions",
      "let f=(a:long=1,T:(x:string,*)){T|where x==a};f(2,U)",
      "let f = (a:long = 1, T:(x:string, *)) {\n    T\n    | where x == a\n};\nf(2, U)",
    ],
    ["rows", 'datatable(a:string,b:long)["x",1,"y",-2]', 'datatable(a:string, b:long) [\n    "x", 1,\n    "y", -2\n]'],
  ])("%s", (_, text, wanted) => {
    expect(formatted(text)).toBe(wanted);
  });
});

describe("comments", () => {
  it("stay at their lines", () => {
    const text = [
      "// head",
      "let a = 1; // scalar",
      "T // table",
      "// before",
      "| where a in (",
      '    "x", // first',
      "    // own",
      '    "y" // second',
      ")",
      "| summarize n = count(), // number",
      "            m = max(b) // greatest",
      "    by c",
      "// tail",
    ].join("\n");
    expect(formatted(text)).toBe(text);
  });
  it("never swallow code", () => {
    expect(formatted("T | where a == // one\n b | extend c = f(x, // two\n y)")).toBe(
      "T\n| where a == b // one\n| extend c = f(\n    x, // two\n    y\n)",
    );
    expect(formatted("T | where // one\n// two\na")).toBe("T\n| where // one\n// two\na");
  });
});

describe("strings", () => {
  it.each<[string, string]>([
    ["plain", '"plain"'],
    ['say "hi"', "'say \"hi\"'"],
    [`it's "so"`, `"it's \\"so\\""`],
    ["c:\\temp", '@"c:\\temp"'],
    ['\\d "x"', "@'\\d \"x\"'"],
    ["a\\b\n", '"a\\\\b\\n"'],
    ["tab\tnul\0", '"tab\\tnul\\u0000"'],
    ["Müller 中 😀", '"Müller 中 😀"'],
    ["half \ud800", '"half \\ud800"'],
    ["hidden \u202e", '"hidden \\u202e"'],
  ])("%j", (value, wanted) => {
    const span = { start: 0, end: 0 };
    expect(printExpression({ kind: "literal", type: "string", value, text: "", span })).toBe(wanted);
  });
  it("keeps what a value does not say", () => {
    expect(
      formatted(
        'print h"x", \'a\' "b", ```\n"raw"```, 0x1F, 1e3, datetime(2020-1-1), dynamic({\'a\':1.0,"b":[int(2)]})',
      ),
    ).toBe('print h"x", "a" "b", ```\n"raw"```, 0x1F, 1e3, datetime(2020-1-1), dynamic({"a": 1.0, "b": [int(2)]})');
  });
});

describe("parentheses and names", () => {
  const span = { start: 0, end: 0 };
  const name = (text: string): Expression => ({ kind: "name", name: text, span });
  const binary = (operator: "+" | "-" | "*" | "==" | "has", left: Expression, right: Expression): Expression => ({
    kind: "binary",
    operator,
    operatorSpan: span,
    left,
    right,
    span,
  });
  it.each<[Expression, string]>([
    [binary("*", binary("+", name("a"), name("b")), name("c")), "(a + b) * c"],
    [binary("-", name("a"), binary("-", name("b"), name("c"))), "a - (b - c)"],
    [binary("has", binary("+", name("a"), name("b")), name("c")), "(a + b) has c"],
    [binary("==", binary("==", name("a"), name("b")), name("c")), "(a == b) == c"],
    [
      {
        kind: "logical",
        operator: "and",
        operands: [name("a"), { kind: "logical", operator: "or", operands: [name("b"), name("c")], span }],
        span,
      },
      "a and (b or c)",
    ],
    [
      { kind: "member", target: binary("+", name("a"), name("b")), name: { text: "c d", span }, span },
      "(a + b).['c d']",
    ],
    [
      { kind: "unary", operator: "-", operand: { kind: "literal", type: "long", value: -1, text: "", span }, span },
      "-(-1)",
    ],
    [name("by"), "['by']"],
    [name("it's"), '["it\'s"]'],
    [name("a\\b\n"), '["a\\\\b\\n"]'],
    [name("$left"), "$left"],
  ])("%#", (expression, wanted) => {
    expect(printExpression(expression)).toBe(wanted);
  });
});
