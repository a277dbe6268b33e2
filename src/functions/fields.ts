import { call, type EvalExpr, lower, number, text } from "../spl/eval.ts";
import type { ScalarFunction, SplArguments } from "./row.ts";

const part = (a: SplArguments, index: number): EvalExpr =>
  call("mvindex", call("split", a.value(0), separator(a)), number(index));
const separator = (a: SplArguments): EvalExpr => {
  const value = a.constant(1);
  return text(typeof value === "string" ? value : "");
};

/**
 * What field-mapping profiles make of a field. Their names begin with `$`, so no query can call them.
 * `$before` and `$after` are everything where the separator does not occur.
 */
export const fieldTransforms: readonly ScalarFunction[] = [
  {
    name: "$lower",
    parameters: ["string"],
    returns: "string",
    nulls: "propagate",
    run: "tolower",
    spl: (a) => lower(a.value(0)),
    page: "",
  },
  {
    name: "$basename",
    parameters: ["string"],
    returns: "string",
    nulls: "propagate",
    spl: (a) => call("mvindex", call("split", a.value(0), text("\\")), number(-1)),
    page: "",
  },
  {
    name: "$before",
    parameters: ["string", "string"],
    returns: "string",
    nulls: "propagate",
    spl: (a) => part(a, 0),
    page: "",
  },
  {
    name: "$after",
    parameters: ["string", "string"],
    returns: "string",
    nulls: "propagate",
    spl: (a) => part(a, -1),
    page: "",
  },
  {
    name: "$hash",
    parameters: ["string", "string"],
    returns: "string",
    nulls: "propagate",
    spl: (a) => {
      const name = String(a.constant(1)).replace(/\W/g, "");
      return call(
        "if",
        call("match", a.value(0), text(`${name}=`)),
        call("lower", call("replace", a.value(0), text(`^(?:.*,)?${name}=([0-9A-Fa-f]+).*$`), text("\\1"))),
        text(""),
      );
    },
    page: "",
  },
];
