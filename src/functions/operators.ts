import type { ScalarType } from "../types/scalar-type.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

const text: ParameterType = ["string", "dynamic"];

function wider(a: ScalarType, b: ScalarType): ScalarType {
  if (a === "unknown" || b === "unknown") return a === b ? "unknown" : a === "unknown" ? b : a;
  if (a === "decimal" || b === "decimal") return "decimal";
  if (a === "real" || b === "real") return "real";
  return "long";
}

/** Numbers widen; timespans add to times and to each other. null where the types do not go together. */
function sum(types: readonly ScalarType[]): ScalarType {
  const [a = "unknown", b = "unknown"] = types;
  if (a === "datetime" || b === "datetime") return "datetime";
  if (a === "timespan" || b === "timespan") return "timespan";
  return wider(a, b);
}
function difference(types: readonly ScalarType[]): ScalarType {
  const [a = "unknown", b = "unknown"] = types;
  if (a === "datetime") return b === "datetime" ? "timespan" : "datetime";
  if (a === "timespan" || b === "timespan") return "timespan";
  return wider(a, b);
}
function product(types: readonly ScalarType[]): ScalarType {
  return types.includes("timespan") ? "timespan" : wider(types[0] ?? "unknown", types[1] ?? "unknown");
}
function quotient(types: readonly ScalarType[]): ScalarType {
  const [a = "unknown", b = "unknown"] = types;
  if (a === "timespan") return b === "timespan" ? "real" : "timespan";
  return wider(a, b);
}

const arithmetic: ParameterType = ["int", "long", "real", "decimal", "timespan", "datetime", "dynamic"];

/** A test of a text against a term or part; case-insensitive unless the name ends in `_cs`. Strings have no null. */
const test = (name: string, run: NonNullable<ScalarFunction["run"]>, page: string): ScalarFunction => ({
  name,
  parameters: [text, text],
  returns: "bool",
  nulls: "handles",
  total: true,
  run,
  page,
});

/** Operators. Negated forms do not occur here: `a !has b` is `not(a has b)`. */
export const operators: readonly ScalarFunction[] = [
  {
    name: "==",
    parameters: ["any", "any"],
    returns: "bool",
    nulls: "handles",
    run: "equal",
    page: "equals-cs-operator",
  },
  {
    name: "=~",
    parameters: [text, text],
    returns: "bool",
    nulls: "handles",
    total: true,
    run: "equalIgnoreCase",
    spl: splForms["=~"],
    page: "equals-operator",
  },
  {
    name: "<",
    parameters: ["any", "any"],
    returns: "bool",
    nulls: "propagate",
    run: "less",
    page: "numerical-operators",
  },
  {
    name: "<=",
    parameters: ["any", "any"],
    returns: "bool",
    nulls: "propagate",
    run: "lessOrEqual",
    page: "numerical-operators",
  },
  {
    name: ">",
    parameters: ["any", "any"],
    returns: "bool",
    nulls: "propagate",
    run: "greater",
    page: "numerical-operators",
  },
  {
    name: ">=",
    parameters: ["any", "any"],
    returns: "bool",
    nulls: "propagate",
    run: "greaterOrEqual",
    page: "numerical-operators",
  },
  {
    name: "+",
    parameters: [arithmetic, arithmetic],
    returns: sum,
    nulls: "propagate",
    run: "add",
    spl: splForms["+"],
    page: "numerical-operators",
  },
  {
    name: "-",
    parameters: [arithmetic, arithmetic],
    returns: difference,
    nulls: "propagate",
    run: "subtract",
    spl: splForms["-"],
    page: "numerical-operators",
  },
  {
    name: "*",
    parameters: [arithmetic, arithmetic],
    returns: product,
    nulls: "propagate",
    run: "multiply",
    spl: splForms["*"],
    page: "numerical-operators",
  },
  {
    name: "/",
    parameters: [arithmetic, arithmetic],
    returns: quotient,
    nulls: "propagate",
    run: "divide",
    spl: splForms["/"],
    page: "numerical-operators",
  },
  {
    name: "%",
    parameters: [arithmetic, arithmetic],
    returns: product,
    nulls: "propagate",
    run: "modulo",
    spl: splForms["%"],
    page: "numerical-operators",
  },
  {
    name: "neg",
    parameters: [arithmetic],
    returns: (t) => (t[0] === "int" ? "long" : (t[0] ?? "unknown")),
    nulls: "propagate",
    run: "negate",
    spl: splForms.neg,
    page: "numerical-operators",
  },
  {
    name: "between",
    parameters: ["any", "any", "any"],
    returns: "bool",
    nulls: "handles",
    run: "between",
    page: "between-operator",
  },
  { ...test("contains", "contains", "contains-operator"), spl: splForms.contains },
  { ...test("contains_cs", "containsCs", "contains-cs-operator"), spl: splForms.contains_cs },
  { ...test("startswith", "startswith", "startswith-operator"), spl: splForms.startswith },
  { ...test("startswith_cs", "startswithCs", "startswith-cs-operator"), spl: splForms.startswith_cs },
  { ...test("endswith", "endswith", "endswith-operator"), spl: splForms.endswith },
  { ...test("endswith_cs", "endswithCs", "endswith-cs-operator"), spl: splForms.endswith_cs },
  { ...test("has", "has", "has-operator"), spl: splForms.has },
  { ...test("has_cs", "hasCs", "has-cs-operator"), spl: splForms.has_cs },
  { ...test("hasprefix", "hasprefix", "hasprefix-operator"), spl: splForms.hasprefix },
  { ...test("hasprefix_cs", "hasprefixCs", "hasprefix-cs-operator"), spl: splForms.hasprefix_cs },
  { ...test("hassuffix", "hassuffix", "hassuffix-operator"), spl: splForms.hassuffix },
  { ...test("hassuffix_cs", "hassuffixCs", "hassuffix-cs-operator"), spl: splForms.hassuffix_cs },
  {
    name: "matches regex",
    parameters: [text, "regex"],
    returns: "bool",
    nulls: "handles",
    total: true,
    run: "matchesRegex",
    spl: splForms["matches regex"],
    page: "matches-regex-operator",
  },
  {
    name: "in",
    parameters: ["any"],
    rest: "any",
    returns: "bool",
    nulls: "handles",
    run: "isIn",
    page: "in-cs-operator",
  },
  {
    name: "in~",
    parameters: [text],
    rest: "any",
    returns: "bool",
    nulls: "handles",
    total: true,
    run: "isInIgnoreCase",
    spl: splForms["in~"],
    page: "in-operator",
  },
  {
    name: "has_any",
    parameters: [text],
    rest: "any",
    returns: "bool",
    nulls: "handles",
    total: true,
    run: "hasAny",
    spl: splForms.has_any,
    page: "has-any-operator",
  },
  {
    name: "has_all",
    parameters: [text],
    rest: "any",
    returns: "bool",
    nulls: "handles",
    total: true,
    run: "hasAll",
    spl: splForms.has_all,
    page: "has-all-operator",
  },
];
