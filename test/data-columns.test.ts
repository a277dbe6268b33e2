import { describe, expect, it } from "vitest";
import { analyzeKql, runKql, transpile } from "../src/index.ts";

async function table(
  query: string,
  tables: Record<string, Iterable<object> | AsyncIterable<object>> = {},
): Promise<string> {
  const { columns, rows } = await runKql(query, { tables, now: "2026-01-01T00:00:00Z" });
  return `${columns.map((c) => `${c.name}:${c.type}`).join(" ")} ${JSON.stringify(rows)}`;
}

describe("columns that the data decides", () => {
  it("bag_unpack has the keys in the order of their names, with a type that all of their values have", async () => {
    const query = `datatable(d: dynamic) [dynamic({"n": 1, "s": "x"}), dynamic({"b": true, "n": 2.5, "s": 7})]
      | evaluate bag_unpack(d)`;
    expect(await table(query)).toBe('b:bool n:real s:dynamic [[null,1,"x"],[true,2.5,7]]');
  });

  it("a key that is a column too is an error, unless it is said which one stays", async () => {
    const rows = 'datatable(k: string, d: dynamic) ["old", dynamic({"k": "new"})] | evaluate bag_unpack(d';
    await expect(table(`${rows})`)).rejects.toThrow("the bag has a key `k`");
    expect(await table(`${rows}, columnsConflict = "keep_source")`)).toBe('k:string [["old"]]');
    expect(await table(`${rows}, columnsConflict = "replace_source")`)).toBe('k:string [["new"]]');
  });

  it("pivot has a column for every value", async () => {
    const query = `datatable(day: long, e: string) [1, "out", 1, "in", 2, "in", 1, "in"] | evaluate pivot(e)`;
    expect(await table(query)).toBe("day:long in:long out:long [[1,2,1],[2,1,0]]");
  });

  it("what follows sees the columns with their types", async () => {
    const query = `datatable(d: dynamic) [dynamic({"v": 1, "k": "a"}), dynamic({"v": 3, "k": "a"})]
      | evaluate bag_unpack(d) | summarize sum(v) by k`;
    expect(await table(query)).toBe('k:string sum_v:long [["a",4]]');
  });

  it("one plugin after the other", async () => {
    const query = `datatable(d: dynamic) [dynamic({"k": "a", "e": {"x": 1}}), dynamic({"k": "b", "e": {"x": 2}})]
      | evaluate bag_unpack(d) | evaluate bag_unpack(e) | sort by k asc`;
    expect(await table(query)).toBe('k:string x:long [["a",1],["b",2]]');
  });

  it("events that can be read once only are read once", async () => {
    async function* events(): AsyncGenerator<object> {
      yield { d: { x: 1 } };
      yield { d: { x: 2 } };
    }
    expect(await table("T | evaluate bag_unpack(d)", { T: events() })).toBe("x:long [[1],[2]]");
  });

  it("without data, TypeScript wants them declared", () => {
    const open = transpile("datatable(d: dynamic) [] | evaluate bag_unpack(d)", { to: "typescript" });
    expect(open.notes.map((n) => n.message).join()).toContain("declare them behind it");
    const declared = transpile("datatable(d: dynamic) [] | evaluate bag_unpack(d) : (x: long)", { to: "typescript" });
    expect(declared.fidelity).toBe("exact");
  });

  it("KQL stays as it was", () => {
    const query =
      'DeviceEvents\n| evaluate bag_unpack(AdditionalFields, columnsConflict="keep_source")\n| evaluate pivot(level, count(), DeviceName)\n';
    const { text, fidelity } = transpile(query, { to: "kql" });
    expect(fidelity).toBe("exact");
    expect(analyzeKql(text).columns).toEqual(analyzeKql(query).columns);
    expect(text).toContain("evaluate pivot(level, count(), DeviceName)");
  });
});
