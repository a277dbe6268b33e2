import { describe, expect, it } from "vitest";
import * as r from "../../src/runtime/index.ts";

/** Numbers in place of the marked reals. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("element by element", () => {
  it("whole numbers stay whole, a quotient is a real", () => {
    expect(r.tostringDynamic(r.seriesAdd([1, 2], [3, 4]))).toBe("[4,6]");
    expect(r.tostringDynamic(r.seriesDivide([2, 4], 2))).toBe("[1.0,2.0]");
    expect(r.seriesMultiply([9007199254740991], [3])).toEqual([27021597764222973n]);
  });
  it("what is no number, or is not there, is null", () => {
    expect(plain(r.seriesSubtract([5, "x", 3], [1, 1]))).toEqual([4, null, null]);
    expect(plain(r.seriesGreater([1, null, 3], 2))).toEqual([false, null, true]);
    expect(plain(r.seriesAbs([-1, "x", -2.5]))).toEqual([1, null, 2.5]);
  });
  it("what is no array gives null", () => {
    expect(r.seriesAdd(1, 2)).toBeNull();
    expect(r.seriesAdd([1], "x")).toBeNull();
    expect(r.seriesSin(null)).toBeNull();
  });
});

describe("filters", () => {
  it("fir looks back, or around, and divides by the sum unless a coefficient is negative", () => {
    expect(plain(r.seriesFir([5, 15, 10, 20], [1, -1]))).toEqual([5, 10, -5, 10]);
    expect(plain(r.seriesFir([0, 3, 6, 3], [1, 1, 1]))).toEqual([0, 1, 3, 4]);
    expect(plain(r.seriesFir([0, 3, 6, 3], [1, 1, 1], true, true))).toEqual([1, 3, 4, 3]);
    expect(r.seriesFir([1], [1, -1], true)).toBeNull();
  });
  it("iir adds up", () => {
    expect(plain(r.seriesIir([1, 2, 3], [1], [1, -1]))).toEqual([1, 3, 6]);
  });
  it("fills gaps", () => {
    const gaps = [null, 2, null, null, 8, null];
    expect(r.seriesFillForward(gaps)).toEqual([null, 2, 2, 2, 8, 8]);
    expect(r.seriesFillBackward(gaps)).toEqual([2, 2, 8, 8, 8, null]);
    expect(r.seriesFillConst(gaps, -1)).toEqual([-1, 2, -1, -1, 8, -1]);
    expect(r.seriesFillConst([0, 5], 1, 0)).toEqual([1, 5]);
    expect(r.seriesFillLinear(gaps)).toEqual([2, 2, 4, 6, 8, 8]);
    expect(r.seriesFillLinear(gaps, null, false)).toEqual([null, 2, 4, 6, 8, null]);
    expect(r.seriesFillLinear([null, null], null, false, 3)).toEqual([3, 3]);
  });
  it("a line between whole numbers has whole numbers, one between reals reals", () => {
    expect(r.seriesFillLinear([1, null, 2])).toEqual([1, 1, 2]);
    expect(r.seriesFillLinear([1.5, null, 2.5])).toEqual([1.5, new r.Real(2), 2.5]);
  });
});

describe("measures", () => {
  it("statistics have no value with a gap, unless gaps do not count", () => {
    expect(plain(r.seriesStatsDynamic([4, 2, 9]))).toMatchObject({
      min: 2,
      min_idx: 1,
      max: 9,
      max_idx: 2,
      avg: 5,
      len: 3,
    });
    expect(plain(r.seriesStatsDynamic([4, null, 9]))).toMatchObject({ min: null, sum: null, len: 3 });
    expect(plain(r.seriesStatsDynamic([4, null, 9], true))).toMatchObject({ min: 4, max: 9, avg: 6.5, sum: 13 });
  });
  it("fits the line of the reference", () => {
    const line = plain(r.seriesFitLineDynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30])) as Record<string, number>;
    expect(line.slope).toBeCloseTo(2.7308, 4);
    expect(line.variance).toBeCloseTo(98.628, 2);
    expect(line.rvariance).toBeCloseTo(1.686, 3);
    expect(line.interception).toBeCloseTo(-1.666, 2);
  });
  it("multiplies, correlates and compares", () => {
    expect(r.seriesDotProduct([1, 2, 4], 2)).toBe(14);
    expect(r.seriesDotProduct([1, 2], [1])).toBeNull();
    expect(r.seriesPearsonCorrelation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 12);
    expect(r.seriesCosineSimilarity([1, 0], [0, 1])).toBe(0);
    expect(r.seriesMagnitude([3, 4])).toBe(5);
    expect(r.seriesProduct([2, null, 3])).toBe(6);
    expect(plain(r.seriesSeasonal([1, 3, 5, 2, 4, 6], 3))).toEqual([1.5, 3.5, 5.5, 1.5, 3.5, 5.5]);
  });
});
