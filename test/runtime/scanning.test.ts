import { describe, expect, it } from "vitest";
import { runKql } from "../../src/index.ts";

const events = `datatable(t: long, e: string) [1, "a", 2, "b", 3, "a", 4, "c", 5, "b", 6, "c"] | sort by t asc`;
const rowsOf = async (scan: string): Promise<string> => JSON.stringify((await runKql(`${events} | ${scan}`)).rows);

describe("scan", () => {
  it("a row that fits the next step moves the sequence on, and its state with it", async () => {
    const scan = `scan with_match_id=m declare (since: long) with (
      step s1: e == "a"; step s2: e == "b"; step s3: e == "c" => since = t - s1.t;)`;
    expect(await rowsOf(scan)).toBe(
      '[[1,"a",null,0],[2,"b",null,0],[3,"a",null,1],[4,"c",3,0],[5,"b",null,1],[6,"c",3,1]]',
    );
  });
  // The last row with b meets the second step by the state that this one has kept since the first b.
  it("a row may fit several steps, the last ones first", async () => {
    expect(await rowsOf('scan with (step all: true; step b: e == "b" and all.e == "a";)')).toBe(
      '[[1,"a"],[2,"b"],[2,"b"],[3,"a"],[4,"c"],[5,"b"],[5,"b"],[6,"c"]]',
    );
  });
  it("none and last leave rows out", async () => {
    expect(await rowsOf('scan with (step s output=none: e != "c"; step c: e == "c";)')).toBe('[[4,"c"],[6,"c"]]');
    expect(await rowsOf('scan with (step s output=last: e != "c"; step c: e == "c";)')).toBe(
      '[[3,"a"],[4,"c"],[5,"b"],[6,"c"]]',
    );
  });
  it("a step that has seen nothing gives the defaults, and nulls", async () => {
    const scan = `scan declare (n: long = 7) with (step s: isnull(s.t) and s.e == "" => n = s.n + 1;)`;
    expect(await rowsOf(scan)).toBe('[[1,"a",8]]');
  });
});
