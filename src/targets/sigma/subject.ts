import type { Call, Expr } from "../../plan/nodes.ts";
import type { Value } from "../../types/value.ts";

/** What a comparison looks at, as far as Sigma can say something about it. */
export type Subject =
  | { readonly kind: "field"; readonly field: string; readonly lettercase: LetterCase }
  /** A part of a field that a profile computes: `$basename(Image)`, `$hash(Hashes, "SHA256")`. */
  | {
      readonly kind: "part";
      readonly part: Part;
      readonly argument: string;
      readonly field: string;
      readonly lettercase: LetterCase;
    }
  | { readonly kind: "constant"; readonly value: Value }
  /** `case(c1, v1, …, d)`, `iff(c, v, d)` */
  | {
      readonly kind: "choice";
      readonly branches: readonly Branch[];
      readonly otherwise: Expr;
      readonly lettercase: LetterCase;
    }
  /** `strcat("a", x, "b")` */
  | {
      readonly kind: "affixed";
      readonly before: string;
      readonly of: Expr;
      readonly after: string;
      readonly lettercase: LetterCase;
    }
  | { readonly kind: "other"; readonly expr: Expr };

export interface Branch {
  readonly condition: Expr;
  readonly value: Expr;
}

/** What the text went through last. */
export type LetterCase = "as is" | "lower" | "upper";

const parts = ["basename", "before", "after", "hash"] as const;
export type Part = (typeof parts)[number];

export function subjectOf(expr: Expr, lettercase: LetterCase = "as is"): Subject {
  switch (expr.kind) {
    case "column":
      return { kind: "field", field: expr.name, lettercase };
    case "literal":
      return { kind: "constant", value: cased(expr.value, lettercase) };
    case "call":
      return callSubject(expr, lettercase);
    default:
      return { kind: "other", expr };
  }
}

function callSubject(call: Call, lettercase: LetterCase): Subject {
  const [first, second] = call.args;
  if (first === undefined) return { kind: "other", expr: call };
  switch (call.name) {
    case "tolower":
    case "$lower":
      // The outermost change of case decides.
      return subjectOf(first, lettercase === "as is" ? "lower" : lettercase);
    case "toupper":
      return subjectOf(first, lettercase === "as is" ? "upper" : lettercase);
    case "tostring":
      return first.type === "string" ? subjectOf(first, lettercase) : { kind: "other", expr: call };
    case "iff":
    case "iif":
    case "case": {
      const otherwise = call.args.at(-1);
      if (otherwise === undefined) return { kind: "other", expr: call };
      const branches = call.args.slice(0, -1).flatMap((condition, index, args): Branch[] => {
        const value = index % 2 === 0 ? args[index + 1] : undefined;
        return value === undefined ? [] : [{ condition, value }];
      });
      return { kind: "choice", branches, otherwise, lettercase };
    }
    case "strcat":
      return affixed(call, lettercase);
    default: {
      const part = parts.find((name) => call.name === `$${name}`);
      if (part === undefined || first.kind !== "column") return { kind: "other", expr: call };
      const argument = second?.kind === "literal" && typeof second.value === "string" ? second.value : "\\";
      return { kind: "part", part, argument, field: first.name, lettercase };
    }
  }
}

function affixed(call: Call, lettercase: LetterCase): Subject {
  const variable = call.args.findIndex((arg) => arg.kind !== "literal");
  const of = call.args[variable];
  const constants = [call.args.slice(0, variable), call.args.slice(variable + 1)];
  const texts = constants.map((args) =>
    args.map((arg) => (arg.kind === "literal" && typeof arg.value === "string" ? arg.value : null)),
  );
  if (of === undefined || of.type !== "string" || texts.flat().includes(null)) return { kind: "other", expr: call };
  const [before = "", after = ""] = texts.map((list) => list.join(""));
  return { kind: "affixed", before, of, after, lettercase };
}

function cased(value: Value, lettercase: LetterCase): Value {
  if (typeof value !== "string" || lettercase === "as is") return value;
  return lettercase === "lower" ? value.toLowerCase() : value.toUpperCase();
}
