import { describe, expect, it } from "vitest";
import { column, problem, rows, warnings } from "./run.ts";

const calls = [
  { _time: 40, user: "ann", bytes: 10, host: "a" },
  { _time: 30, user: "bob", bytes: "20", host: "b" },
  { _time: 20, user: "ann", bytes: "x" },
  { _time: 10, bytes: 40, host: "a" },
];

describe("stats", () => {
  it.each([
    ["count", 4],
    ["count(user)", 3],
    ["dc(user)", 2],
    ["sum(bytes)", 70],
    ["avg(bytes)", 70 / 3],
    ["min(bytes)", "10"],
    ["max(bytes)", "x"],
    ["range(bytes)", 30],
    ["median(bytes)", 20],
    ["mode(user)", "ann"],
    ["stdevp(bytes)", Math.sqrt((1 / 3) * ((10 - 70 / 3) ** 2 + (20 - 70 / 3) ** 2 + (40 - 70 / 3) ** 2))],
    ["var(bytes)", (1 / 2) * ((10 - 70 / 3) ** 2 + (20 - 70 / 3) ** 2 + (40 - 70 / 3) ** 2)],
    ["sumsq(bytes)", 2100],
    ["first(user)", "ann"],
    ["last(host)", "a"],
    ["earliest(user)", "ann"],
    ["latest(bytes)", 10],
    ["earliest_time(host)", 10],
    ["rate(bytes)", -1],
    ["values(host)", ["a", "b"]],
    ["list(host)", ["a", "b", "a"]],
    ["p50(bytes)", 20],
    ["perc99.9(bytes)", 40],
    ["exactperc25(bytes)", 10],
    ['count(eval(user="ann"))', 2],
    ["sum(eval(bytes*2))", 140],
    ["dc(eval(upper(user)))", 2],
  ])("%s", async (aggregate, expected) => {
    const [found] = await column(`| stats ${aggregate} as r`, "r", calls);
    if (typeof expected === "number" && !Number.isInteger(expected)) expect(found).toBeCloseTo(expected, 9);
    else expect(found).toEqual(expected);
  });

  it("leaves out rows with a null by-field, and groups with case", async () => {
    expect(await rows("| stats count by user", [...calls, { user: "Ann" }])).toEqual([
      { user: "Ann", count: 1 },
      { user: "ann", count: 2 },
      { user: "bob", count: 1 },
    ]);
    expect(await rows('| fillnull value="" user | stats count by user', calls)).toContainEqual({ user: "", count: 1 });
  });

  it("takes each value of a by-field, in all combinations", async () => {
    expect(await rows("| stats count by a b", [{ a: ["1", "2"], b: ["x", "y"] }])).toHaveLength(4);
  });

  it("gives one row without rows, none with by", async () => {
    expect(await rows("| where 1=2 | stats count sum(bytes)", calls)).toEqual([{ count: 0 }]);
    expect(await rows("| where 1=2 | stats count by user", calls)).toEqual([]);
  });

  it("names columns by their calls, and expands wildcards", async () => {
    expect(await rows("| stats dc(user) values(h*) as h*_seen", calls)).toEqual([
      { "dc(user)": 2, host_seen: ["a", "b"] },
    ]);
  });

  it("distinguishes texts, not numbers", async () => {
    expect(await column("| stats dc(v) as d", "d", [{ v: "1" }, { v: "1.0" }, { v: 1 }])).toEqual([2]);
  });

  it("refuses what it does not know", async () => {
    expect(await problem("| stats sparkline(bytes)")).toEqual(["SPL202", "sparkline(bytes)"]);
    expect(await problem("| stats sum")).toEqual(["SPL203", "sum"]);
  });

  it("warns where times are needed and missing", async () => {
    expect(await warnings("| stats latest(a)", [{ a: 1 }])).toEqual(["SPL212"]);
  });
});

it("eventstats keeps rows with a null by-field, without an aggregate", async () => {
  expect(await rows("| eventstats count as n by user | table user n", calls)).toEqual([
    { user: "ann", n: 2 },
    { user: "bob", n: 1 },
    { user: "ann", n: 2 },
    {},
  ]);
});

describe("streamstats", () => {
  it.each([
    ["count as r", [1, 2, 3, 4]],
    ["sum(bytes) as r", [10, 30, 30, 70]],
    ["current=f last(bytes) as r", [null, 10, "20", "x"]],
    ["window=2 count as r", [1, 2, 2, 2]],
    ["window=1 current=f last(user) as r", [null, "ann", "bob", "ann"]],
    ["count as r by user", [1, 1, 2, null]],
    ["window=2 global=f count as r by host", [1, 1, null, 2]],
    ["window=2 count as r by host", [1, 1, null, 1]],
    ['reset_before="(host=\\"b\\")" count as r', [1, 1, 2, 3]],
    ['reset_after="(host=\\"b\\")" count as r', [1, 2, 1, 2]],
    ["reset_on_change=t count as r by user", [1, 1, 1, null]],
    ["time_window=15s count as r", [1, 2, 2, 2]],
    ["max(bytes) min(bytes) as r", [10, 10, "10", "10"]],
    ["values(user) as r", ["ann", ["ann", "bob"], ["ann", "bob"], ["ann", "bob"]]],
  ])("%s", async (rest, expected) => {
    expect(await column(`| streamstats ${rest}`, "r", calls)).toEqual(expected);
  });

  it("stays quick over many rows", async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ n: i }));
    const [last] = await column("| streamstats sum(n) as s avg(n) as a max(n) as m | tail 1", "s", many);
    expect(last).toBe((20_000 * 19_999) / 2);
  });
});

it("top and rare count values with their share", async () => {
  expect(await rows("| top host", calls)).toEqual([
    { host: "a", count: 2, percent: 66.666667 },
    { host: "b", count: 1, percent: 33.333333 },
  ]);
  expect(await rows("| rare limit=1 host showperc=f countfield=n", calls)).toEqual([{ host: "b", n: 1 }]);
  expect(await rows("| top 1 bytes by user showperc=f", calls)).toEqual([
    { user: "ann", bytes: "10", count: 1 },
    { user: "bob", bytes: "20", count: 1 },
  ]);
});

describe("chart and timechart", () => {
  it("have a column for each value, and one for those without", async () => {
    expect(await rows("| chart count over user by host", calls)).toEqual([
      { user: "ann", a: 1, b: 0, NULL: 1 },
      { user: "bob", a: 0, b: 1, NULL: 0 },
    ]);
    expect(await rows("| chart sum(bytes) as s over user by host usenull=f", calls)).toEqual([
      { user: "ann", a: 10 },
      { user: "bob", b: 20 },
    ]);
  });

  it("put all but the ten greatest series together", async () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ x: "x", s: `s${String(i).padStart(2, "0")}` }));
    const [row] = await rows("| chart count over x by s", [...many, { x: "x", s: "s11" }]);
    expect(Object.keys(row ?? {})).toHaveLength(12);
    expect(row).toMatchObject({ s11: 2, OTHER: 2 });
  });

  it("give rates by the width of a bin", async () => {
    expect(await rows("| timechart span=1m per_hour(bytes) as r", calls)).toEqual([{ _time: 0, r: 4200 }]);
    expect((await problem("| stats per_hour(bytes)"))[0]).toBe("SPL202");
  });

  it("fill the gaps between bins of time", async () => {
    expect(await rows("| timechart span=10s count by user", [calls[0] ?? {}, calls[2] ?? {}])).toEqual([
      { _time: 20, ann: 1 },
      { _time: 30, ann: 0 },
      { _time: 40, ann: 1 },
    ]);
  });
});

describe("tstats", () => {
  const dataModels = {
    "Endpoint.Processes": { search: "kind=process", fields: { process_name: "name", user: "user", dest: "host" } },
  };
  const events = [
    { _time: 1, kind: "process", name: "Net.exe", user: "ann", host: "a" },
    { _time: 2, kind: "process", name: "net.exe", host: "a" },
    { _time: 3, kind: "file", name: "net.exe", user: "eve", host: "a" },
    { _time: 3605, kind: "process", name: "cmd.exe", user: "ann", host: "b" },
  ];
  const run = (rest: string) => rows(`| tstats ${rest}`, events, { dataModels });

  it("counts the events of a dataset", async () => {
    expect(
      await run("count min(_time) as first FROM datamodel=Endpoint.Processes WHERE Processes.process_name=NET.EXE"),
    ).toEqual([{ count: 2, first: 1 }]);
  });

  it("leaves out groups with a null field unless they are filled", async () => {
    const rest = "count FROM datamodel=Endpoint.Processes BY Processes.dest Processes.user";
    expect(await run(rest)).toEqual([
      { "Processes.dest": "a", "Processes.user": "ann", count: 1 },
      { "Processes.dest": "b", "Processes.user": "ann", count: 1 },
    ]);
    expect(await run(`fillnull_value=null ${rest}`)).toContainEqual({
      "Processes.dest": "a",
      "Processes.user": "null",
      count: 1,
    });
  });

  it("cuts time by its span", async () => {
    expect(await run("count FROM datamodel=Endpoint.Processes BY _time span=1h")).toEqual([
      { _time: 0, count: 2 },
      { _time: 3600, count: 1 },
    ]);
  });

  it("counts indexed fields without a data model", async () => {
    expect(await run("count WHERE index=main BY host")).toEqual([
      { host: "a", count: 3 },
      { host: "b", count: 1 },
    ]);
  });

  it("refuses fields and functions that are not there", async () => {
    const of = (search: string) => problem(search, { dataModels });
    expect(await of("| tstats count FROM datamodel=Endpoint.Processes WHERE process_name=x")).toEqual([
      "SPL203",
      "process_name=x",
    ]);
    expect((await of("| tstats count FROM datamodel=Endpoint.Processes BY Processes.nosuch"))[0]).toBe("SPL203");
    expect((await of("| tstats list(Processes.user) FROM datamodel=Endpoint.Processes"))[0]).toBe("SPL202");
    expect((await of("| tstats count FROM datamodel=Web.Web"))[0]).toBe("SPL205");
    expect((await of("| tstats count WHERE index=main BY user"))[0]).toBe("SPL203");
  });

  it("has its events under their prefix in datamodel, bare in from", async () => {
    expect(
      await rows("| datamodel Endpoint Processes search | table Processes.*", events, { dataModels }),
    ).toContainEqual({
      "Processes.process_name": "cmd.exe",
      "Processes.user": "ann",
      "Processes.dest": "b",
    });
    expect(await rows("| from datamodel:Endpoint.Processes | stats count by user", events, { dataModels })).toEqual([
      { user: "ann", count: 2 },
    ]);
  });
});
