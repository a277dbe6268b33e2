import { expect, it } from "vitest";
import { analyzeKql } from "../../src/index.ts";

const row =
  'print s = "x", l = 1, r = 1.5, t = now(), b = true, d = parse_json("{}"), Column3 = 1 | project s, l, r, t, b, d, Column3';

/** Names and types of the result, which Microsoft's language service gives alike. */
function columns(query: string): string {
  const { columns, diagnostics } = analyzeKql(`${row}\n| ${query}`);
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  return (columns ?? []).map((c) => `${c.name}: ${c.type}`).join(", ");
}

it.each([
  ["d.a", "d_a: dynamic"],
  ["d.a.b", "d_a_b: dynamic"],
  ['d["x y"]', "d_x y: dynamic"],
  ["d[0].b", "d_0_b: dynamic"],
  ["d[-1]", "d_: dynamic"],
  ["d[s]", "d_: dynamic"],
  ["tostring(d.a)", "d_a: string"],
  ["parse_json(tostring(d.a)).b", "d_a_b: dynamic"],
  ["parse_url(s).Host", "Host: dynamic"],
  ['split(s, ",")[0]', "s_0: dynamic"],
  ["strlen(s)", "strlen_s: long"],
  ["bin(t, 1h)", "t: datetime"],
  ["bin(Hour = t, 1h)", "Hour: datetime"],
  ["tolower(s)", "Column1: string"],
  ["tolower(s), toupper(s), ago(1h)", "Column1: string, Column2: string, Column3: datetime"],
  ["Column1 = 1, tolower(s)", "Column1: long, Column11: string"],
  ["tostring(d.a), tolong(d.a), d.a", "d_a: string, d_a1: long, d_a2: dynamic"],
  ["tostring(d.a), d_a = 1", "d_a: string, d_a1: long"],
  ["tostring(d.a), d_a = l", "d_a: long"],
  ['column_ifexists("s", "")', "s: string"],
  ["(d.a)", "d_a: dynamic"],
])("project %s", (query, expected) => {
  expect(columns(`project ${query}`)).toBe(expected);
});

it("numbers go on through a query, and past columns that stay", () => {
  expect(columns("project tolower(s) | project x = 1 | extend ago(1h)")).toBe("x: long, Column2: datetime");
  expect(columns("project Column3 | extend ago(1h), ago(2h), ago(3h)")).toBe(
    "Column3: long, Column1: datetime, Column2: datetime, Column4: datetime",
  );
});

it("extend replaces in place, and leaves a column alone that it only names", () => {
  expect(columns("project s, l | extend s = 1, n = 2")).toBe("s: long, l: long, n: long");
  expect(columns("project d | extend tostring(d.a), tolong(d.a)")).toBe("d: dynamic, d_a: long");
  expect(columns("project s, l | extend s, tostring(s), tostring(l)")).toBe("s: string, l: string");
});

it("a function of several values gives several columns", () => {
  expect(columns("project d | project series_fit_line(d)")).toBe(
    "series_fit_line_d_rsquare: real, series_fit_line_d_slope: real, series_fit_line_d_variance: real, series_fit_line_d_rvariance: real, series_fit_line_d_interception: real, series_fit_line_d_line_fit: dynamic",
  );
  expect(columns("project d | project (a, b) = series_stats(d) | project a, b")).toBe("a: real, b: long");
});

it.each(["project s, s", "project x = s, x = l", "extend x = 1, x = 2", "project s, tostring(s)"])(
  "%s gives a name twice",
  (query) => {
    const { diagnostics } = analyzeKql(`${row} | ${query}`);
    expect(diagnostics.map((d) => d.code)).toEqual(["KQL105"]);
  },
);
