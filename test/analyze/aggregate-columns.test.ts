import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";

const table =
  "datatable (b: bool, i: int, l: long, r: real, m: decimal, s: string, d: datetime, t: timespan, g: guid, y: dynamic) []";

function compiled(operators: string): { readonly columns: string; readonly errors: readonly string[] } {
  const { plan, diagnostics } = compileKql(`${table} | ${operators}`);
  return {
    columns: plan?.body.columns.map((c) => `${c.name}:${c.type}`).join(" ") ?? "",
    errors: diagnostics.filter((d) => d.severity === "error").map((d) => `${d.code} ${d.message}`),
  };
}

describe("the columns of summarize", () => {
  it.each([
    [
      "count(), count(), countif(b), countif(l > 1), dcount(s)",
      "count_:long count_1:long countif_b:long countif_:long dcount_s:long",
    ],
    ["count_ = sum(l), count()", "count_:long count_1:long"],
    [
      "sum(i), sum(m), sum(t), avg(i), avg(m), avg(d)",
      "sum_i:long sum_m:decimal sum_t:timespan avg_i:real avg_m:decimal avg_d:datetime",
    ],
    ["covariance(i, l), variancepif(l, b), stdev(t)", "covariance_i_l:real variancepif_l:real stdev_t:real"],
    ["binary_all_or(i), binary_all_xor(l + 1)", "i:int Column1:long"],
    [
      "make_set(y.a.b), make_set(tolower(s)), make_list_if(l, b, 9), buildschema(y)",
      "set_y_a_b:dynamic set_:dynamic list_l:dynamic schema_y:dynamic",
    ],
    [
      "percentile(i, 5), percentiles(m, 50, 99.9), p = percentiles(r, 5, 50)",
      "percentile_i_5:long percentile_m_50:real percentile_m_99_9:real p:real percentile_r_50:real",
    ],
    ["percentiles_array(r, 5, 50), percentilesw(l, i, 50)", "percentiles_r:dynamic percentile_l_50:long"],
    ["take_any(s, l), take_any(l + 1), take_anyif(s, b)", "s:string l:long any_arg0:long s1:string"],
    [
      "any(s), anyif(s, b), argmax(l, s, r + 1)",
      "any_s:string anyif_s:string max_l:long max_l_s:string max_l_arg2:real",
    ],
    ["arg_max(l + l, s), arg_min(l, r + 1)", "max_:long s:string l:long min_l_arg1:real"],
    ["(a, c) = arg_max(l, s, r)", "a:long c:string r:real"],
    [
      "hll(s), tdigest(l), hll_merge(y), merge_tdigest(y)",
      "hll_s:dynamic tdigest_l:dynamic hll_merge_y:dynamic merge_tdigests_y:dynamic",
    ],
    ["tostring(count()), count() + 1, version = 2", "count_:string Column1:long version:long"],
  ])("%s", (aggregates, columns) => {
    expect(compiled(`summarize ${aggregates}`)).toEqual({ columns, errors: [] });
  });

  it("a star leaves out the keys and what stands beside it", () => {
    const { columns } = compiled("project s, l, r | summarize arg_max(l, r, *) by bin(l, 10), k = s");
    expect(columns).toBe("l:long k:string l1:long r:real");
  });

  it("the name of a constant is the rank of a percentile", () => {
    const { plan } = compileKql(`let p = 95; ${table} | summarize percentile(r, p)`);
    expect(plan?.body.columns).toEqual([{ name: "percentile_r_95", type: "real" }]);
  });

  it("one aggregate is worked out once, wherever it stands", () => {
    const { plan } = compileKql(`${table} | summarize share = 1.0 * countif(b) / count(), all = count()`);
    const [node] = plan?.body.kind === "project" ? [plan.body.input] : [];
    expect(node?.columns.map((c) => c.name)).toEqual(["all", "countif_b"]);
  });
});

describe("the columns of joins, unions and expansions", () => {
  it.each([
    ["project k = l, k1 = s | join (datatable (k: long, k2: string) []) on k", "k:long k1:string k3:long k2:string"],
    ["project k = l | lookup (datatable (k: long, v: string) []) on k", "k:long v:string"],
    [
      "project l | union (datatable (l: int) []), (datatable (l_int: string) [])",
      "l_long:long l_int1:int l_int:string",
    ],
    ["project l, y | mv-expand with_itemindex = l y to typeof(string)", "l:long y:string l1:long"],
    ["project s, y, l | mv-apply y on (summarize l = count(), most = max(tolong(y)))", "s:string l:long most:long"],
    ["project s, y | mv-apply s = y on (summarize count())", "s:string y:dynamic count_:long"],
  ])("%s", (operators, columns) => {
    expect(compiled(operators)).toEqual({ columns, errors: [] });
  });
});

describe("what cannot be grouped, added up or joined", () => {
  it.each([
    ["summarize sum(y)", "KQL104 sum takes a number, a timespan or a datetime here, `y` is a dynamic"],
    ["summarize max(g)", "KQL104 max takes a number, a bool, a string, a timespan or a datetime here, `g` is a guid"],
    ["summarize countif(l)", "KQL104 countif takes a bool here, `l` is a long"],
    ["summarize make_set(s, l)", "KQL107 make_set needs a constant here"],
    ["summarize percentile(r, 101)", "KQL115 a percentile lies between 0 and 100, 101 does not"],
    ["summarize arg_max(*)", "KQL108 `*` cannot stand here"],
    ["summarize count() by y", "KQL104 rows cannot be grouped by `y`, which is a dynamic value"],
    ["distinct *", "KQL104 rows cannot be grouped by `*`, which is a dynamic value"],
    ["summarize a = count(), a = sum(l)", "KQL105 the column `a` is given twice"],
    ["summarize count() by s, s", "KQL105 the column `s` is given twice"],
    ["summarize count() * l by l", "KQL111 `l` is not an aggregate"],
    ["summarize l + 1", "KQL111 `l + 1` is not an aggregate"],
    ["join (datatable (q: real) []) on $left.l == $right.q", "KQL104 a long key cannot be joined with a real"],
    ["join (datatable (l: int) []) on l", "KQL104 a long key cannot be joined with an int"],
    ["join (datatable (y: dynamic) []) on y", "KQL104 a join key cannot be a dynamic value"],
    ["join (datatable (q: long) []) on $right.q == $left.l", "KQL108 a join key names the left side first"],
    ["lookup kind=leftanti (datatable (l: long) []) on l", "KQL108 lookup has no kind leftanti"],
    ["mv-expand y, y", "KQL105 the column `y` is given twice"],
  ])("%s", (operators, error) => {
    expect(compiled(operators).errors).toEqual([error]);
  });
});
