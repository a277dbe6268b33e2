import { describe, expect, it } from "vitest";
import { analyzeKql, targets, transpile } from "../../src/index.ts";

const tables = `let T = datatable(a: long, s: string, d: dynamic, t: datetime, r: real) [];
let U = datatable(a: long, s: real, u: string) [];
let E = datatable(source: string, destination: string, label: string, w: long) [];
`;
const all = "a:long s:string d:dynamic t:datetime r:real";

function columnsOf(query: string): string {
  const { columns, diagnostics } = analyzeKql(tables + query);
  const errors = diagnostics.filter((d) => d.severity === "error").map((d) => d.message);
  return errors.length > 0 ? errors.join(" | ") : (columns ?? []).map((c) => `${c.name}:${c.type}`).join(" ");
}

// The columns are those that Microsoft's language service binds.
describe("result columns", () => {
  it.each([
    ["T | serialize | extend prev(a), row_number(), s2 = next(s)", `${all} Column1:long Column2:long s2:string`],
    ["T | serialize | extend row_window_session(t, 1h, 1h), row_cumsum(r)", `${all} Column1:datetime Column2:real`],
    [
      "T | make-series count(), x = sum(r) default = 0 on t step 1h by s",
      "s:string count_:dynamic x:dynamic t:dynamic",
    ],
    ["T | make-series sum(a) + 1 on t step 1d by bin(a, 10)", "a:long Column1:dynamic t:dynamic"],
    ["T | make-series n = dcount(s) on b = bin(t, 1d) step 1d by z = s", "z:string n:dynamic b:dynamic"],
    ["T | search 'x'", `$table:string ${all}`],
    ["search in (T, U) 'x'", "$table:string a:long s_string:string s_real:real d:dynamic t:datetime r:real u:string"],
    ["find in (T, U) where a == 1", "source_:string a:long s:dynamic pack_:dynamic"],
    ["find withsource = n in (T, U) where a == 1 project a, s, u", "n:string a:long s:dynamic u:string"],
    ["find in (T, U) where a == 1 project a: string, pack(*)", "source_:string a:string pack_:dynamic"],
    ["T | partition by s (summarize count() by a)", "a:long count_:long"],
    ["T | partition by s { U | where a == 1 }", "a:long s:real u:string"],
    [
      "T | sort by t | scan with_match_id = m declare (x: long, y: string) with (step q: true => x = 1;)",
      `${all} x:long y:string m:long`,
    ],
    [
      "T | top-nested 2 of s by sum(a), top-nested of z = bin(a, 10) by m = max(r)",
      "s:string aggregated_s:long z:long m:real",
    ],
    ["T | top-nested 2 of s by sum(a) + 1", "s:string aggregated_s:long"],
    ["T | top-hitters 2 of s", "s:string approximate_count_s:long"],
    ["T | top-hitters 2 of s by r", "s:string approximate_sum_r:real"],
    ["T | parse-kv s as (x: long, y: string)", `${all} x:long y:string`],
    ["T | sample-distinct 2 of s", "s:string"],
    ["T | getschema", "ColumnName:string ColumnOrdinal:long DataType:string ColumnType:string"],
    ["T | reduce by s", "Pattern:string Count:long Representative:string"],
    ["T | project-by-names 's', dynamic(['r'])", "s:string r:real"],
    ["T | consume | count", "Count:long"],
    ["T | evaluate autocluster()", `SegmentId:long Count:long Percent:real ${all}`],
    ["T | evaluate bag_unpack(d) : (*, x: string)", "a:long s:string t:datetime r:real x:string"],
    ["T | evaluate pivot(s, sum(a), t)", "t:datetime"],
    ["T | evaluate narrow()", "Row:long Column:string Value:string"],
    ["T | evaluate ipv4_lookup(T, s, s, a)", `${all} s1:string d1:dynamic t1:datetime r1:real`],
    ["T | evaluate python(typeof(x: long), 'code')", "x:long"],
    [
      "T | evaluate sequence_detect(t, 1d, 1d, x = (s == 'a'), y = (s == 'b'), a)",
      "a:long x_t:datetime y_t:datetime Duration:timespan",
    ],
    ["T | evaluate rolling_percentile(a, 50, t, 1d, 3, s)", "t:datetime s:string rolling_3_percentile_a_50:long"],
    [
      "T | evaluate new_activity_metrics(s, t, ago(1d), now(), 1d)",
      "from_t:datetime to_t:datetime dcount_new_values:long dcount_retained_values:long dcount_churn_values:long retention_rate:real churn_rate:real",
    ],
    ["evaluate http_request('x')", "ResponseHeaders:dynamic ResponseBody:dynamic"],
    ["let f = (x: (a: long), n: long) { x | extend q = n }; T | invoke f(5)", `${all} q:long`],
    [
      "E | make-graph source --> destination with T on s | graph-match (x)-[e]->(y) where x.a > 1 project x.s, n = y.a, e.w",
      "x_s:string n:long e_w:long",
    ],
    ["E | make-graph source --> destination with T on s | graph-match (x)-[e*1..3]->(y) project e.w", "e_w:dynamic"],
    [
      "E | make-graph source --> destination with_node_id = id | graph-mark-components | graph-to-table nodes",
      "id:string ComponentId:long",
    ],
    [
      "let G = E | make-graph source --> destination with_node_id = id; G | graph-to-table edges",
      "source:string destination:string label:string w:long",
    ],
  ])("%s", (query, columns) => {
    expect(columnsOf(query)).toBe(columns);
  });
});

describe("what the data decides is open", () => {
  it("columns of bag_unpack may have any name", () => {
    expect(columnsOf("T | evaluate bag_unpack(d) | where level > 3 | project a, level")).toBe("a:long level:unknown");
  });
});

describe("rows that are known by their columns alone", () => {
  it.each(targets.map((t) => t.id))("are unsupported at their place in %s", (to) => {
    const query = "DeviceProcessEvents | where FileName == 'x' | evaluate autocluster()";
    const { fidelity, notes } = transpile(query, { to });
    expect(fidelity).toBe("unsupported");
    const places = notes.filter((n) => n.level === "unsupported").map((n) => query.slice(n.span.start, n.span.end));
    expect(places).toContain("evaluate autocluster()");
  });
});

describe("mistakes are found", () => {
  it.each([
    ["T | graph-to-table nodes", "graph-to-table needs a graph"],
    ["T | make-series count() on t step 5", "the axis is a datetime, this needs to be a timespan"],
    ["T | make-series count() on a from 0 to 10000000 step 1", "the series would have 10000000 places"],
    ["T | parse-kv a as (x: long)", "parse-kv reads a string, `a` is a long"],
    ["T | assert-schema (a: string)", "`a` is a long, not a string"],
    ["T | evaluate ipv4_lookup(U, s, nowhere)", "the table that is looked into has no column `nowhere`"],
    ["print x = prev(1)", "prev looks at the rows around"],
  ])("%s", (query, message) => {
    expect(columnsOf(query)).toContain(message);
  });
});
