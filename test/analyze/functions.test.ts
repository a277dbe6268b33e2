import { expect, it } from "vitest";
import { analyzeKql, transpile } from "../../src/index.ts";

const T = { T: { a: "long", s: "string", t: "datetime", d: "dynamic" } };

function columns(query: string): string {
  const { columns, diagnostics } = analyzeKql(query, { schemas: T });
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  return (columns ?? []).map((c) => `${c.name}: ${c.type}`).join(", ");
}

/** Code and text of what is wrong. */
function findings(query: string): string[] {
  const { diagnostics } = analyzeKql(query, { schemas: T });
  return diagnostics.map((d) => `${d.code} ${query.slice(d.start, d.end)}`);
}

it("parameters have their own types, whatever is given for them", () => {
  expect(columns("let f = (x: real) { x / 2 }; print f(1)")).toBe("print_0: real");
  expect(columns("let f = (x: string) { x }; T | project f(d.a)")).toBe("Column1: string");
  expect(transpile("let f = (x: real) { x / 2 }; print f(1)", { to: "kql" }).text).toContain("1.0 / 2");
});

it("defaults, names and tables as arguments", () => {
  const f = 'let f = (x: long, y: string = "z") { print x, y };';
  expect(columns(`${f} f(1)`)).toBe("print_0: long, print_1: string");
  expect(columns(`${f} f(y = "a", x = 2)`)).toBe("print_0: long, print_1: string");
  expect(columns("let f = (X: (a: long), n: long) { X | extend b = a + n }; f((T | project a, s), 3)")).toBe(
    "a: long, s: string, b: long",
  );
});

it("a tabular parameter lets the other columns through, and needs its own", () => {
  expect(columns("let f = (X: (a: long)) { X | extend b = a }; f((T | project a, s))")).toBe(
    "a: long, s: string, b: long",
  );
  expect(findings("let f = (X: (b: long)) { X | project b }; f(T)")).toContain("KQL104 T");
});

it("a body sees the lets before it, not the row of its caller", () => {
  expect(columns("let n = 1; let f = () { n + 1 }; T | project x = f()")).toBe("x: long");
  expect(findings("let f = () { a }; T | project x = f()")).toEqual(["KQL110 a", "KQL106 f()"]);
});

it("a function that calls itself, a name that comes too early", () => {
  expect(findings("let f = (x: long) { f(x) }; print f(1)")).toEqual(["KQL112 f"]);
  expect(findings("let A = B | take 1; let B = T; A")).toEqual(["KQL112 B"]);
});

it("a function that is never called is read all the same", () => {
  expect(findings("let f = (x: long) { T | where nope == x }; T | take 1")).toEqual(["KQL101 nope"]);
});

it("what stands in a function is reported once, however often it is called", () => {
  expect(findings("let f = () { T | where nope == 1 | count }; union f(), f(), f()")).toEqual(["KQL101 nope"]);
});
