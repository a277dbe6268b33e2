import { describe, expect, it } from "vitest";
import {
  type Aggregate,
  ascending,
  buildschema,
  covariance,
  dcountHll,
  descending,
  fromRows,
  hll,
  hllMerge,
  mergeHll,
  percentile,
  percentilesArray,
  percentilesArrayTdigest,
  percentileTdigest,
  percentilew,
  percentrankTdigest,
  rangeRows,
  rankTdigest,
  tdigest,
  tdigestMerge,
  type Value,
} from "../../src/runtime/index.ts";

interface Item {
  readonly v: Value;
  readonly w?: Value;
}
const over = <R>(aggregate: Aggregate<Item, R>, items: readonly Item[]): R => {
  const group = aggregate.start();
  for (const item of items) group.add(item);
  return group.result();
};
const values = (...list: readonly Value[]): readonly Item[] => list.map((v) => ({ v }));

describe("percentiles", () => {
  it("are values by nearest rank, nulls aside", () => {
    const items = values(4, null, 1, 3, 2);
    expect(
      [0, 25, 26, 50, 100].map((rank) =>
        over(
          percentile((x) => x.v, rank),
          items,
        ),
      ),
    ).toEqual([1, 1, 2, 2, 4]);
    expect(
      over(
        percentile((x) => x.v, 50),
        [],
      ),
    ).toBe(null);
    expect(
      over(
        percentilesArray((x) => x.v, [0, 100]),
        items,
      ),
    ).toEqual([1, 4]);
  });

  it("count a value as often as its weight says", () => {
    const items = [
      { v: 30, w: 3 },
      { v: 10, w: 8 },
      { v: 20, w: 6 },
      { v: 40, w: 1 },
      { v: 99, w: 0 },
    ];
    expect(
      [50, 75, 99.9].map((rank) =>
        over(
          percentilew(
            (x) => x.v,
            (x) => x.w ?? null,
            rank,
          ),
          items,
        ),
      ),
    ).toEqual([20, 20, 40]);
  });
});

describe("covariance", () => {
  it("looks at rows with both values, and is 0 of none", () => {
    const items = [
      { v: 1, w: 2 },
      { v: 2, w: 4 },
      { v: 3, w: 9 },
      { v: null, w: 100 },
    ];
    expect(
      over(
        covariance(
          (x) => x.v,
          (x) => x.w ?? null,
        ),
        items,
      ),
    ).toBeCloseTo(3.5, 12);
    expect(
      over(
        covariance(
          (x) => x.v,
          (x) => x.w ?? null,
        ),
        [],
      ),
    ).toBe(0);
  });
});

describe("sketches", () => {
  it("hll tells values and their kinds apart, and merges", () => {
    const one = over(
      hll((x) => x.v),
      values("1", 1, 1, null, "a"),
    );
    const two = over(
      hll((x) => x.v),
      values("a", "b"),
    );
    expect([one, two, mergeHll(one, two), null].map(dcountHll)).toEqual([3, 2, 4, null]);
    expect(
      dcountHll(
        over(
          hllMerge((x) => x.v),
          values(one, null, two),
        ),
      ),
    ).toBe(4);
  });

  it("tdigest answers ranks and percentiles, merged too", () => {
    const one = over(
      tdigest((x) => x.v),
      values(10, 20, 20, null),
    );
    const all = over(
      tdigestMerge((x) => x.v),
      values(
        one,
        over(
          tdigest((x) => x.v),
          values(40),
        ),
      ),
    );
    expect(percentileTdigest(one, 50)).toBe(20);
    expect(percentilesArrayTdigest(all, 25, 100)).toEqual([10, 40]);
    expect([rankTdigest(all, 20), percentrankTdigest(all, 20)]).toEqual([3, 75]);
    expect(percentileTdigest("no digest", 50)).toBe(null);
  });
});

describe("buildschema", () => {
  it("names all forms that a place has", () => {
    const items = values({ x: 1 }, { x: "one", z: [1, 2.5] }, null, { z: [{ k: true }] });
    expect(
      over(
        buildschema((x) => x.v),
        items,
      ),
    ).toEqual({
      x: ["long", "string"],
      z: { "`indexer`": ["long", "double", { k: "bool" }] },
    });
  });
});

describe("top", () => {
  it("gives what sort and take give, with equal rows in their order", async () => {
    const rows = () =>
      rangeRows<{ readonly n: number }>("n", 0, 9_999, 1).extend((row) => ({ k: (row.n * 7_919) % 100 }));
    const keys = [descending((row: { readonly k: number }) => row.k)];
    const top = await rows()
      .top(250, ...keys)
      .toArray();
    expect(top).toEqual(
      await rows()
        .sort(...keys)
        .take(250)
        .toArray(),
    );
    expect(
      await rows()
        .top(0, ...keys)
        .toArray(),
    ).toEqual([]);
  });

  it("keeps fewer rows than there are where there are fewer", async () => {
    const top = await fromRows([{ a: 2 }, { a: 1 }])
      .top(
        5,
        ascending((row) => row.a),
      )
      .toArray();
    expect(top.map((row) => row.a)).toEqual([1, 2]);
  });
});

describe("lookup", () => {
  it("gives the matches of a row from the last one on", async () => {
    const other = fromRows([
      { k: 1, v: "a" },
      { k: 1, v: "b" },
      { k: 3, v: "c" },
    ]);
    const rows = fromRows([{ k: 1 }, { k: 2 }]).lookup(
      "leftouter",
      other,
      (left) => [left.k],
      (right) => [right.k],
      (left, right) => ({ k: left.k, v: right?.v ?? null }),
    );
    expect((await rows.toArray()).map((row) => row.v)).toEqual(["b", "a", null]);
  });
});
