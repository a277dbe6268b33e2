import { isNumeric, type ScalarType } from "../types/scalar-type.ts";
import type { ParameterType, ResultType, ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

type Typed = (left: ScalarType, right: ScalarType) => ScalarType | null;

/** int and long give long, with a real a real, with a decimal a decimal. */
function wider(a: ScalarType, b: ScalarType): ScalarType {
  if (a === "decimal" || b === "decimal") return "decimal";
  return a === "real" || b === "real" ? "real" : "long";
}

/**
 * Between numbers the wider type, else what `times` says for datetimes and timespans. A dynamic value takes the part of a number
 * beside a number, and of what makes sense beside a time; two dynamic values have no arithmetic. Undeclared types may be anything.
 */
const typed =
  (times: Typed): ResultType =>
  ([a = "unknown", b = "unknown"]) => {
    if (isNumeric(a) && (isNumeric(b) || b === "dynamic")) return wider(a, b);
    if (isNumeric(b) && a === "dynamic") return wider(a, b);
    return times(a, b) ?? (a === "unknown" || b === "unknown" ? "unknown" : null);
  };

/** Of an undeclared type, or a dynamic value. */
const isOpen = (type: ScalarType): boolean => type === "unknown" || type === "dynamic";
const isTime = (type: ScalarType): boolean => type === "datetime" || type === "timespan";

const sum: Typed = (a, b) => {
  if (isTime(a) && isOpen(b)) return a;
  if (isTime(b) && isOpen(a)) return b;
  if (a === "timespan" && b === "timespan") return "timespan";
  return isTime(a) && isTime(b) && a !== b ? "datetime" : null;
};
const difference: Typed = (a, b) => {
  if (a === "datetime") return b === "timespan" ? "datetime" : b === "datetime" || isOpen(b) ? "timespan" : null;
  if (a === "timespan") return b === "timespan" || isOpen(b) ? "timespan" : null;
  return isOpen(a) && (b === "datetime" || (b === "timespan" && a === "dynamic")) ? "timespan" : null;
};
const product: Typed = (a, b) => {
  const isFactor = (type: ScalarType): boolean => isNumeric(type) || type === "unknown";
  return (a === "timespan" && isFactor(b)) || (b === "timespan" && isFactor(a)) ? "timespan" : null;
};
const quotient: Typed = (a, b) => {
  if (b === "timespan") return isTime(a) || a === "unknown" ? "real" : null;
  return a === "timespan" && (isNumeric(b) || b === "unknown") ? "timespan" : null;
};
const remainder: Typed = (a, b) => ((isTime(a) || a === "unknown") && b === "timespan" ? "timespan" : null);

const operand: ParameterType = ["int", "long", "real", "decimal", "timespan", "datetime", "dynamic"];

/** Arithmetic. */
export const arithmetic: readonly ScalarFunction[] = [
  {
    name: "+",
    parameters: [operand, operand],
    returns: typed(sum),
    nulls: "propagate",
    run: "add",
    spl: splForms["+"],
    page: "numerical-operators",
  },
  {
    name: "-",
    parameters: [operand, operand],
    returns: typed(difference),
    nulls: "propagate",
    run: "subtract",
    spl: splForms["-"],
    page: "numerical-operators",
  },
  {
    name: "*",
    parameters: [operand, operand],
    returns: typed(product),
    nulls: "propagate",
    run: "multiply",
    spl: splForms["*"],
    page: "numerical-operators",
  },
  {
    name: "/",
    parameters: [operand, operand],
    returns: typed(quotient),
    nulls: "propagate",
    run: "divide",
    spl: splForms["/"],
    page: "numerical-operators",
  },
  {
    name: "%",
    parameters: [operand, operand],
    returns: typed(remainder),
    nulls: "propagate",
    run: "modulo",
    spl: splForms["%"],
    page: "numerical-operators",
  },
  {
    name: "neg",
    parameters: [operand],
    returns: ([type = "unknown"]) => (type === "int" ? "long" : type),
    nulls: "propagate",
    run: "negate",
    spl: splForms.neg,
    page: "numerical-operators",
  },
];
