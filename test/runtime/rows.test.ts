import { describe, expect, it } from "vitest";
import {
  access,
  argMax,
  argMin,
  ascending,
  avg,
  count,
  countif,
  Datetime,
  dcount,
  descending,
  from,
  fromRows,
  has,
  makeBag,
  makeList,
  makeSet,
  max,
  min,
  percentile,
  rangeRows,
  skip,
  split,
  stdev,
  sum,
  takeAny,
  tostring,
  union,
  variance,
} from "../../src/runtime/index.ts";

const people = [
  { name: "ann", age: 30, team: "a" },
  { name: "bob", age: null, team: "b" },
  { name: "cyd", age: 20, team: "a" },
  { name: "dan", age: 20, team: "b" },
];
const rows = () => fromRows<{ readonly name: string; readonly age: number | null; readonly team: string }>(people);

describe("reading events", () => {
  it("converts the named columns by type, and gives absent ones their missing value", async () => {
    const event = { s: 5, l: "9007199254740993", d: "2020-01-01T00:00:00Z", b: "true", dyn: '{"a":[1]}', extra: 1 };
    const [row] = await from([event], {
      s: "string",
      l: "long",
      d: "datetime",
      b: "bool",
      dyn: "dynamic",
      none: "string",
      no: "real",
    }).toArray();
    expect(row).toEqual({
      s: "5",
      l: 9_007_199_254_740_993n,
      d: new Datetime(637_134_336_000_000_000n),
      b: true,
      dyn: { a: [1] },
      none: "",
      no: null,
    });
  });
  it("takes times as Date objects and as Unix seconds or milliseconds", async () => {
    const events = [{ t: new Date(0) }, { t: 1_600_000_000 }, { t: 1_600_000_000_000 }, { t: "x" }];
    const found = await from(events, { t: "datetime" }).toArray();
    expect(found.map((row) => tostring(row.t))).toEqual([
      "1970-01-01T00:00:00.0000000Z",
      "2020-09-13T12:26:40.0000000Z",
      "2020-09-13T12:26:40.0000000Z",
      "",
    ]);
  });
  it("is not led astray by names of the prototype", async () => {
    const [row] = await from([JSON.parse('{"__proto__":{"x":1}}')], {
      constructor: "string",
      toString: "dynamic",
      ["__proto__"]: "dynamic",
    }).toArray();
    expect(Object.entries(row ?? {})).toEqual([
      ["constructor", ""],
      ["toString", null],
      ["__proto__", { x: 1 }],
    ]);
  });
  it("takes iterables, async iterables and arrays of events in them", async () => {
    async function* stream(): AsyncGenerator<object> {
      yield { n: 1 };
      yield [{ n: 2 }, { n: 3 }];
    }
    expect(await from(stream(), { n: "long" }).column("n")).toEqual([1, 2, 3]);
    expect(await from(new Set([{ n: 4 }]), { n: "long" }).column("n")).toEqual([4]);
  });
});

describe("streaming", () => {
  it("stops reading when take has enough", async () => {
    let read = 0;
    function* endless(): Generator<object> {
      for (;;) yield { n: read++ };
    }
    expect(
      await from(endless(), { n: "long" })
        .where((row) => row.n !== 1)
        .take(2)
        .column("n"),
    ).toEqual([0, 2]);
    expect(read).toBeLessThan(2000);
  });
  it("closes a stream that it leaves early", async () => {
    let closed = false;
    async function* stream(): AsyncGenerator<object> {
      try {
        for (;;) yield { n: 1 };
      } finally {
        closed = true;
      }
    }
    await from(stream(), { n: "long" }).take(1).toArray();
    expect(closed).toBe(true);
  });
  it("reads nothing for take 0, and reads a shared table once", async () => {
    let read = 0;
    function* once(): Generator<object> {
      read++;
      yield { n: 1 };
    }
    expect(await from(once(), { n: "long" }).take(0).toArray()).toEqual([]);
    expect(read).toBe(0);
    const shared = from(once(), { n: "long" }).shared();
    expect(await union(shared, shared).count().toArray()).toEqual([{ Count: 2 }]);
    expect(read).toBe(1);
  });
});

describe("operators", () => {
  it("where keeps rows where the predicate is true, not null", async () => {
    expect(
      await rows()
        .where((row) => (row.age === null ? null : row.age > 20))
        .column("name"),
    ).toEqual(["ann"]);
  });
  it("extend replaces columns, project keeps those it names", async () => {
    expect(
      await rows()
        .extend((row) => ({ name: row.name.length }))
        .take(1)
        .toArray(),
    ).toEqual([{ name: 3, age: 30, team: "a" }]);
    expect(
      await rows()
        .project((row) => ({ n: row.name }))
        .take(1)
        .toArray(),
    ).toEqual([{ n: "ann" }]);
  });
  it("distinct keeps the first of equal rows", async () => {
    expect(
      await rows()
        .distinct((row) => ({ team: row.team }))
        .column("team"),
    ).toEqual(["a", "b"]);
  });
  it("sort puts nulls where they are wanted and is stable", async () => {
    expect(
      await rows()
        .sort(ascending((row) => row.age))
        .column("name"),
    ).toEqual(["bob", "cyd", "dan", "ann"]);
    expect(
      await rows()
        .sort(
          descending((row) => row.age),
          ascending((row) => row.name),
        )
        .column("name"),
    ).toEqual(["ann", "cyd", "dan", "bob"]);
    expect(
      await rows()
        .sort(descending((row) => row.age, "nulls first"))
        .column("name"),
    ).toEqual(["bob", "ann", "cyd", "dan"]);
    const numbers = fromRows([{ x: 1 }, { x: Number.NaN }, { x: null }, { x: 0 }]);
    expect(await numbers.sort(ascending((row) => row.x)).column("x")).toEqual([null, Number.NaN, 0, 1]);
    expect(await numbers.sort(descending((row) => row.x)).column("x")).toEqual([1, 0, Number.NaN, null]);
  });
  it("mvExpand gives a row per element, none for an empty array, one for null", async () => {
    const lists = fromRows<{ readonly id: number; readonly d: readonly number[] | { readonly a: number } | null }>([
      { id: 1, d: [1, 2] },
      { id: 2, d: [] },
      { id: 3, d: null },
      { id: 4, d: { a: 1 } },
    ]);
    expect(await lists.mvExpand((row) => ({ d: row.d }), { index: "i" }).toArray()).toEqual([
      { id: 1, d: 1, i: 0 },
      { id: 1, d: 2, i: 1 },
      { id: 3, d: null, i: 0 },
      { id: 4, d: { a: 1 }, i: 0 },
    ]);
    expect(await lists.mvExpand((row) => ({ d: row.d }), { kind: "array", as: { d: "string" } }).column("d")).toEqual([
      "1",
      "2",
      "",
      '["a",1]',
    ]);
    expect(await lists.mvExpand((row) => ({ d: row.d, e: ["x"] }), { limit: 1 }).column("e")).toEqual([
      "x",
      "x",
      "x",
      "x",
    ]);
  });
  it("mvApply runs its body over the elements of each row alone", async () => {
    const lines = fromRows([
      { id: 1, line: "net user bob" },
      { id: 2, line: "net" },
      { id: 3, line: "x y" },
    ]);
    const found = lines.mvApply(
      (row) => ({ word: split(row.line, " ") }),
      (items) => items.where((row) => !has(row.word, "net")).project((row) => ({ word: row.word })),
    );
    expect(await found.toArray()).toEqual([
      { id: 1, line: "net user bob", word: "user" },
      { id: 1, line: "net user bob", word: "bob" },
      { id: 3, line: "x y", word: "x" },
      { id: 3, line: "x y", word: "y" },
    ]);
    const counted = lines.mvApply(
      (row) => ({ word: split(row.line, " ") }),
      (items) => items.count("n"),
    );
    expect(await counted.toArray()).toEqual([
      { id: 1, line: "net user bob", n: 3 },
      { id: 2, line: "net", n: 1 },
      { id: 3, line: "x y", n: 2 },
    ]);
  });
  it("parse reads columns between texts", async () => {
    const events = fromRows([{ s: "id=7 name=x y" }, { s: "id=x name=z" }]);
    const steps = ["id=", { id: "long" }, " name=", { name: "string" }] as const;
    expect(
      await events
        .parse((row) => row.s, steps)
        .project((row) => ({ id: row.id, name: row.name }))
        .toArray(),
    ).toEqual([
      { id: 7, name: "x y" },
      { id: null, name: "" },
    ]);
    expect(await events.parse((row) => row.s, steps, { kind: "relaxed" }).column("name")).toEqual(["x y", "z"]);
    expect(await events.parse((row) => row.s, steps, { where: true }).column("id")).toEqual([7]);
    expect(await events.parse((row) => row.s, [skip, "name=", { n: "string" }], { kind: "regex" }).column("n")).toEqual(
      ["x y", "z"],
    );
  });
  it("rangeRows counts in both directions, and not at all without a step", async () => {
    expect(await rangeRows<{ readonly x: number }>("x", 1, 8, 3).column("x")).toEqual([1, 4, 7]);
    expect(await rangeRows<{ readonly x: number }>("x", 3, 1, -1).column("x")).toEqual([3, 2, 1]);
    expect(await rangeRows<{ readonly x: number }>("x", 1, 8, 0).column("x")).toEqual([]);
  });
  it("scalar gives the first row's value, or null", async () => {
    expect([await rows().scalar("name"), await rows().take(0).scalar("name")]).toEqual(["ann", null]);
  });
});

describe("join", () => {
  const left = () =>
    fromRows([
      { k: 1, l: "a" },
      { k: 1, l: "b" },
      { k: 2, l: "c" },
      { k: null, l: "n" },
    ]);
  const right = () =>
    fromRows([
      { k: 1, r: "x" },
      { k: 1, r: "y" },
      { k: 3, r: "z" },
      { k: null, r: "m" },
    ]);
  const key = (row: { readonly k: number | null }) => [row.k];
  const pair = (l: { readonly l: string } | null, r: { readonly r: string } | null) => ({
    pair: `${l?.l ?? ""}${r?.r ?? ""}`,
  });

  it("matches equal keys, null to null", async () => {
    expect(await left().join("inner", right(), key, key, pair).column("pair")).toEqual(["ax", "ay", "bx", "by", "nm"]);
    expect(await left().join("innerunique", right(), key, key, pair).column("pair")).toEqual(["ax", "ay", "nm"]);
  });
  it("keeps what has no match on the outer sides", async () => {
    expect(await left().join("leftouter", right(), key, key, pair).column("pair")).toEqual([
      "ax",
      "ay",
      "bx",
      "by",
      "c",
      "nm",
    ]);
    expect(await left().join("rightouter", right(), key, key, pair).column("pair")).toEqual([
      "ax",
      "ay",
      "bx",
      "by",
      "nm",
      "z",
    ]);
    expect(await left().join("fullouter", right(), key, key, pair).column("pair")).toEqual([
      "ax",
      "ay",
      "bx",
      "by",
      "c",
      "nm",
      "z",
    ]);
  });
  it("keeps one side's rows with or without a match", async () => {
    expect(await left().join("leftsemi", right(), key, key).column("l")).toEqual(["a", "b", "n"]);
    expect(await left().join("leftanti", right(), key, key).column("l")).toEqual(["c"]);
    expect(await left().join("rightsemi", right(), key, key).column("r")).toEqual(["x", "y", "m"]);
    expect(await left().join("rightanti", right(), key, key).column("r")).toEqual(["z"]);
  });
  it("tells a number from its text", async () => {
    const texts = fromRows([{ k: "1" }]);
    expect(
      await left()
        .join("leftsemi", texts, key, (row) => [row.k])
        .toArray(),
    ).toEqual([]);
  });
});

describe("aggregates", () => {
  it("pass over nulls, but for count", async () => {
    const found = rows().summarize({
      n: count(),
      known: countif((row) => row.age !== null),
      total: sum((row) => row.age),
      mean: avg((row) => row.age),
      least: min((row) => row.age),
      greatest: max((row) => row.name, ""),
      ages: dcount((row) => row.age),
      list: makeList((row) => row.age),
      set: makeSet((row) => row.age),
      middle: percentile((row) => row.age, 50),
      spread: stdev((row) => row.age),
    });
    expect(await found.toArray()).toEqual([
      {
        n: 4,
        known: 3,
        total: 70,
        mean: 70 / 3,
        least: 20,
        greatest: "dan",
        ages: 2,
        list: [30, 20, 20],
        set: [30, 20],
        middle: 20,
        spread: expect.closeTo(5.7735, 4),
      },
    ]);
  });
  it("give one row for no rows without groups, and none with them", async () => {
    const none = rows().where(() => false);
    const found = none.summarize(
      {
        n: count(),
        total: sum((row) => row.age),
        mean: avg((row) => row.age),
        least: min((row) => row.age),
        list: makeList((row) => row.name),
        v: variance((row) => row.age),
      },
      argMax(
        (row) => row.age,
        (row) => ({ name: row.name }),
        { name: "" },
      ),
    );
    expect(await found.toArray()).toEqual([
      { n: 0, total: 0, mean: Number.NaN, least: null, list: [], v: 0, name: "" },
    ]);
    expect(await none.summarizeBy((row) => ({ team: row.team }), { n: count() }).toArray()).toEqual([]);
  });
  it("arg_max keeps the first of equal rows, and takes null keys last", async () => {
    const found = rows().summarizeBy(
      (row) => ({ team: row.team }),
      { any: takeAny((row) => row.name, "") },
      argMin(
        (row) => row.age,
        (row) => ({ age: row.age, name: row.name }),
      ),
    );
    expect(await found.toArray()).toEqual([
      { team: "a", any: "ann", age: 20, name: "cyd" },
      { team: "b", any: "bob", age: 20, name: "dan" },
    ]);
    const ties = fromRows([
      { x: 1, n: "first" },
      { x: 1, n: "second" },
    ]);
    expect(
      await ties
        .summarize(
          {},
          argMax(
            (row) => row.x,
            (row) => ({ n: row.n }),
            { n: "" },
          ),
        )
        .column("n"),
    ).toEqual(["first"]);
  });
  it('group by value: 1, 1.0 and "1" apart where their types are, datetimes by instant, arrays by content', async () => {
    const mixed = fromRows([{ k: [1, "1"] }, { k: [1, "1"] }, { k: ["1", 1] }]);
    expect(await mixed.summarizeBy((row) => ({ k: row.k }), { n: count() }).column("n")).toEqual([2, 1]);
  });
  it("sum stays exact beyond 2^53 and make_bag keeps first values", async () => {
    const big = fromRows([
      { x: 9_007_199_254_740_991, b: { a: 1 } },
      { x: 2, b: { a: 2, c: 3 } },
    ]);
    expect(await big.summarize({ s: sum((row) => row.x), b: makeBag((row) => row.b) }).toArray()).toEqual([
      { s: 9_007_199_254_740_993n, b: { a: 1, c: 3 } },
    ]);
    expect(access({ a: 1 }, "a")).toBe(1);
  });
});
