import { describe, expect, it } from "vitest";
import { executePlan, NotRunnable } from "../../src/targets/typescript/execute.ts";
import { emitTypeScript } from "../../src/targets/typescript/index.ts";
import { bodyOf, cellsOf, clock, emitted, planOf } from "./emit.ts";

describe("a module", () => {
  it("is a function from events to typed rows that imports the runtime alone", () => {
    expect(
      emitted(
        "Logons | where User =~ 'bob' and Count > 3 | summarize n = count(), newest = max(Time) by Host | sort by n desc",
      ),
    ).toBe(
      `/**
 * my rule
 *
 * Ported from KQL by ruleport.
 */

import {
  count,
  type Datetime,
  descending,
  equalIgnoreCase,
  type Events,
  from,
  greater,
  type Long,
  max,
  type RowOf,
  type Schema,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Host: string;
  readonly n: Long | null;
  readonly newest: Datetime | null;
}

/** What is read of the events of Logons. */
const logonsColumns = {
  Time: "datetime",
  User: "string",
  Host: "string",
  Count: "long",
} satisfies Schema;
export type Logons = RowOf<typeof logonsColumns>;

export function myRule(events: Events): AsyncIterable<Row> {
  return from(events, logonsColumns)
    .where((row) => equalIgnoreCase(row.User, "bob") && greater(row.Count, 3))
    .summarizeBy((row) => ({ Host: row.Host }), { n: count(), newest: max((row) => row.Time) })
    .sort(descending((row) => row.n));
}
`,
    );
  });

  it("has the same statements without types", () => {
    const query =
      "let since = ago(1d); Logons | where Time > since | extend x = case(Count > 1, 'a', 'b') | project x, Host";
    const bare = (text: string) => text.slice(text.indexOf("function")).replace(/\([^)]*\)(: \S+)? \{\n/, "() {\n");
    const plan = planOf(query);
    expect(bare(emitTypeScript(plan, { types: false }).text)).toBe(bare(emitTypeScript(plan).text));
  });

  it("reads only the columns that the rule uses", () => {
    expect(emitted("Logons | where Ok | summarize arg_max(Time, *) by Host | project Host, User")).toMatch(
      /const logonsColumns = \{\n {2}Time: "datetime",\n {2}User: "string",\n {2}Host: "string",\n {2}Ok: "bool",\n\}/,
    );
  });

  it("takes several tables by name", () => {
    expect(emitted("Logons | join kind=inner Hosts on Host | project User, Site")).toContain(
      "export function myRule(tables: { readonly Logons: Events; readonly Hosts: Events }): AsyncIterable<Row> {",
    );
  });

  it("keeps the source's comments beside the operators", () => {
    const text = emitted("Logons\n// who\n| where User == 'a' // really\n| where Ok\n// | take 5\n");
    expect(text).toContain(
      '    // who\n    // really\n    .where((row) => row.User === "a")\n    .where((row) => row.Ok);\n  // | take 5\n}',
    );
  });
});

describe("expressions", () => {
  it.each([
    ["User == 'a'", 'row.User === "a"'],
    ["User != 'a'", 'row.User !== "a"'],
    ["Count == 5", "row.Count === 5"],
    ["Count == Score", "equal(row.Count, row.Score)"],
    ["Count != Score", "not(equal(row.Count, row.Score))"],
    ["not(User has 'a')", '!has(row.User, "a")'],
    ["not(Count > 1)", "not(greater(row.Count, 1))"],
    ["User in ('a', 'b')", '["a", "b"].includes(row.User)'],
    ["Count in (1, 2)", "isIn(row.Count, 1, 2)"],
    ["User == 'a' and (Ok or Host == 'h')", 'row.User === "a" && (row.Ok || row.Host === "h")'],
    ["['odd name'] == ''", 'row["odd name"] === ""'],
    ["Data.a['b c'][0] == 1", 'equal(access(access(access(row.Data, "a"), "b c"), 0), 1)'],
    [String.raw`User matches regex @"\d+\s"`, "matchesRegex(row.User, String.raw`\\d+\\s`)"],
    ["Time > datetime(2020-01-01)", "greater(row.Time, time)"],
  ])("%s", (kql, code) => {
    expect(bodyOf(`Logons | where ${kql}`)).toContain(`.where((row) => ${code})`);
  });

  it.each([
    ["(Count > 1) and Ok", "and(greater(row.Count, 1), row.Ok)"],
    ["User == 'a' and Host == 'b'", 'row.User === "a" && row.Host === "b"'],
    ["iff(Ok, Score, Count)", "row.Ok ? row.Score : toreal(row.Count)"],
    ["Count / 2", "divide(row.Count, 2)"],
    ["Count / 2.0", "divideReal(row.Count, 2)"],
    ["strcat(User, Score)", "strcat(row.User, tostringReal(row.Score))"],
    ["tostring(Data)", "tostringDynamic(row.Data)"],
    ["gettype(Count)", '"long"'],
    ["Time + 1h", "add(row.Time, span1h)"],
  ])("as a value: %s", (kql, code) => {
    expect(bodyOf(`Logons | project x = ${kql}`)).toContain(`x: ${code} `);
  });

  it("works out once what no row changes", () => {
    expect(bodyOf("Logons | where Time > startofday(ago(30d))")).toBe(
      `  const since = startofday(ago(now, timespan("30d")));
  return from(events, logonsColumns).where((row) => greater(row.Time, since));`,
    );
  });

  it("awaits tables inside expressions before the rows", () => {
    const query =
      "let top_site = toscalar(Hosts | top 1 by Weight | project Site); Logons | where Host in (Hosts | where Site == top_site | project Host)";
    const text = emitted(query);
    expect(text).toContain("export async function* myRule(");
    expect(text).toMatch(/const topSite = await .*\n[\s\S]*\.scalar\("Site"\);/);
    expect(text).toContain(".where((row) => isIn(row.Host, hostList))");
  });
});

describe("running", () => {
  const logons = [
    { Time: "2025-12-31T10:00:00Z", User: "ann", Host: "h1", Count: 5, Ok: true, Data: { tags: ["x", "y"] } },
    { Time: "2025-12-31T11:00:00Z", User: "bob", Host: "h2", Count: null, Ok: false, Data: null },
    { Time: "2025-01-01T00:00:00Z", User: "ann", Host: "h1", Count: 7, Ok: true, Data: { tags: [] } },
  ];
  const hosts = [
    { Host: "h1", Site: "s1", Weight: 2 },
    { Host: "h3", Site: "s3", Weight: 9 },
  ];

  it.each([
    ["Logons | where Time > ago(7d) | project User", [["ann"], ["bob"]]],
    [
      "Logons | summarize n = count(), arg_max(Time, Count) by User | sort by User asc | project User, n, Count",
      [
        ["ann", 2, 5],
        ["bob", 1, null],
      ],
    ],
    [
      "Logons | join kind=leftouter Hosts on Host | project User, Site | sort by User asc",
      [
        ["ann", "s1"],
        ["ann", "s1"],
        ["bob", ""],
      ],
    ],
    [
      "Logons | join kind=fullouter Hosts on Host | project User, Host, Host1, Weight | where User == '' or User == 'bob'",
      [
        ["bob", "h2", "", null],
        ["", "", "h3", 9],
      ],
    ],
    ["let L = Logons | where Ok; union L, (L | where Count > 5) | count", [[3]]],
    ["union withsource=src Logons, Hosts | summarize n = count() by src | sort by n desc | project n", [[3], [2]]],
    [
      "Logons | mv-expand tag = Data.tags to typeof(string) | project User, tag",
      [
        ["ann", "x"],
        ["ann", "y"],
        ["bob", ""],
      ],
    ],
    [
      "Logons | mv-apply tag = Data.tags on (summarize n = count(), m = make_list(tag)) | project n, m",
      [
        [2, ["x", "y"]],
        [1, [null]],
        [0, []],
      ],
    ],
    ["Logons | where Host in (Hosts | project Host) | count", [[2]]],
    ["print toscalar(Hosts | summarize max(Weight))", [[9]]],
    ["Logons | top 1 by Count desc | project Count", [[7]]],
    [
      "range x from 1 to 3 step 1 | extend y = x / 2",
      [
        [1, 0],
        [2, 1],
        [3, 1],
      ],
    ],
  ])("%s", async (query, expected) => {
    expect(await cellsOf(query, { Logons: logons, Hosts: hosts })).toEqual(expected);
  });

  it("takes tables that are not given for empty", async () => {
    expect(await cellsOf("Logons | count")).toEqual([[0]]);
  });

  it("refuses what cannot be run yet, with its place", () => {
    const plan = planOf("Logons | project x = tolower(User)");
    const broken = JSON.parse(JSON.stringify(plan).replace('"tolower"', '"no_such_function"'));
    expect(emitTypeScript(broken)).toMatchObject({
      text: "",
      notes: [{ level: "unsupported", cause: "no-function", span: { start: 21 } }],
    });
    expect(() => executePlan(broken, { tables: {}, now: clock })).toThrow(NotRunnable);
  });
});
