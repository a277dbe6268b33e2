import { describe, expect, it } from "vitest";
import { problem } from "./run.ts";

describe("what is not here is said, with its place", () => {
  it.each([
    ["| iplocation src", "SPL201", "iplocation src"],
    ["| stats count | cluster t=0.5", "SPL201", "cluster t=0.5"],
    ["| stats count frobnicate=1", "SPL203", "frobnicate=1"],
    ["| sort 0 a | streamstats window=10001 count", "SPL203", "window=10001"],
    ["| join nosuch=1 k [ search a=1 ]", "SPL203", "nosuch=1"],
    ["| convert nosuch(a)", "SPL202", "convert nosuch(a)"],
    ["| eval x=cluster(a, b)", "SPL202", "cluster(a, b)"],
    ["| bin a", "SPL203", "bin a"],
    ["search `nosuch`", "SPL205", "`nosuch`"],
  ])("%s", async (search, code, marked) => {
    expect(await problem(search)).toEqual([code, marked]);
  });

  it("also where the text cannot be read", async () => {
    expect((await problem("| stats count by ("))[0]).toMatch(/^SPL0/);
  });
});
