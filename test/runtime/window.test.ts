import { describe, expect, it } from "vitest";
import * as r from "../../src/runtime/index.ts";

const rows = [5, null, 3, 3, 8].map((v) => ({ v }));

describe("window functions", () => {
  it("prev and next look as far as they are told", () => {
    expect(r.prev((row: { v: number | null }) => row.v)(rows)).toEqual([null, 5, null, 3, 3]);
    expect(r.next((row: { v: number | null }) => row.v, 2, -1)(rows)).toEqual([3, 3, 8, -1, -1]);
    expect(r.prev((row: { v: number | null }) => row.v, 9007199254740991n)(rows)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
  it("sums pass over null and stay exact", () => {
    expect(r.rowCumsum((row: { v: number | null }) => row.v)(rows)).toEqual([5, 5, 8, 11, 19]);
    const big = [9007199254740991, 1, 1].map((v) => ({ v }));
    expect(r.rowCumsum((row: { v: number }) => row.v)(big)).toEqual([
      9007199254740991,
      9007199254740992n,
      9007199254740993n,
    ]);
  });
  it("ranks begin anew where it is said", () => {
    const restart = (row: { v: number | null }): boolean => row.v === 8;
    expect(r.rowRankDense((row: { v: number | null }) => row.v)(rows)).toEqual([1, 2, 3, 3, 4]);
    expect(r.rowRankMin((row: { v: number | null }) => row.v)(rows)).toEqual([1, 2, 3, 3, 5]);
    expect(r.rowRankMin((row: { v: number | null }) => row.v, restart)(rows)).toEqual([1, 2, 3, 3, 1]);
    expect(r.rowNumber(0, restart)(rows)).toEqual([0, 1, 2, 3, 0]);
  });
  it("no rows, no values", () => {
    expect(r.rowNumber()([])).toEqual([]);
  });
});
