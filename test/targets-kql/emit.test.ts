import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";
import { transpile } from "../../src/index.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { emitKql } from "../../src/targets/kql/index.ts";
import { Datetime, Timespan } from "../../src/types/time.ts";
import { hasShared, sharedLines } from "../shared.ts";

const schemas = {
  T: { a: "string", b: "long", c: "string", d: "dynamic", t: "datetime", x1: "string" },
  U: { a: "string", k: "long", b: "long" },
};

function compiled(text: string): Plan {
  const { plan, diagnostics } = compileKql(text, { schemas });
  if (plan === null) throw new Error(`${JSON.stringify(diagnostics.filter((d) => d.severity === "error"))}\n${text}`);
  return plan;
}

/** A plan as text, without places and the keyword that it was written with; of `render` the kind of chart. */
function meaning(plan: Plan): string {
  return JSON.stringify([plan.lets, plan.body, plan.render?.text.split(/\s+/)[1]], (key, value: unknown) => {
    if (key === "span" || key === "keyword") return undefined;
    if (value instanceof Datetime || value instanceof Timespan) return `${value.ticks}`;
    return typeof value === "bigint"
      ? `${value}n`
      : typeof value === "number" && !Number.isFinite(value)
        ? `${value}`
        : value;
  });
}

function emitted(text: string): string {
  const plan = compiled(text);
  const { text: kql, notes } = emitKql(plan, { query: text });
  expect(notes).toEqual([]);
  expect(meaning(compiled(kql)), kql).toBe(meaning(plan));
  return kql;
}

describe("what a person would write", () => {
  it.each<[string, string]>([
    [
      "T | where not(a has 'x') and not(b == 1) and not(c in ('x','y')) and not(b between (1 .. 2))",
      'where a !has "x" and b != 1 and c !in ("x", "y") and b !between (1 .. 2)',
    ],
    ["T | where not(a has_any ('x')) and not(b > 1)", 'where not(a has_any ("x")) and not(b > 1)'],
    ["T | where a =~ 'x' and b == 1 or c !~ 'y'", 'where (a =~ "x" and b == 1) or c !~ "y"'],
    ["T | where a in (U | project a)", "where a in (U | project a)"],
    ["T | where * has 'x'", 'where * has "x"'],
    ["T | where t between (ago(1d) .. 12h) and t > ago(24h)", "where t between (ago(1d) .. 12h) and t > ago(24h)"],
    [
      "T | extend e = d.x.y, f = d['z z'], g = d[-1], h = tostring(d.x)",
      'extend e = d.x.y, f = d["z z"], g = d[-1], h = tostring(d.x)',
    ],
    ["T | sort by b | take 5", "top 5 by b desc"],
    ["T | sort by b asc, a | take 5", "sort by b asc, a desc\n| take 5"],
    ["T | order by b asc nulls last", "sort by b asc nulls last"],
    ["T | summarize count() by a", "summarize count() by a"],
    [
      "T | summarize n=count(), dcount(a), s=make_set(c, 5) by bin(t, 1h), x=tolower(c)",
      "summarize n = count(), dcount(a), s = make_set(c, 5) by bin(t, 1h), x = tolower(c)",
    ],
    ["T | summarize arg_max(t, *) by a", "summarize arg_max(t, *) by a"],
    ["T | summarize (m, n) = arg_min(t, b) by a", "summarize (m, n) = arg_min(t, b) by a"],
    [
      "T | summarize percentiles(b, 50, 99.9), take_any(a), covariance(b, b), binary_all_or(b) by c",
      "summarize percentile(b, 50), percentile(b, 99.9), take_any(a), covariance(b, b), binary_all_or(b) by c",
    ],
    ["T | summarize arg_max(t, *) by bin(t, 1h)", "summarize arg_max(t, *) by bin(t, 1h)"],
    ["T | count", "count"],
    ["T | distinct a, b", "distinct a, b"],
    ["T | project a, b | distinct *", "project a, b\n| distinct *"],
    ["T | project a, z = b, d.x", "project a, z = b, d.x"],
    ["T | project-away a, x*", "project-away a, x*"],
    ["T | project-keep b, a", "project-keep b, a"],
    ["T | project-rename z = a", "project-rename z = a"],
    ["T | project-reorder t, c", "project-reorder t, c"],
    ["T | mv-expand d", "mv-expand d"],
    [
      "T | mv-expand with_itemindex=i e = d to typeof(long) limit 3",
      "mv-expand with_itemindex=i e = d to typeof(long) limit 3",
    ],
    [
      "T | mv-apply e = d to typeof(string) on (where e has 'x' | project e)",
      'mv-apply e = d to typeof(string) on (\n    where e has "x"\n    | project e\n)',
    ],
    ["T | parse kind=relaxed a with * 'n=' n:long ' ' rest", 'parse kind=relaxed a with * "n=" n:long " " rest'],
    ["T | parse-where a with 'x' y", 'parse-where a with "x" y'],
    ["T | join kind=inner (U | where b > 1) on a", "join kind=inner (U | where b > 1) on a"],
    ["T | join U on a, $left.b == $right.k", "join U on a, $left.b == $right.k"],
    ["T | lookup U on a", "lookup U on a"],
    ["T | union (U | where b > 1)", "union (U | where b > 1)"],
    ["T | take 5 | render timechart with (title='x')", 'take 5\n| render timechart with (title="x")'],
  ])("%s", (text, wanted) => {
    expect(emitted(text)).toBe(`T\n| ${wanted}\n`);
  });

  it.each<[string, string]>([
    ["union withsource=S kind=inner T, U | take 1", "union kind=inner withsource=S T, U\n| take 1\n"],
    ["range x from 1 to 10 step 2 | where x > 2", "range x from 1 to 10 step 2\n| where x > 2\n"],
    ["print 1, b = 'x', dynamic({'k': [1, 2.0]})", 'print 1, b = "x", dynamic({"k": [1, 2.0]})\n'],
    [
      "datatable(a:int, b:dynamic)[1, dynamic([1]), -2, dynamic(null)] | count",
      "datatable(a:int, b:dynamic) [\n    1, dynamic([1]),\n    -2, dynamic(null)\n]\n| count\n",
    ],
    [
      "let n = 30d; let u = U | where b > 1; T | where t > ago(n) and a in (u)",
      "let n = 30d;\nlet u = U | where b > 1;\nT\n| where t > ago(n) and a in (u)\n",
    ],
    ["let f = (s: string) { strcat(s, '!') }; T | extend e = f(a)", 'T\n| extend e = strcat(a, "!")\n'],
    [
      "let A = view () { U | where b > 1 }; union withsource=S A, U",
      "let A = view () {\n    U\n    | where b > 1\n};\nunion withsource=S A, U\n",
    ],
    ["T | extend m = toscalar(U | summarize max(b))", "T\n| extend m = toscalar(U | summarize max(b))\n"],
    ["T | as V | join V on a", "let V = T;\nV\n| join V on a\n"],
    [
      "T | extend (flag, score) = series_decompose_anomalies(d, 1.5), r = series_fit_line(d)",
      "T\n| extend (flag, score) = series_decompose_anomalies(d, 1.5), r = series_fit_line(d)\n",
    ],
    ["T | project (r, s) = series_fit_line(d), a", "T\n| project (r, s) = series_fit_line(d), a\n"],
    ["T | extend series_stats(d)", "T\n| extend series_stats(d)\n"],
    ["print series_stats(dynamic([1])), 5", "print series_stats(dynamic([1])), 5\n"],
    [
      "set query_bin_auto_size = 1h; let n = 1; restrict access to (T); T | extend x = bin_auto(t) | where b > n",
      "set query_bin_auto_size = 1h;\nlet n = 1;\nrestrict access to (T);\nT\n| extend x = bin_auto(t)\n| where b > n\n",
    ],
    ["T | evaluate pivot(a, any(c), b)", "T\n| evaluate pivot(a, take_any(c), b)\n"],
  ])("%s", (text, wanted) => {
    expect(emitted(text)).toBe(wanted);
  });

  it("keeps comments where they stood", () => {
    const text =
      '// what it is for\nlet n = 1d; // how long\nT\n| where t > ago(n) // recent\n// the rest\n| where a in (\n    "x", // first\n    "y"\n)\n//| take 1\n';
    expect(emitted(text)).toBe(text);
  });

  it("says what KQL has no words for", () => {
    const plan = compiled("T | extend e = tolower(a)");
    const strange = JSON.parse(JSON.stringify({ ...plan, comments: [] }).replace('"tolower"', '"$lower"')) as Plan;
    const { text, notes } = emitKql(strange);
    expect(text).toBe("");
    expect(notes.map((n) => [n.level, n.cause])).toEqual([["unsupported", "no-function"]]);
  });

  it("takes one of several values by itself, or says that it cannot", () => {
    const alone = (text: string): readonly [string, readonly unknown[]] => {
      const plan = compiled(text);
      if (plan.body.kind !== "extend") throw new Error("no extend");
      const values = plan.body.values.slice(1, 2);
      const columns = [...plan.body.input.columns, { name: "s", type: values[0]?.value.type ?? "unknown" }];
      const { text: kql, notes } = emitKql({ ...plan, body: { ...plan.body, values, columns } });
      return [kql, notes.map((n) => [n.level, n.cause])];
    };
    expect(alone("T | extend (r, s) = series_fit_line(d)")).toEqual([
      "T\n| extend s = toreal(series_fit_line_dynamic(d).slope)\n",
      [],
    ]);
    expect(alone("T | extend (r, s) = series_decompose_anomalies(d)")).toEqual(["", [["unsupported", "no-function"]]]);
  });

  it("says what only the workspace, or who runs the query, knows", () => {
    const fidelity = (query: string, to: string): readonly unknown[] => {
      const port = transpile(query, { to, schemas });
      return [port.fidelity, port.notes.map((n) => n.cause), port.text];
    };
    expect(fidelity("T | extend x = MyFunction(a)", "kql")).toEqual([
      "approximate",
      ["saved-function"],
      "T\n| extend x = MyFunction(a)\n",
    ]);
    const parameter = "declare query_parameters(n: long = 5); T | where b > n";
    expect(fidelity(parameter, "kql")).toEqual(["approximate", ["query-parameter"], "let n = 5;\nT\n| where b > n\n"]);
    expect(fidelity(parameter, "typescript").slice(0, 2)).toEqual(["approximate", ["query-parameter"]]);
    expect(fidelity("declare query_parameters(n: long); T | where b > n", "kql")[0]).toBe("unsupported");
    expect(fidelity("set query_now = datetime(2020-01-01); T | where t > ago(1d)", "kql")[0]).toBe("exact");
    expect(fidelity("set query_now = datetime(2020-01-01); T | where t > ago(1d)", "typescript").slice(0, 2)).toEqual([
      "approximate",
      ["setting"],
    ]);
    expect(fidelity("set notruncation; T | where b > 1", "typescript")[0]).toBe("exact");
  });

  it("needs no source text", () => {
    const plan = compiled("T | summarize arg_max(t, *) by a | project-away x* | where b > 0x1F and t > ago(24h)");
    const { text } = emitKql({ ...plan, comments: [] });
    expect(meaning(compiled(text))).toBe(meaning(plan));
    expect(text).toContain("where b > 31 and t > ago(1d)");
  });
});

describe.skipIf(!hasShared)("real texts", () => {
  it("every third rule and conformance query that compiles means the same when it is emitted and compiled again", () => {
    const texts = ["corpus/kql.jsonl", "conformance/kusto-truth.jsonl"].flatMap((file) =>
      sharedLines<{ query: string }>(file),
    );
    let count = 0;
    for (const [i, { query }] of texts.entries()) {
      if (i % 3 !== 0 && process.env.EVERY_TEXT !== "1") continue;
      const { plan } = compileKql(query);
      if (plan === null) continue;
      const { text, notes } = emitKql(plan, { query });
      // What is known by its columns alone is not written.
      if (notes.some((n) => n.level === "unsupported")) continue;
      count++;
      const again = compileKql(text);
      if (again.plan === null) throw new Error(`${JSON.stringify(again.diagnostics)}\n${query}\n---\n${text}`);
      expect(meaning(again.plan), `${query}\n---\n${text}`).toBe(meaning(plan));
      expect(again.plan.comments.map((c) => c.text.trimEnd()).sort()).toEqual(
        plan.comments.map((c) => c.text.trimEnd()).sort(),
      );
    }
    console.log(`${count} texts emitted and compiled again (EVERY_TEXT=1 takes all)`);
    expect(count).toBeGreaterThan(800);
  });
});
