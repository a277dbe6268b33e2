import type * as h3 from "../h3/index.ts";
import type * as runtime from "../runtime/index.ts";
import type { EvalExpr } from "../spl/eval.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";
import type { Synonym } from "./aggregates/synonyms.ts";

/** Exports of `h3/`, which is loaded where a query needs one of them. */
export type H3Function = keyof typeof h3;

/** What a parameter takes: one of these types, any type at all, any type as its text, or any numeric type. */
export type ParameterType = ScalarType | "any" | "text" | "number" | "regex" | readonly ScalarType[];

/** The arguments that are constants, by position; undefined for the others. */
export type Constants = readonly (Value | undefined)[];

/**
 * The result type: fixed, that of the n-th argument, the common type of the arguments from the n-th on
 * (int and long widen to real; with `typed`, a dynamic value takes the type of the others), or worked out from the argument types, null where the function is not defined for them.
 */
export type ResultType =
  | ScalarType
  | { readonly sameAs: number }
  | { readonly commonFrom: number; readonly step?: number; readonly typed?: true }
  | ((types: readonly ScalarType[], constants: Constants) => ScalarType | null);

/** A constant argument that KQL refuses, such as a format with an unknown letter. */
export interface Refusal {
  readonly argument: number;
  readonly message: string;
}

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
  /** What is wrong with the constants among the arguments. */
  readonly refuses?: (constants: Constants) => Refusal | null;
  /**
   * The columns that the result is spread over where it stands by itself in `extend` or `project`, named `series_stats_x_min`.
   * `bag` is the function that gives the same values in a bag under the columns' names; absent: they are not evaluated.
   * In all other places the result is the first of them. `arrays`: one column for each array among the arguments, `x_sorted`.
   */
  readonly tuple?: { readonly bag?: string; readonly columns: readonly Column[] } | { readonly arrays: string };
  /**
   * What a null argument does: `propagate` gives null; `handles` means that the function says itself.
   * Strings have no null.
   */
  readonly nulls: "propagate" | "handles";
  /** True where the result is never null, whatever the arguments. */
  readonly total?: boolean;
  /** Export of `runtime/`, or of `h3/`; absent: known, typed, but not evaluated yet. */
  readonly run?: keyof typeof runtime | H3Function;
  /** With fewer arguments than these it is not evaluated yet. */
  readonly runsFrom?: number;
  /** And with more than these neither. */
  readonly runsUpTo?: number;
  /** `now` and its like take the clock as a further first argument. */
  readonly clock?: true;
  /** How SPL's eval says it; absent: cannot be said (a located `unsupported` note). */
  readonly spl?: SplForm;
  /**
   * How an unnamed result is called: as its first argument, as its only one, `strlen_x`, `type_x` by a prefix, or by a fixed name;
   * absent: `Column1`.
   */
  readonly naming?: "argument" | "only" | "function" | { readonly prefix: string } | { readonly name: string };
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
  /** How an unnamed result is called otherwise: as its first argument, or by all of them, `covariance_x_y`. */
  readonly naming?: "argument" | "arguments";
  /** Several columns: one for each argument (`arg_max`), or for each rank behind the values and weights (`percentiles`). */
  readonly results?: "arguments" | "ranks";
  /** Where the row is asked for by an older name. */
  readonly older?: Synonym;
  readonly run?: keyof typeof runtime;
  readonly page: string;
}
