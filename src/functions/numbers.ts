import type { ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

const real = (name: string, run: NonNullable<ScalarFunction["run"]>): ScalarFunction => ({
  name,
  parameters: ["number"],
  returns: "real",
  nulls: "propagate",
  run,
  naming: "argument",
  page: `${name}-function`,
});
const test = (name: string, run: NonNullable<ScalarFunction["run"]>): ScalarFunction => ({
  name,
  parameters: ["number"],
  returns: "bool",
  nulls: "propagate",
  run,
  page: `${name}-function`,
});
const bits = (name: string, run: NonNullable<ScalarFunction["run"]>): ScalarFunction => ({
  name,
  parameters: ["long", "long"],
  returns: "long",
  nulls: "propagate",
  run,
  naming: "argument",
  page: `${name.replaceAll("_", "-")}-function`,
});

/** Arithmetic, bits and addresses. */
export const numbers: readonly ScalarFunction[] = [
  { name: "abs", parameters: [["int", "long", "real", "decimal", "timespan"]], returns: (t) => (t[0] === "int" ? "long" : (t[0] ?? "real")), nulls: "propagate", run: "abs", naming: "argument", spl: splForms.abs, page: "abs-function" },
  { name: "ceiling", parameters: ["number"], returns: (t) => (t[0] === "decimal" ? "decimal" : "real"), nulls: "propagate", run: "ceiling", naming: "argument", spl: splForms.ceiling, page: "ceiling-function" },
  { name: "round", parameters: ["number", "long"], optional: 1, returns: { sameAs: 0 }, nulls: "propagate", run: "round", naming: "argument", spl: splForms.round, page: "round-function" },
  { name: "sign", parameters: ["number"], returns: "real", nulls: "propagate", run: "sign", page: "sign-function" },
  { name: "pow", parameters: ["number", "number"], returns: "real", nulls: "propagate", run: "pow", naming: "argument", spl: splForms.pow, page: "pow-function" },
  { ...real("sqrt", "sqrt"), spl: splForms.sqrt },
  { ...real("exp", "exp"), spl: splForms.exp },
  { ...real("log", "log"), spl: splForms.log },
  { ...real("log2", "log2"), spl: splForms.log2 },
  { ...real("log10", "log10"), spl: splForms.log10 },
  test("isnan", "isnan"),
  test("isinf", "isinf"),
  test("isfinite", "isfinite"),
  bits("binary_and", "binaryAnd"),
  bits("binary_or", "binaryOr"),
  bits("binary_xor", "binaryXor"),
  bits("binary_shift_left", "binaryShiftLeft"),
  bits("binary_shift_right", "binaryShiftRight"),
  { name: "binary_not", parameters: ["long"], returns: "long", nulls: "propagate", run: "binaryNot", naming: "argument", page: "binary-not-function" },
  { name: "ipv4_is_private", parameters: ["string"], returns: "bool", nulls: "propagate", run: "ipv4IsPrivate", spl: splForms.ipv4_is_private, page: "ipv4-is-private-function" },
  { name: "ipv4_is_match", parameters: ["string", "string", "long"], optional: 1, returns: "bool", nulls: "propagate", run: "ipv4IsMatch", page: "ipv4-is-match-function" },
  { name: "ipv4_is_in_range", parameters: ["string", "string"], returns: "bool", nulls: "propagate", run: "ipv4IsInRange", spl: splForms.ipv4_is_in_range, page: "ipv4-is-in-range-function" },
  { name: "ipv4_compare", parameters: ["string", "string", "long"], optional: 1, returns: "long", nulls: "propagate", run: "ipv4Compare", page: "ipv4-compare-function" },
  { name: "parse_ipv4", parameters: ["string"], returns: "long", nulls: "propagate", run: "parseIpv4", page: "parse-ipv4-function" },
  { name: "has_ipv4", parameters: ["string", "string"], returns: "bool", nulls: "propagate", run: "hasIpv4", page: "has-ipv4-function" },
];
