import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  bagPack,
  Decimal,
  decimal,
  divide,
  equal,
  gettype,
  less,
  modulo,
  multiply,
  negate,
  packArray,
  parseJson,
  Real,
  real,
  subtract,
  todecimal,
  toint,
  tolong,
  toreal,
  tostring,
  tostringDynamic,
  tostringReal,
} from "../../src/runtime/index.ts";
import { keyOf } from "../../src/runtime/key.ts";

const texts = (...values: readonly unknown[]): string[] => values.map(String);

describe("decimals", () => {
  it("are exact to 34 digits", () => {
    const third = divide(decimal("1"), decimal("3"));
    expect(texts(third, add(decimal("0.1"), decimal("0.2")), modulo(decimal("-14"), decimal("12")))).toEqual([
      `0.${"3".repeat(34)}`,
      "0.3",
      "10",
    ]);
    expect(divide(decimal("1"), decimal("0"))).toBeNull();
    expect(texts(multiply(decimal("1.50"), 2), subtract(decimal("1"), 3), negate(decimal("2.5")))).toEqual([
      "3",
      "-2",
      "-2.5",
    ]);
  });
  it("are made of texts, numbers and truth values, a real by its shortest digits", () => {
    expect(texts(todecimal("-0.0"), todecimal(0.1), todecimal(true), todecimal("1e-3"), todecimal("12.50"))).toEqual([
      "0",
      "0.1",
      "1",
      "0.001",
      "12.5",
    ]);
    expect(["", "x", "1.2.3", "1e99999", "0x1"].map(todecimal)).toEqual([null, null, null, null, null]);
    expect([toint(decimal("9.99")), tolong(decimal("-9.99")), toreal(decimal("1.5"))]).toEqual([9, -9, 1.5]);
  });
  it("are compared by value", () => {
    expect(equal(decimal("1.0"), 1)).toBe(true);
    expect(less(decimal("0.1"), decimal("0.10000000000000000001"))).toBe(true);
    expect(keyOf(decimal("1.50"))).toBe(keyOf(decimal("1.5")));
  });
  it("agree with whole numbers", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
        fc.bigInt({ min: 1n, max: 10n ** 16n }),
        (a, b) => {
          const [x, y] = [new Decimal(a, 0), decimal(String(b))];
          expect(texts(add(x, y), subtract(x, y), multiply(x, y))).toEqual(texts(a + b, a - b, a * b));
        },
      ),
    );
  });
});

describe("reals inside dynamic values", () => {
  it("stay apart from longs", () => {
    expect(tostringDynamic(packArray(real(1), 1, real(2.5)))).toBe("[1.0,1,2.5]");
    expect(tostringDynamic(parseJson('{"a":1.0,"b":[1e2,1],"c":-0.0}'))).toBe('{"a":1.0,"b":[100.0,1],"c":-0.0}');
    expect([parseJson("1.0"), parseJson("1"), parseJson("1.5")].map(gettype)).toEqual(["double", "long", "double"]);
  });
  it("count like any number", () => {
    const one = new Real(1);
    expect([equal(one, 1), less(one, 2), add(one, 1), toint(one), tolong(one), toreal(one), tostring(one)]).toEqual([
      true,
      true,
      2,
      1,
      1,
      1,
      "1.0",
    ]);
    expect(keyOf(one)).toBe(keyOf(1));
    expect(keyOf(bagPack("a", one))).toBe(keyOf(bagPack("a", 1)));
  });
});

it("prints a real with the fewest digits that read back, the greatest of those", () => {
  expect([0.1 + 0.2, 1 / 3, 1e20, 123456789012345680, 1e22, 1e-5, 1.5e-7, 100, -0].map(tostringReal)).toEqual([
    "0.30000000000000007",
    "0.3333333333333333",
    "100000000000000000000.0",
    "123456789012345680.0",
    "1e22",
    "0.00001",
    "1.5e-7",
    "100.0",
    "-0.0",
  ]);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(tostringReal(value))).toBe(value);
    }),
  );
});

it("reads every JSON number for what it is", () => {
  const number = fc.oneof(
    fc.constantFrom(
      "1.0",
      "-1.00",
      "1.05",
      "1e3",
      "1.5E2",
      "0.0",
      "-0.0",
      "1",
      "9223372036854775807",
      "1.000000000000000001",
    ),
    fc.integer().map(String),
  );
  const isReal = (text: string): boolean => /[.eE]/.test(text);
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), (numbers) => {
      expect(parseJson(`[${numbers.join(", ")}]`)).toSatisfy(
        (items: readonly (number | bigint | Real)[]) =>
          items.map((item) => gettype(item) === "double").join() === numbers.map(isReal).join(),
      );
    }),
  );
});
