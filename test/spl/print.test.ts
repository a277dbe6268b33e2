import { describe, expect, it } from "vitest";
import { and, binary, call, concat, field, isIn, not, number, or, text } from "../../src/spl/eval.ts";
import { printPipeline } from "../../src/spl/print.ts";
import { allOf, anyOf, compare, isOneOf, noneOf, type SearchExpr } from "../../src/spl/search.ts";
import type { Command, EvalExpr } from "../../src/spl/tree.ts";

const print = (...commands: readonly Command[]): string => printPipeline({ kind: "pipeline", commands });
const where = (expr: EvalExpr): string => print({ kind: "where", expr });
const search = (expr: SearchExpr | null): string => (expr === null ? "" : print({ kind: "search", expr }));

describe("eval", () => {
  it("binds AND tighter than OR, and brackets one inside the other all the same", () => {
    const [a, b, c] = ["a", "b", "c"].map((n) => binary(field(n), "==", number(1)));
    if (!a || !b || !c) throw new Error("three");
    expect(where(or(and(a, b), c))).toBe("| where (a==1 AND b==1) OR c==1");
    expect(where(and(or(a, b), c))).toBe("| where (a==1 OR b==1) AND c==1");
    expect(where(not(and(a, b)))).toBe("| where NOT (a==1 AND b==1)");
    expect(where(not(a))).toBe("| where NOT (a==1)");
  });

  it("keeps the order of arithmetic", () => {
    const [a, b, c] = [field("a"), field("b"), field("c")];
    expect(where(binary(a, "-", binary(b, "-", c)))).toBe("| where a-(b-c)");
    expect(where(binary(binary(a, "-", b), "-", c))).toBe("| where a-b-c");
    expect(where(binary(binary(a, "+", b), "*", c))).toBe("| where (a+b)*c");
    expect(where(concat(a, binary(b, "+", c)))).toBe("| where a . (b+c)");
    expect(where(number(-1.5))).toBe("| where -1.5");
    expect(where(number(1e21))).toBe("| where 1000000000000000000000");
  });

  it("quotes texts with double and odd fields with single quotes", () => {
    expect(where(binary(field("a.b"), "==", text('say "hi" \\')))).toBe(`| where 'a.b'=="say \\"hi\\" \\\\"`);
    expect(where(binary(field("it's"), "==", text("$x$ | [ `m` ]")))).toBe("| where 'it\\'s'==\"$x$ | [ `m` ]\"");
    expect(where(isIn(field("AND"), [text("a"), text("b")]))).toBe(`| where 'AND' IN ("a", "b")`);
  });

  it("leaves a regular expression readable and escapes a backslash twice", () => {
    const match = (regex: string): string => where(call("match", field("f"), text(regex)));
    expect(match("\\d+\\.exe$")).toBe('| where match(f, "\\d+\\.exe$")');
    expect(match("^C:\\\\Users")).toBe('| where match(f, "^C:\\\\\\\\Users")');
    expect(match('a"b\\|c')).toBe('| where match(f, "a\\"b\\\\|c")');
    expect(match("x\\")).toBe('| where match(f, "x\\\\")');
  });

  it("breaks a long condition into one a line", () => {
    const long = (name: string): EvalExpr => call("match", field(name), text("x".repeat(40)));
    expect(where(and(long("first"), or(long("second"), long("third"))))).toBe(
      [
        `| where match(first, "${"x".repeat(40)}")`,
        "    AND (",
        `        match(second, "${"x".repeat(40)}")`,
        `        OR match(third, "${"x".repeat(40)}")`,
        "    )",
      ].join("\n"),
    );
  });
});

describe("search", () => {
  it("brackets OR, which binds tighter there than AND", () => {
    const [a, b, c] = ["a", "b", "c"].map((n) => compare(n, "=", "1"));
    if (!a || !b || !c) throw new Error("three");
    expect(search(allOf([a, anyOf([b, c]) ?? a]))).toBe("a=1 (b=1 OR c=1)");
    expect(search(anyOf([a, allOf([b, c]) ?? a]))).toBe("a=1 OR (b=1 c=1)");
    expect(search(noneOf(anyOf([a, b]) ?? a))).toBe("NOT (a=1 OR b=1)");
  });

  it("quotes values, with a backslash doubled up to the last one", () => {
    expect(search(compare("Image", "=", "*\\net.exe"))).toBe('Image="*\\\\net.exe"');
    expect(search(compare("f", "=", "ends in \\"))).toBe('f="ends in \\\\"');
    expect(search(compare("f", "=", 'a" | delete [ x'))).toBe('f="a\\" | delete [ x"');
    expect(search(isOneOf("country", ["IN", "*"]))).toBe('country IN ("IN", *)');
    expect(search(compare("a b", "=", "4688"))).toBe('"a b"=4688');
    expect(search(compare("earliest", "=", "-24h"))).toBe("earliest=-24h");
  });
});

describe("commands", () => {
  it("writes one a line", () => {
    expect(
      print(
        { kind: "search", expr: compare("index", "=", "main") },
        {
          kind: "eval",
          assignments: [
            { field: "a b", value: text("x") },
            { field: "c", value: field("a b") },
          ],
        },
        { kind: "rex", field: "c", options: [], pattern: "(?<d>\\w+)" },
        {
          kind: "stats",
          options: [],
          aggregations: [{ function: "count", argument: null, as: "n" }],
          by: ["d", "a b"],
        },
        {
          kind: "sort",
          limit: 0,
          keys: [
            { field: "n", descending: true, type: null },
            { field: "d", descending: false, type: "str" },
          ],
        },
        {
          kind: "rename",
          pairs: [
            { from: "n", to: "N" },
            { from: "Processes.*", to: "*" },
          ],
        },
        { kind: "fillnull", value: "", fields: ["d"] },
        { kind: "comment", text: "done ``` | delete" },
      ),
    ).toBe(
      [
        'index="main"',
        `| eval "a b"="x", c='a b'`,
        '| rex field=c "(?<d>\\w+)"',
        '| stats count as n by d "a b"',
        "| sort 0 -n, str(d)",
        "| rename n as N, Processes.* as *",
        '| fillnull value="" d',
        "```done ''' | delete```",
      ].join("\n"),
    );
  });

  it("lays tstats out as the security content does", () => {
    const terms = allOf([
      anyOf([compare("P.a", "=", "x".repeat(60)), compare("P.b", "=", "y")]) ?? compare("P.a", "=", "x"),
      compare("P.c", "=", "*z"),
    ]);
    const command: Command = {
      kind: "tstats",
      options: [{ kind: "macro", name: "security_content_summariesonly", args: [] }],
      aggregations: [{ function: "count", argument: null, as: null }],
      dataModel: "M.P",
      where: terms,
      by: [
        { field: "_time", span: "1s" },
        { field: "P.a", span: null },
      ],
    };
    expect(print(command)).toBe(
      [
        "| tstats `security_content_summariesonly` count FROM datamodel=M.P",
        `  WHERE (P.a="${"x".repeat(60)}" OR P.b="y") AND P.c="*z"`,
        "  BY _time span=1s P.a",
      ].join("\n"),
    );
  });

  it("indents a subsearch", () => {
    const inner: Command[] = [
      { kind: "search", expr: compare("a", "=", "1") },
      { kind: "table", fields: ["k"] },
    ];
    expect(
      print(
        { kind: "search", expr: compare("b", "=", "2") },
        { kind: "join", options: [], fields: ["k"], search: { kind: "pipeline", commands: inner } },
      ),
    ).toBe(["b=2", "| join k", "    [ search a=1", "      | table k ]"].join("\n"));
  });
});
