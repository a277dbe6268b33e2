import { describe, expect, it } from "vitest";
import * as r from "../../src/runtime/index.ts";

const near = (actual: number | null, wanted: number): void => {
  expect(Math.abs((actual ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(wanted)));
};

describe("special functions", () => {
  it("gamma", () => {
    expect(r.gamma(5)).toBe(24);
    expect(r.gamma(171)).toBeCloseTo(7.257415615307994e306, -294);
    near(r.gamma(0.5), Math.sqrt(Math.PI));
    near(r.gamma(-0.5), -2 * Math.sqrt(Math.PI));
    near(r.loggamma(100), 359.1342053695754);
  });
  it("error function", () => {
    near(r.erf(0.5), 0.5204998778130465);
    near(r.erf(-2), -0.9953222650189527);
    near(r.erf(4), 0.9999999845827421);
    expect((r.erfc(5) ?? 0) / 1.5374597944280349e-12).toBeCloseTo(1, 12);
    near(r.erfc(-1), 1.842700792949715);
  });
  it("beta distribution", () => {
    near(r.betaCdf(0.5, 2, 3), 0.6875);
    near(r.betaInv(0.6875, 2, 3), 0.5);
    near(r.betaPdf(0.5, 2, 3), 1.5);
    expect(r.betaCdf(1.5, 2, 3)).toBeNaN();
    expect(r.betaInv(1.5, 2, 3)).toBeNull();
    expect(r.betaPdf(0.5, -1, 3)).toBeNaN();
  });
  it("Welch's test: the example of Student's sleep data", () => {
    expect(r.welchTest(0.75, 3.200556, 10, 2.33, 4.009, 10)).toBeCloseTo(0.0794, 4);
  });
});

describe("numbers", () => {
  it("round half away from zero, in places and in front of the point", () => {
    expect([r.round(2.5), r.round(-2.5), r.round(1234, -2), r.round(0.125, 2)]).toEqual([3, -3, 1200, 0.13]);
    expect(r.round(9007199254740993n)).toBe(9007199254740993n);
    expect(String(r.round(r.decimal("2.345"), 2))).toBe("2.35");
  });
  it("bins of whole numbers are exact, those of decimals decimals", () => {
    expect(r.bin(9007199254740991, 3)).toBe(9007199254740990);
    expect(r.bin(-7, 2)).toBe(-8);
    expect(String(r.bin(r.decimal("4.5"), r.decimal("0.2")))).toBe("4.4");
    expect(r.bin(5, 0)).toBeNull();
  });
  it("have no value outside a function's range", () => {
    expect([r.sqrt(-1), r.log(-1), r.asin(2)]).toEqual([null, null, null]);
  });
  it("sizes are written in the unit that fits", () => {
    expect(r.formatBytes(564)).toBe("564 Bytes");
    expect(r.formatBytes(20010332, 2)).toBe("19.08 MB");
    expect(r.formatBytes(20010332, 0, "KB")).toBe("19541 KB");
  });
  it("units convert, unknown ones do not", () => {
    near(r.convertLength(1.2, "Meter", "Foot"), 3.9370078740157477);
    near(r.convertTemperature(212, "DegreeFahrenheit", "DegreeCelsius"), 100);
    near(r.convertTemperature(0, "DegreeDelisle", "Kelvin"), 373.15);
    near(r.convertAngle(30, "Degree", "Tilt"), 0.5);
    near(r.convertAngle(0.5, "Tilt", "Degree"), 30);
    expect(r.convertMass(1, "Kilogram", "Foot")).toBeNull();
    expect(r.convertMass(1, "constructor", "Kilogram")).toBeNull();
  });
});
