import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, ruleport } from "./ruleport.ts";

const events = '{"Name":"ä, \\"b\\"","Count":9007199254740993,"At":"2026-03-01T00:00:00Z"}\n{"Name":"","Count":2}\n';
const folder = folderWith({
  "all.kql": "T | project Name, Count",
  "recent.kql": "T | where At > ago(1d) | count",
  "join.kql": "T | join kind=inner (U) on Name | project Name",
  "twice.kql": "T | union T | count",
  "bad.kql": "T | where",
  "print.kql": 'print a = 1, b = dynamic({"x":[1]})',
  "t.json": '{ "T": { "Name": "string", "Count": "long", "At": "datetime" }, "U": { "Name": "string" } }',
  "T.jsonl": events,
  "U.csv": "Name\nx\n",
  "broken.jsonl": '{"Name":"x","Count":1}\n{"Name":\n{"Name":"y","Count":2}\n',
});
const path = (name: string) => join(folder, name);
const run = (query: string, ...more: string[]) => ruleport(["run", path(query), "--schema", path("t.json"), ...more]);

describe("formats", () => {
  test("table", async () => {
    expect(await run("all.kql", "--events", path("T.jsonl"))).toEqual({
      code: 0,
      out: [
        "Name               Count",
        "──────  ────────────────",
        'ä, "b"  9007199254740993',
        "                       2",
        "",
      ].join("\n"),
      err: "2 rows\n",
    });
  });
  test("json keeps types and long integers", async () => {
    const { out } = await run("all.kql", "--events", path("T.jsonl"), "--format", "json");
    expect(JSON.parse(out).columns).toEqual([
      { name: "Name", type: "string" },
      { name: "Count", type: "long" },
    ]);
    expect(out).toContain('"Count":9007199254740993}');
  });
  test("json of no rows", async () => {
    const { out } = await run("all.kql", "--events", path("T.jsonl"), "--format", "json", "--limit", "0");
    expect(JSON.parse(out).rows).toEqual([]);
  });
  test("jsonl", async () => {
    const { out, err } = await run("all.kql", "--events", path("T.jsonl"), "--format", "jsonl");
    expect(out).toBe('{"Name":"ä, \\"b\\"","Count":9007199254740993}\n{"Name":"","Count":2}\n');
    expect(err).toBe("");
  });
  test("csv", async () => {
    const { out } = await run("all.kql", "--events", path("T.jsonl"), "--format", "csv");
    expect(out).toBe('Name,Count\n"ä, ""b""",9007199254740993\n,2\n');
  });
  test("--limit", async () => {
    expect(await run("all.kql", "--events", path("T.jsonl"), "--limit", "1", "--format", "csv")).toMatchObject({
      out: 'Name,Count\n"ä, ""b""",9007199254740993\n',
    });
    expect((await run("all.kql", "--events", path("T.jsonl"), "--limit", "1")).err).toBe("1 row, and more\n");
    expect((await run("all.kql", "--events", path("T.jsonl"), "--limit", "2")).err).toBe("2 rows\n");
  });
});

test("a query without tables needs no events", async () => {
  const { code, out } = await ruleport(["run", path("print.kql"), "--format", "jsonl"]);
  expect({ code, out }).toEqual({ code: 0, out: '{"a":1,"b":{"x":[1]}}\n' });
});

test("--now fixes the clock", async () => {
  const counted = async (now: string) =>
    (await run("recent.kql", "--events", path("T.jsonl"), "--format", "jsonl", "--now", now)).out;
  expect(await counted("2026-03-01T12:00:00Z")).toBe('{"Count":1}\n');
  expect(await counted("2026-03-03")).toBe('{"Count":0}\n');
});

describe("which events are which table's", () => {
  test("by name, or by the file's name", async () => {
    const named = await run("join.kql", "--events", `T=${path("T.jsonl")}`, `U=${path("U.csv")}`);
    expect(named).toMatchObject({ code: 0, err: "0 rows\n" });
    expect(await run("join.kql", "--events", path("U.csv"), path("T.jsonl"))).toEqual(named);
  });
  test("several files are one table", async () => {
    const { out } = await run(
      "recent.kql",
      "--events",
      path("T.jsonl"),
      path("T.jsonl"),
      "--now",
      "2026-03-01T12:00:00Z",
      "--format",
      "csv",
    );
    expect(out).toBe("Count\n2\n");
  });
  test("a table that is read twice is read twice", async () => {
    expect((await run("twice.kql", "--events", path("T.jsonl"), "--format", "csv")).out).toBe("Count\n4\n");
  });
  test("also where nothing declares its columns", async () => {
    expect((await ruleport(["run", path("twice.kql"), "--events", path("T.jsonl"), "--format", "csv"])).out).toBe(
      "Count\n4\n",
    );
  });
  test.each([
    [[], "no events for T, U"],
    [["T.jsonl"], "no events for U"],
    [["broken.jsonl"], "which table does"],
    [["V=T.jsonl"], "no table of the query is called V: the query reads T, U"],
    [["T.jsonl", "U=missing.csv"], "missing.csv: no such file"],
  ])("%j cannot be", async (files, message) => {
    const values = files.map((file) => file.replace(/[\w.]+$/, path));
    const result = await run("join.kql", ...(values.length > 0 ? ["--events", ...values] : []));
    expect(result).toMatchObject({ code: 2, out: "", err: expect.stringContaining(message) });
  });
});

describe("lines that are not JSON", () => {
  test("stop the run with their place", async () => {
    const { code, err } = await run("all.kql", "--events", path("broken.jsonl"));
    expect(code).toBe(1);
    expect(err).toMatch(/^error: \S+broken\.jsonl:2: is not JSON.*\n {2}hint: --skip-bad-lines /);
  });
  test("or are left out on demand", async () => {
    const { code, out, err } = await run(
      "all.kql",
      "--events",
      path("broken.jsonl"),
      "--skip-bad-lines",
      "--format",
      "csv",
    );
    expect({ code, out }).toEqual({ code: 0, out: "Name,Count\nx,1\ny,2\n" });
    expect(err).toMatch(/^\S+broken\.jsonl:2 warning FILE003: left out: is not JSON/);
  });
});

test("a query with an error is a finding", async () => {
  expect(await run("bad.kql", "--events", path("T.jsonl"))).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/bad\.kql:1:\d+ error KQL001/),
  });
});
