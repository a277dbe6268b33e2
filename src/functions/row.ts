import type * as runtime from "../runtime/index.ts";
import type { EvalExpr } from "../spl/eval.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";

/** What a parameter takes: one of these types, any type at all, or any numeric type. */
export type ParameterType = ScalarType | "any" | "number" | "regex" | readonly ScalarType[];

/**
 * The result type: fixed, that of the n-th argument, the common type of the arguments from the n-th on
 * (int and long widen to real), or worked out from the argument types.
 */
export type ResultType =
  | ScalarType
  | { readonly sameAs: number }
  | { readonly commonFrom: number; readonly step?: number }
  | ((types: readonly ScalarType[]) => ScalarType);

/**
 * A scalar function or operator of KQL. The runtime function and the SPL form stand side by side because
 * the row claims that they are equal.
 */
export interface ScalarFunction {
  readonly name: string;
  /** Parameter types in order; `optional` of them from the end may be left out, `rest` takes the further ones. */
  readonly parameters: readonly ParameterType[];
  readonly optional?: number;
  readonly rest?: ParameterType;
  readonly returns: ResultType;
  /** Positions of arguments that must be constants. */
  readonly constants?: readonly number[];
  /**
   * What a null argument does: `propagate` gives null; `handles` means that the function says itself.
   * Strings have no null.
   */
  readonly nulls: "propagate" | "handles";
  /** True where the result is never null, whatever the arguments. */
  readonly total?: boolean;
  /** Export of `runtime/`; absent: known, typed, but not evaluated yet. */
  readonly run?: keyof typeof runtime;
  /** `now` and its like take the clock as a further first argument. */
  readonly clock?: true;
  /** How SPL's eval says it; absent: cannot be said (a located `unsupported` note). */
  readonly spl?: SplForm;
  /** How an unnamed result is called: as its first argument, or `strlen_x`; absent: `Column1`. */
  readonly naming?: "argument" | "function";
  /** Page of the KQL reference, such as `tolower-function`. */
  readonly page: string;
}

/** What an SPL form sees of a call's arguments. */
export interface SplArguments {
  readonly count: number;
  /** The argument as an eval expression; null where KQL has null, or where an absent field stands for "". */
  value(index: number): EvalExpr;
  /** The same for a string argument, never null: "" where the field is absent. */
  text(index: number): EvalExpr;
  /** A boolean argument as a condition. */
  condition(index: number): EvalExpr;
  type(index: number): ScalarType;
  /** How SPL holds the argument: one value, several in a multivalue field, or a JSON text. */
  shape(index: number): "one" | "several" | "json";
  /** The argument's value where it is a constant. */
  constant(index: number): Value | undefined;
  /** The last argument's own note: the result differs, and when it shows. */
  approximate(cause: string, message: string, when: string): void;
  /** Ends the translation of this call with a located note. */
  unsupported(cause: string, message: string): never;
}
export type SplForm = (args: SplArguments) => EvalExpr;

/** An aggregate function of `summarize`. */
export interface AggregateFunction {
  readonly name: string;
  readonly parameters: readonly ParameterType[];
  readonly optional?: number;
  readonly rest?: ParameterType;
  readonly returns: ResultType;
  readonly constants?: readonly number[];
  /** Start of the automatic column name: `count_`, `dcount_x`. */
  readonly prefix: string;
  readonly run?: keyof typeof runtime;
  readonly page: string;
}
