import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  access,
  add,
  addReal,
  and,
  bagMerge,
  bagPack,
  between,
  bin,
  coalesce,
  Datetime,
  divide,
  divideReal,
  equal,
  gettype,
  greater,
  isIn,
  modulo,
  multiply,
  negate,
  not,
  or,
  parseJson,
  subtract,
  Timespan,
  tobool,
  todatetime,
  toint,
  tolong,
  toreal,
  tostring,
  tostringDynamic,
  tostringReal,
} from "../../src/runtime/index.ts";
import { keyOf, keyOfAll } from "../../src/runtime/key.ts";

const day = new Timespan(864_000_000_000n);
const time = (text: string): Datetime => todatetime(text) ?? new Datetime(0n);

describe("null", () => {
  it("is unequal to values, and unknown against null", () => {
    expect([equal(null, 5), equal(null, null), not(equal(null, 5)), not(equal(null, null))]).toEqual([
      false,
      null,
      true,
      null,
    ]);
    expect([greater(null, 1), between(null, 1, 2), isIn(null, 1, 2)]).toEqual([null, null, false]);
  });
  it("is unknown to logic unless the others decide", () => {
    expect([and(true, null), and(false, null), or(true, null), or(false, null), not(null)]).toEqual([
      null,
      false,
      true,
      null,
      null,
    ]);
  });
  it("is passed over by coalesce, and so is an empty string", () => {
    expect([coalesce<string | null>(null, "", "x"), coalesce<number | null>(null, 0)]).toEqual(["x", 0]);
  });
});

describe("arithmetic", () => {
  it("keeps whole numbers exact and wraps at 64 bits", () => {
    expect(multiply(2_147_483_647, 2_147_483_647)).toBe(4_611_686_014_132_420_609n);
    expect(add(9_223_372_036_854_775_807n, 1)).toBe(-9_223_372_036_854_775_808n);
    expect(subtract(9_007_199_254_740_993n, 2)).toBe(9_007_199_254_740_991);
  });
  it("divides whole numbers towards zero, and reals as reals", () => {
    expect([divide(-7, 2), divide(1, 0), divideReal(7, 2), divideReal(1, 0)]).toEqual([
      -3,
      null,
      3.5,
      Number.POSITIVE_INFINITY,
    ]);
  });
  it("has a modulo that is never negative", () => {
    expect([modulo(-14, 12), modulo(14, -12), modulo(-14, -12), modulo(5, 0)]).toEqual([10, 2, 10, null]);
  });
  it("knows times", () => {
    expect(tostring(add(time("2020-02-28"), day))).toBe("2020-02-29T00:00:00.0000000Z");
    expect(tostring(subtract(time("2020-03-01"), time("2020-02-28")))).toBe("2.00:00:00");
    expect([divide(day, new Timespan(36_000_000_000n)), add(time("9999-12-31T23:59:59.9999999"), day)]).toEqual([
      24,
      null,
    ]);
    expect(tostring(multiply(1.5, day))).toBe("1.12:00:00");
    expect(negate(5)).toBe(-5);
  });
  it("bins downwards", () => {
    expect([bin(-1, 3), bin(5.5, 2), bin(7, -1), bin(7, 0)]).toEqual([-3, 4, null, null]);
    expect(tostring(bin(time("1955-11-05T06:15:00"), new Timespan(7n * day.ticks)))).toBe(
      "1955-10-31T00:00:00.0000000Z",
    );
  });
  it("agrees with bigints on any two longs", () => {
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const form = (n: bigint): number | bigint => (Number.isSafeInteger(Number(n)) ? Number(n) : n);
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(BigInt(add(form(a), form(b)) ?? 0)).toBe(BigInt.asIntN(64, a + b));
        expect(BigInt(multiply(form(a), form(b)) ?? 0)).toBe(BigInt.asIntN(64, a * b));
        expect(addReal(form(a), form(b))).toBe(Number(a) + Number(b));
      }),
    );
  });
});

describe("conversion", () => {
  it("to whole numbers truncates reals, wraps to int, and is strict with texts", () => {
    expect([tolong("0x10"), tolong(" 42 "), tolong("5.9"), tolong(-2.9), tolong("9223372036854775808")]).toEqual([
      16,
      42,
      null,
      -2,
      null,
    ]);
    expect([toint(2_147_483_648), toint(1e30), toint("2147483648"), toint(true)]).toEqual([
      -2_147_483_648,
      2_147_483_647,
      null,
      1,
    ]);
    expect(tolong(1e19)).toBe(9_223_372_036_854_775_807n);
  });
  it("to reals and booleans", () => {
    expect([toreal("1.5e3"), toreal("inf"), toreal("0x10"), toreal("abc")]).toEqual([
      1500,
      Number.POSITIVE_INFINITY,
      null,
      null,
    ]);
    expect([tobool("tRuE"), tobool(" true"), tobool("-1"), tobool("1.0"), tobool(0.5)]).toEqual([
      true,
      null,
      true,
      null,
      true,
    ]);
  });
  it("to text goes by type", () => {
    expect([tostring(true), tostringDynamic(true), tostring(null), tostring(5)]).toEqual(["True", "true", "", "5"]);
    expect([
      tostringReal(1),
      tostringReal(0.1 + 0.2),
      tostringReal(1 / 3),
      tostringReal(1e30),
      tostringReal(-0),
    ]).toEqual(["1.0", "0.30000000000000007", "0.3333333333333333", "1e30", "-0.0"]);
    expect(tostring(bagPack("User", 'a"b', "n", null, "list", [1, "x"]))).toBe(
      String.raw`{"User":"a\"b","n":null,"list":[1,"x"]}`,
    );
  });
});

describe("dynamic values", () => {
  it("parse_json keeps what is no JSON, and long numbers exact", () => {
    expect([parseJson("nope"), parseJson(""), parseJson('{"a":"\t"}')]).toEqual(["nope", null, '{"a":"\t"}']);
    expect(parseJson('{"n":9223372036854775807,"s":"1234567890123456789"}')).toEqual({
      n: 9_223_372_036_854_775_807n,
      s: "1234567890123456789",
    });
    expect(gettype(parseJson('{"a":1}'))).toBe("dictionary");
  });
  it("has no way to the prototype", () => {
    const bag = parseJson('{"__proto__":{"x":1},"constructor":2}');
    expect([access(bag, "x"), access(bag, "toString"), access(bag, "constructor")]).toEqual([null, null, 2]);
    expect(access(access(bag, "__proto__"), "x")).toBe(1);
    expect(Object.keys(bagMerge(bag, { b: 1 }) ?? {})).toEqual(["__proto__", "constructor", "b"]);
  });
  it("is read by key, place and place from the end", () => {
    expect([access(["a", "b"], -1), access(["a"], 5), access({ a: 1 }, "b"), access("x", 0)]).toEqual([
      "b",
      null,
      null,
      null,
    ]);
  });
  it("nests without end in no function", () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    expect(() => tostring(parseJson(deep))).not.toThrow();
    expect(() => tostring(parseJson(`[1234567890123456789,${deep}]`))).not.toThrow();
  });
});

describe("keys of groups and joins", () => {
  it("tell values of different kinds apart, and know equal ones", () => {
    const different = [
      1,
      "1",
      true,
      null,
      "",
      "true",
      "null",
      day,
      time("2020-01-01"),
      [1],
      ["1"],
      { a: 1 },
      2n ** 60n,
      String(2n ** 60n),
      "\u0001d1",
    ];
    expect(new Set(different.map(keyOf)).size).toBe(different.length);
    expect(keyOf({ a: 1, b: [2] })).toBe(keyOf({ b: [2], a: 1 }));
    expect(keyOf(time("2020-01-01"))).toBe(keyOf(time("2020-01-01T00:00:00Z")));
    expect(keyOf(0)).toBe(keyOf(0));
  });
  it("do not run together", () => {
    expect(keyOfAll(["a,b", "c"])).not.toBe(keyOfAll(["a", "b,c"]));
    expect(keyOfAll(["1", 2])).not.toBe(keyOfAll([1, "2"]));
  });
});
