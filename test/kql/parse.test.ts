import { describe, expect, it } from "vitest";
import { validateGrammar } from "#grammar/kql";
import type { Expression, Operator, Pipe, Query } from "../../src/kql/ast.ts";
import { parseKqlText } from "../../src/kql/parse.ts";
import { printExpression } from "../../src/kql/print.ts";
import { Decimal } from "../../src/types/decimal.ts";
import { Datetime, Timespan } from "../../src/types/time.ts";

function query(text: string): Query {
  const { query: tree, diagnostics } = parseKqlText(text);
  expect(diagnostics, text).toEqual([]);
  if (tree === null) throw new Error(`no tree for ${text}`);
  return tree;
}
function pipe(text: string): Pipe {
  const statement = query(text).statements.at(-1);
  if (statement?.kind !== "expression" || statement.expression.kind !== "pipe") throw new Error(`no pipe in ${text}`);
  return statement.expression;
}
function operator(text: string): Operator {
  const [first] = pipe(`T | ${text}`).operators;
  if (first === undefined) throw new Error(`no operator in ${text}`);
  return first;
}
function expression(text: string): Expression {
  const print = pipe(`print ${text}`).operators[0];
  const value = print?.kind === "print" ? print.columns[0]?.value : undefined;
  if (value === undefined) throw new Error(`no value in ${text}`);
  return value;
}
/** An expression with every pair of operands in brackets. */
function grouped(e: Expression): string {
  switch (e.kind) {
    case "binary":
      return `[${grouped(e.left)} ${e.operator} ${grouped(e.right)}]`;
    case "logical":
      return `[${e.operands.map(grouped).join(` ${e.operator} `)}]`;
    case "unary":
      return `[${e.operator}${grouped(e.operand)}]`;
    case "in":
      return `[${grouped(e.operand)} ${e.operator} ...]`;
    default:
      return printExpression(e);
  }
}

it("the grammar has no ambiguity that Chevrotain can find", () => {
  expect(() => validateGrammar()).not.toThrow();
});

describe("binding of operators", () => {
  it.each([
    ["a or b and c or d", "[a or [b and c] or d]"],
    ["a and b and c", "[a and b and c]"],
    ["a == b < c", "[a == [b < c]]"],
    ["a - b - c * d % e", "[[a - b] - [[c * d] % e]]"],
    // string operators bind tighter than arithmetic
    ["a + b has c", "[a + [b has c]]"],
    ["a has b * c", "[[a has b] * c]"],
    ["-a.b * c", "[[-a.b] * c]"],
    ["a + 1 in (2)", "[[a + 1] in ...]"],
    ["a - -1", "[a - [-1]]"],
  ])("%s", (text, wanted) => {
    expect(grouped(expression(text))).toBe(wanted);
  });

  it.each(["a == b == c", "a < b < c", "a has b has c", "a in (1) == b", "a between (1 .. 2) != b", "- -a"])(
    "%s is refused",
    (text) => {
      expect(parseKqlText(`print ${text}`).diagnostics.map((d) => d.code)).toEqual(["KQL001"]);
    },
  );
});

describe("operators between values", () => {
  const negatable = ["contains", "startswith", "endswith", "has", "hasprefix", "hassuffix"];
  const all = [
    "==",
    "!=",
    "=~",
    "!~",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "matches regex",
    ...negatable.flatMap((name) => [name, `!${name}`, `${name}_cs`, `!${name}_cs`]),
  ];
  it.each(all)("a %s b", (name) => {
    expect(expression(`a ${name} b`)).toMatchObject({ kind: "binary", operator: name });
  });
  it.each([
    ["<>", "!="],
    ["notcontains", "!contains"],
    ["containscs", "contains_cs"],
  ])("%s is %s", (written, meant) => {
    expect(expression(`a ${written} b`)).toMatchObject({ kind: "binary", operator: meant });
  });
  it.each(["in", "!in", "in~", "!in~", "has_any", "has_all"])("a %s (…)", (name) => {
    expect(expression(`a ${name} ("x", y)`)).toMatchObject({
      kind: "in",
      operator: name,
      items: [{ value: "x" }, { name: "y" }],
    });
    expect(expression(`a ${name} (T | project x)`)).toMatchObject({ kind: "in", items: [{ kind: "pipe" }] });
  });
  it("between", () => {
    expect(expression("a !between (ago(1d)..now())")).toMatchObject({
      kind: "between",
      negated: true,
      low: { kind: "call" },
    });
    expect(expression("a between (1 .. 5)")).toMatchObject({
      kind: "between",
      negated: false,
      low: { value: 1 },
      high: { value: 5 },
    });
  });
  it("a star is a value on the left of a comparison and as an argument", () => {
    expect(operator('where * has "x"')).toMatchObject({ predicate: { left: { kind: "star" } } });
    expect(operator("summarize arg_max(t, *)")).toMatchObject({
      aggregates: [{ value: { arguments: [{}, { value: { kind: "star" } }] } }],
    });
    expect(parseKqlText("T | where a == *").diagnostics).toHaveLength(1);
    expect(parseKqlText("T | where *").diagnostics).toHaveLength(1);
  });
});

describe("literals", () => {
  it.each<[string, string, unknown]>([
    ['"a\\tb\\\\\\"\\u0041\\x41\\101\\n"', "string", 'a\tb\\"AAA\n'],
    ["'it\\'s'", "string", "it's"],
    ['@"c:\\x ""y"""', "string", 'c:\\x "y"'],
    ["@'it''s'", "string", "it's"],
    ['```a\n"b\\```', "string", 'a\n"b\\'],
    ["~~~x~~~", "string", "x"],
    ['h"secret"', "string", "secret"],
    ["H@'x\\'", "string", "x\\"],
    ['"a" \'b\' // and\n @"c"', "string", "abc"],
    ["42", "long", 42],
    ["0xFF", "long", 255],
    ["9223372036854775807", "long", 9223372036854775807n],
    ["-9223372036854775808", "long", -9223372036854775808n],
    ["long(-7)", "long", -7],
    ["int(7)", "int", 7],
    ["1.5", "real", 1.5],
    ["1e3", "real", 1000],
    ["real(nan)", "real", Number.NaN],
    ["double(-inf)", "real", Number.NEGATIVE_INFINITY],
    ["decimal(12.50)", "decimal", new Decimal(125n, 1)],
    ["true", "bool", true],
    ["bool(0)", "bool", false],
    ["guid(74BE27DE-1E4E-49D9-B579-FE0B331D3642)", "guid", "74be27de-1e4e-49d9-b579-fe0b331d3642"],
    ["long(null)", "long", null],
    ["datetime(null)", "datetime", null],
  ])("%s", (text, type, value) => {
    expect(expression(text)).toMatchObject({ kind: "literal", type, value });
  });

  it.each<[string, bigint]>([
    ["1d", 864_000_000_000n],
    ["2.5h", 90_000_000_000n],
    ["30m", 18_000_000_000n],
    ["10s", 100_000_000n],
    ["100ms", 1_000_000n],
    ["5microsecond", 50n],
    ["3tick", 3n],
    ["250nanoseconds", 2n],
    ["time(1.02:03:04.5)", 937_845_000_000n],
    ["timespan(01:00)", 36_000_000_000n],
    ["time(2d)", 1_728_000_000_000n],
    ["time(-1.00:00:00)", -864_000_000_000n],
    ["timespan(2)", 1_728_000_000_000n],
  ])("%s", (text, ticks) => {
    expect(expression(text)).toMatchObject({ type: "timespan", value: new Timespan(ticks) });
  });

  const day = 637_134_336_000_000_000n;
  it.each<[string, bigint]>([
    ["2020-01-01", day],
    ["2020-01-01T00:00:00Z", day],
    ["2020-01-01 02:00:00+02:00", day],
    ["'2020-01-01'", day],
    ["1/1/2020", day],
    ['"01-01-2020"', day],
    ["2020, 1, 1", day],
    ["1 Jan 2020 00:00:00 GMT", day],
    ["2020-01-01 00:00:00.0000001", day + 1n],
    ["2020-01-01T12:30", day + 450_000_000_000n],
    ["0001-01-01", 0n],
    ["9999-12-31 23:59:59.9999999", 3_155_378_975_999_999_999n],
  ])("datetime(%s)", (text, ticks) => {
    expect(expression(`datetime(${text})`)).toMatchObject({ type: "datetime", value: new Datetime(ticks) });
  });

  it("dynamic holds JSON with KQL's literals", () => {
    const text = `dynamic ({"a": [1, -2.5, null, true, 'x', @"\\y"], "": {"__proto__": 1d}, "t": datetime(2020-01-01)})`;
    const found = expression(text);
    if (found.kind !== "dynamic") throw new Error("no dynamic");
    expect(found.value).toEqual({
      a: [1, -2.5, null, true, "x", "\\y"],
      "": Object.fromEntries([["__proto__", new Timespan(864_000_000_000n)]]),
      t: new Datetime(day),
    });
    expect(expression(`dynamic(["x"])`)).toMatchObject({ kind: "dynamic", value: ["x"] });
    expect(expression("dynamic(null)")).toMatchObject({ kind: "dynamic", value: null });
  });

  it.each([
    ["long(x)", "KQL003"],
    ["datetime(2020-02-30)", "KQL003"],
    ["todatetime(datetime(now()))", "KQL003"],
    ["guid(1)", "KQL003"],
    ['"\\d+"', "KQL003"],
    ["99999999999999999999", "KQL003"],
    ["dynamic([1,])", "KQL001"],
    ["dynamic({a:1})", "KQL001"],
  ])("%s is refused with %s", (text, code) => {
    expect(parseKqlText(`print ${text}`).diagnostics.map((d) => d.code)).toEqual([code]);
  });
});

describe("names and paths", () => {
  it("words of the language are names where that is clear", () => {
    const words = "count kind type on with range step limit join id view pattern top take".split(" ");
    for (const word of words) {
      expect(operator(`where ${word} == 1 and a.${word} == 2`), word).toMatchObject({ kind: "where" });
      expect(operator(`extend ${word} = ${word}`), word).toMatchObject({ columns: [{ names: [{ text: word }] }] });
    }
    for (const word of ["by", "where", "title", "to", "of", "has", "in"]) {
      expect(operator(`extend ${word} = a.${word}`), word).toMatchObject({ columns: [{ names: [{ text: word }] }] });
      expect(parseKqlText(`T | where ${word} == 1`).diagnostics, word).toHaveLength(1);
    }
  });
  it("paths", () => {
    expect(printExpression(expression(`a.b["c"][0].[-1].['d e']["x" 'y'][b]`))).toBe(
      `a.b["c"][0][-1].['d e']["x" "y"][b]`,
    );
    expect(expression("['a b'].c")).toMatchObject({ kind: "member", target: { kind: "name", name: "a b" } });
    expect(operator("join (U) on a, $left.b == $right.c")).toMatchObject({
      on: [
        { name: "a" },
        { left: { kind: "member", target: { name: "$left" } }, right: { target: { name: "$right" } } },
      ],
    });
  });
  it("calls with named arguments", () => {
    expect(expression("f(1, b = 2, *)")).toMatchObject({
      arguments: [{ name: null }, { name: { text: "b" } }, { value: { kind: "star" } }],
    });
  });
});

describe("statements", () => {
  it("let of a scalar, a table and functions", () => {
    const text = `let a = 1; let t = T | where x; let f = (x: long = 5, s: string, U: (k: long, *), V: (*)) { let y = x; U | where k == y; };
      let v = view () { T }; set notruncation; set limit = 5; f(1)`;
    const found = query(text).statements;
    expect(found.map((s) => s.kind)).toEqual(["let", "let", "let", "let", "set", "set", "expression"]);
    expect(found[2]).toMatchObject({
      value: {
        kind: "function",
        parameters: [
          { type: "long", default: { value: 5 } },
          { type: "string", default: null },
          { type: { columns: [{ name: { text: "k" }, type: "long" }], open: true } },
          { type: { columns: [], open: true } },
        ],
        body: [{ kind: "let" }, { kind: "expression" }],
      },
    });
    expect(found[3]).toMatchObject({ value: { view: true } });
  });
  it("comments are kept with their place", () => {
    const text = "// one\nT // two\n| take 1 // three";
    expect(query(text).comments.map((c) => [c.text, c.ownLine, text.slice(c.span.start, c.span.end)])).toEqual([
      [" one", true, "// one"],
      [" two", false, "// two"],
      [" three", false, "// three"],
    ]);
  });
  it("spans point at what they say", () => {
    const text = "T | where a == 1 and b has 'x' | summarize n = count() by c";
    const [where, summarize] = pipe(text).operators;
    expect([where, summarize].map((o) => text.slice(o?.span.start, o?.span.end))).toEqual([
      "where a == 1 and b has 'x'",
      "summarize n = count() by c",
    ]);
    if (where?.kind !== "where" || where.predicate.kind !== "logical") throw new Error("no where");
    expect(where.predicate.operands.map((o) => text.slice(o.span.start, o.span.end))).toEqual(["a == 1", "b has 'x'"]);
  });
});

describe("query operators", () => {
  it.each<[string, object]>([
    ["filter a", { kind: "where" }],
    ["project a, b = c, d.e", { kind: "project", columns: [{ names: [] }, { names: [{ text: "b" }] }, {}] }],
    ["extend (a, b) = f(x)", { columns: [{ names: [{ text: "a" }, { text: "b" }] }] }],
    [
      "project-away a*, *_b1, ['c d']",
      { patterns: [{ pattern: "a*", wildcard: true }, { pattern: "*_b1" }, { pattern: "c d", wildcard: false }] },
    ],
    ["project-reorder a, *1 granny-desc", { patterns: [{ order: null }, { pattern: "*1", order: "granny-desc" }] }],
    [
      "project-rename a = b, ['c'] = d",
      { columns: [{ to: { text: "a" }, from: { text: "b" } }, { to: { text: "c" } }] },
    ],
    [
      "summarize hint.strategy = shuffle count(), x = max(y) by a, bin(t, 1h)",
      { parameters: [{ name: "hint.strategy", value: { text: "shuffle" } }], aggregates: [{}, {}], by: [{}, {}] },
    ],
    ["summarize by a", { aggregates: [], by: [{}] }],
    ["summarize count()", { by: null }],
    [
      "order by a asc nulls last, b",
      {
        kind: "sort",
        keys: [
          { direction: "asc", nulls: "last" },
          { direction: null, nulls: null },
        ],
      },
    ],
    ["top 5 by a desc", { kind: "top", keys: [{ direction: "desc" }] }],
    ["limit 5", { kind: "take" }],
    ["count as N", { kind: "count", as: { text: "N" } }],
    ["distinct *", { columns: [{ value: { kind: "star" } }] }],
    [
      "mvexpand bagexpansion=array with_itemindex=i a to typeof(long), b = c limit 5",
      {
        kind: "mv-expand",
        columns: [
          { name: null, type: "long" },
          { name: { text: "b" }, type: null },
        ],
        limit: { value: 5 },
        parameters: [{ name: "bagexpansion" }, { value: { text: "i" } }],
      },
    ],
    [
      "mv-apply x = a to typeof(string) on (where x | project x)",
      { kind: "mv-apply", operators: [{ kind: "where" }, { kind: "project" }] },
    ],
    [
      'parse kind=regex flags=Ui a with * "x" b:long "y" c *',
      {
        kind: "parse",
        steps: [{ kind: "skip" }, { value: "x" }, { type: "long" }, { value: "y" }, { type: null }, { kind: "skip" }],
      },
    ],
    ['parse-where a with b "x"', { kind: "parse-where" }],
    [
      "union kind=inner withsource=S (U | take 1), V*, w('x').T",
      {
        parameters: [{ value: { text: "inner" } }, {}],
        tables: [{ kind: "paren" }, { pattern: "V*" }, { kind: "member" }],
      },
    ],
    ["lookup kind=leftouter (U) on a", { kind: "lookup", parameters: [{ name: "kind" }] }],
    ["as hint.materialized=true X", { kind: "as", parameters: [{ value: { value: true } }] }],
    [
      'render timechart with (title="x", ycolumns=a, b)',
      { parameters: [{ name: "title" }, { value: { text: "a" }, more: [{ text: "b" }] }] },
    ],
    ["serialize n = row_number()", { kind: "serialize" }],
  ])("%s", (text, wanted) => {
    expect(operator(text)).toMatchObject(wanted);
  });
  it("sources without a table", () => {
    expect(pipe("range x from 1 to 10 step 2 | count")).toMatchObject({
      source: null,
      operators: [{ kind: "range" }, { kind: "count" }],
    });
    expect(pipe("union A, B")).toMatchObject({ source: null, operators: [{ tables: [{}, {}] }] });
    expect(pipe("print range(1, 2, 3)")).toMatchObject({ operators: [{ columns: [{ value: { kind: "call" } }] }] });
    expect(pipe('datatable(a:string, b:int)["x", -1, "y", 2,] | take 1')).toMatchObject({
      source: { kind: "datatable", values: [{}, {}, {}, {}] },
    });
    expect(pipe('datatable(a:string)["x"] | take 1')).toMatchObject({ source: { values: [{ value: "x" }] } });
  });
});
