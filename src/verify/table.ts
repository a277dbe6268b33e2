import type { ScalarType } from "../types/scalar-type.ts";

/** What a rule finds, in whatever values its language has. */
export interface ResultTable {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly unknown[])[];
  /** Columns that the rule sorts by, the first one first; null where the order of its rows means nothing. */
  readonly sortedBy: readonly string[] | null;
  /** What a run of it warns of, such as a limit that cut rows. */
  readonly warnings: readonly string[];
}

export interface ResultColumn {
  readonly name: string;
  /** null in a language without types. */
  readonly type: ScalarType | null;
  /** Whether it is a column of the events, handed on as it is. */
  readonly carried: boolean;
  /** Whether its arrays have no order: those of `make_set` and its like. */
  readonly unordered: boolean;
}
