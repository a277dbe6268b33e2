import { describe, expect, it } from "vitest";
import {
  analyzeKql,
  type Diagnostic,
  parseKql,
  printKql,
  QueryError,
  runKql,
  targets,
  transpile,
} from "../src/index.ts";

// Whatever the text: a located diagnostic, never a throw, and an end in bounded time.

const schemas = { T: { a: "long", s: "string", d: "dynamic", t: "datetime" } };

/** How a diagnostic is written here: code, and the text that it points at. */
const pointing = (text: string, d: Diagnostic): string => `${d.code} ${text.slice(d.start, d.end)}`;

function check(text: string): readonly Diagnostic[] {
  const { diagnostics } = analyzeKql(text, { schemas });
  for (const d of diagnostics) {
    expect(d.start).toBeLessThanOrEqual(d.end);
    expect(d.end).toBeLessThanOrEqual(text.length);
    const before = text.slice(0, d.start).split("\n");
    expect([d.line, d.column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
    expect(d.message.length, "a message stays readable").toBeLessThan(400);
  }
  return diagnostics;
}

describe("a wrong text has a located error", () => {
  it.each([
    ["", "KQL005 "],
    ["// nothing but a comment", "KQL005 // nothing but a comment"],
    ["let x = 1", "KQL005 let x = 1"],
    ["T | where a == 1)", "KQL001 )"],
    ["T | where (a == 1", "KQL001 "],
    ["T | where a ==", "KQL001 "],
    ["T |", "KQL001 "],
    ["T | | take 1", "KQL001 |"],
    ["T | wher a == 1", "KQL001 wher"],
    ["T | where a § 1", "KQL002 §"],
    ['T | where s == "abc', 'KQL003 "abc'],
    ["print ```abc", "KQL003 ```abc"],
    ['print "\\q"', "KQL003 \\q"],
    ["print datetime(2025-13-45)", "KQL003 datetime(2025-13-45)"],
    ["T | where b == 1", "KQL101 b"],
    ["T | where lowercase(s) == 'x'", "KQL102 lowercase"],
    ["T | where strlen(s, 1) > 1", "KQL103 strlen"],
    ["T | where a + s > 1", "KQL104 s"],
    ["T | where a", "KQL104 a"],
    ['T | take "x"', 'KQL104 "x"'],
    ["T | mv-expand a", "KQL104 a"],
    ["T | join (T | project a = s) on a", "KQL104 a"],
    ["T | extend x = 1, x = 2", "KQL105 x = 2"],
    ["let X = T; T | where a == X", "KQL106 X"],
    ["let x = 5; x | take 1", "KQL106 x"],
    ["T | summarize dcount(s, a)", "KQL107 a"],
    ["T | join kind=sideways T on a", "KQL108 join"],
    ['T | where s matches regex "(x"', 'KQL109 "(x"'],
    ['T | extend x = extract("[z-a]", 0, s)', 'KQL109 "[z-a]"'],
    ["T | where count() > 1", "KQL111 count"],
    ["datatable(a: long, b: long) [1, 2, 3]", "KQL103 datatable(a: long, b: long) [1, 2, 3]"],
    ["T | make-series count() on t every 1d", "KQL001 every"],
  ])("%s", (text, expected) => {
    const found = check(text).filter((d) => d.severity === "error");
    expect(found.map((d) => pointing(text, d))).toContain(expected);
    // The same is said wherever the text goes.
    for (const { id } of targets) {
      const ported = transpile(text, { to: id, schemas });
      expect([ported.text, ported.fidelity]).toEqual(["", "unsupported"]);
      expect(ported.diagnostics).toEqual(analyzeKql(text, { schemas }).diagnostics);
    }
  });

  it.each([
    ["DeviceProcessEvents | where FileNam == 'x'", "FileName"],
    ["DeviceProcessEvents | where tolwer(FileName) == 'x'", "tolower"],
    ["DeviceProcesEvents | take 1", "DeviceProcessEvents"],
    ["DeviceProcessEvents | wher FileName == 'x'", "where"],
  ])("%s: suggests what was meant", (text, meant) => {
    expect(check(text).map((d) => d.hint)).toEqual([`did you mean \`${meant}\`?`]);
  });

  it("all errors of a text are found at once", () => {
    const text = "T\n| where b == 1\n| extend x = lowercase(s)\n| where s > 1";
    expect(check(text).map((d) => `${d.line} ${pointing(text, d)}`)).toEqual([
      "2 KQL101 b",
      "3 KQL102 lowercase",
      "4 KQL104 s > 1",
    ]);
  });

  it("a second query is not dropped in silence", () => {
    expect(check("T | where a == 1; T | where a == 2")).not.toEqual([]);
  });

  it("running says the same", async () => {
    await expect(runKql("T | where b == 1", { schemas })).rejects.toThrow(new QueryError(check("T | where b == 1")));
  });
});

const many = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join("");
const nested = (open: string, close: string, inside: string, n = 10_000): string =>
  open.repeat(n) + inside + close.repeat(n);

it("a setting that decides on rows is not left out when a query is run", async () => {
  const run = (setting: string): Promise<unknown> => runKql(`set ${setting}; print x = 1`);
  await expect(run("query_now = datetime(2020-01-01)")).rejects.toThrow(
    "KQL108: the setting query_now is not followed",
  );
  await expect(run("something = 1")).rejects.toThrow("KQL108");
  await expect(run("notruncation")).resolves.toMatchObject({ rows: [[1]] });
});

describe("a text that would break a reader has a located error", () => {
  it.each([
    ["parentheses", `print ${nested("(", ")", "1")}`],
    ["parentheses that are never closed", `T | where ${"(".repeat(10_000)}`],
    ["calls", `print ${nested("not(", ")", "true")}`],
    ["subqueries", nested("(", " | where a > 0)", "T")],
    ["unions", `${nested("union (", "), T", "T")}`],
    ["arrays", `print dynamic(${nested("[", "]", "1")})`],
    ["signs", `print ${"-".repeat(10_000)}1`],
    ["sums", `print ${"1 + ".repeat(10_000)}1`],
    ["paths", `T | where d${".a".repeat(10_000)} == 1`],
    ["indexes", `T | where d${"[0]".repeat(10_000)} == 1`],
    ["functions in functions", `${nested("let f = () { ", " };", "print 1")} T`],
    ["a function that calls itself", "let f = (x: long) { f(x) }; print f(1)"],
    ["functions that call each other", "let f = () { g() }; let g = () { f() }; print f()"],
    [
      "functions that double",
      `let f0 = (x: long) { x };\n${many(60, (i) => `let f${i + 1} = (x: long) { f${i}(x) + f${i}(x) };\n`)}print f60(1)`,
    ],
    [
      "tables that double",
      `let t0 = (x: long) { print n = x };\n${many(60, (i) => `let t${i + 1} = (x: long) { union t${i}(x), t${i}(x) };\n`)}t60(1)`,
    ],
    ["a regular expression that is too large", 'print extract("((((a{1,500}){1,500}){1,500}){1,500})", 1, "a")'],
    ["a regular expression that is too deep", `print extract("${nested("(", ")", "a", 5000)}", 1, "a")`],
    ["a long name", `T | where ${"x".repeat(100_000)} == 1`],
    ["a long operator", `T | ${"x".repeat(100_000)}`],
    ["quotes", '"'.repeat(50_001)],
    ["backticks", "`".repeat(50_001)],
    ["pipes", "|".repeat(20_000)],
    ["braces", "{".repeat(20_000)],
    ["brackets", `T | where ${"[".repeat(20_000)}`],
    ["lets", "let x = ".repeat(5_000)],
    ["control characters", "T | where a == \u0000\u0001\u001b"],
    ["half a character", "T | where a == \ud800"],
  ])("%s", (_, text) => {
    const began = performance.now();
    const errors = check(text).filter((d) => d.severity === "error");
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length, "one fault does not fill the screen").toBeLessThan(200);
    for (const { id } of targets) expect(transpile(text, { to: id, schemas }).fidelity).toBe("unsupported");
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  // As many steps as no person writes: read, or refused with a message.
  it.each([
    ["where", `T${" | where a > 0".repeat(5_000)}`],
    ["extend", `T${" | extend a = a + 1".repeat(5_000)}`],
    ["let", `${many(2_000, (i) => `let x${i} = ${i === 0 ? "1" : `x${i - 1}`};\n`)}print x1999`],
    ["union", `union ${many(2_000, () => "T, ")}T`],
    ["or", `T | where ${"a == 1 or s == 'x' and ".repeat(2_000)}a == 2`],
    ["in", `T | where a in (${many(5_000, (i) => `${i}, `)}1)`],
    ["case", `T | extend c = case(${many(2_000, (i) => `a == ${i}, "${i}", `)}"")`],
    ["columns", `T | project ${many(2_000, (i) => `c${i} = a, `)}a`],
    ["a long string", `T | where s == "${"x".repeat(2_000_000)}"`],
    ["comments", `${"// a comment\n".repeat(20_000)}T`],
  ])("%s, thousands of times", async (_, text) => {
    const { query } = parseKql(text);
    if (query) expect(parseKql(printKql(query)).query).not.toBeNull();
    const errors = check(text).filter((d) => d.severity === "error");
    for (const { id } of targets) {
      const { fidelity } = transpile(text, { to: id, schemas });
      if (errors.length > 0) expect(fidelity).toBe("unsupported");
    }
    const run = runKql(text, { schemas, tables: { T: [{ a: 1, s: "x" }] } });
    if (errors.length > 0) await expect(run).rejects.toThrow(QueryError);
    else expect((await run).columns.length).toBeGreaterThan(0);
  });
});

describe("a regular expression cannot hang", () => {
  it.each([
    ["(a+)+$", `${"a".repeat(20_000)}!`],
    ["(a|aa)+$", `${"a".repeat(20_000)}!`],
    ["(.*)*(.*)*(.*)*b", "a".repeat(2_000)],
    ["(?:a?){50}a{50}", "a".repeat(50)],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(20_000)],
  ])("%s", async (regex, text) => {
    const began = performance.now();
    const { rows } = await runKql(`T | project m = s matches regex "${regex}"`, {
      schemas,
      tables: { T: [{ s: text }] },
    });
    expect(rows).toEqual([[regex.includes("{50}")]]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("events of any kind", () => {
  it("are read by the declared type or are null", async () => {
    const odd = [
      null,
      true,
      1.5,
      2 ** 60,
      Number.NaN,
      -0,
      "",
      "x",
      "1",
      [],
      {},
      [[1]],
      { __proto__: null, k: 1 },
      undefined,
      "2025-01-01",
      "1e400",
      10n ** 30n,
    ];
    const { rows } = await runKql("T | project a, s, t, isnull(d)", {
      schemas,
      tables: { T: odd.map((v) => ({ a: v, s: v, d: v, t: v })) },
    });
    expect(rows.length).toBe(odd.length);
    for (const [a, s, t] of rows) {
      expect(a === null || typeof a === "bigint" || Number.isInteger(a), `a long, not ${String(a)}`).toBe(true);
      expect(typeof s).toBe("string");
      expect(t === null || /^\d{4}-\d\d-\d\dT/.test(String(t))).toBe(true);
    }
  });

  it("do not reach the prototypes of objects", async () => {
    const event = JSON.parse('{"s": "x", "__proto__": {"polluted": 1}, "constructor": "c", "toString": 5}') as object;
    const query =
      'T | extend p = bag_pack(\'__proto__\', dynamic({"polluted": 1})), b = parse_json(\'{"__proto__": {"polluted": 1}}\') | summarize make_bag(p), make_bag(b), take_any(constructor)';
    const open = { T: { s: "string", constructor: "string" } };
    const { rows } = await runKql(query, { schemas: open, tables: { T: [event, {}] } });
    expect(rows[0]?.[2]).toBe("c");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
