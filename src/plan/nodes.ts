import type { Span } from "../diagnostics/source.ts";
import type { Comment, OperatorParameter } from "../kql/ast.ts";
import type { Column, ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";
import type { EventSource } from "./emission.ts";

/**
 * The plan: what a query means, in few node kinds. Names are resolved, every node has a type, negated operators are `not`
 * of the positive one, and user functions are expanded. Spans point into the source text.
 */
export interface Plan {
  /** Named parts in the order of their definition; a later one may refer to an earlier one. */
  readonly lets: readonly Let[];
  readonly body: Relation;
  /** `render` at the end of the query, as written: presentation alone. */
  readonly render: { readonly text: string; readonly span: Span } | null;
  /** What the text says of how it is run, in its order. */
  readonly settings: readonly Setting[];
  /** All comments of the source, for targets that keep them. */
  readonly comments: readonly Comment[];
}
/** `set name = value`, `alias …` or `restrict …`, as written; `name` of what is set, else the keyword. */
export interface Setting {
  readonly kind: "set" | "alias" | "restrict";
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}
export type Let =
  | {
      readonly kind: "scalar";
      readonly name: string;
      readonly value: Expr;
      readonly span: Span;
      /** A query parameter and its default: who runs the query may give another value. */
      readonly parameter?: true;
    }
  | { readonly kind: "table"; readonly name: string; readonly value: Relation; readonly span: Span };

interface ExprBase {
  readonly type: ScalarType;
  readonly span: Span;
}
export type Expr = Literal | ColumnRef | LetRef | Call | And | Or | Not | Access | InTable | ScalarOf;

/** A constant; a list for `in` is a dynamic literal with an array. */
export interface Literal extends ExprBase {
  readonly kind: "literal";
  readonly value: Value;
}
/** A column of the operator's input; of the left input in a join key's `left`. */
export interface ColumnRef extends ExprBase {
  readonly kind: "column";
  readonly name: string;
  /** Inside a Sequence: the column as the step of this name last saw it. */
  readonly step?: string;
}
/** A scalar `let` of the plan. */
export interface LetRef extends ExprBase {
  readonly kind: "let";
  readonly name: string;
}
/**
 * A scalar function or operator by its name in `functions/`: `tolower`, `==`, `=~`, `has`, `in`, `+`, `iff`, `between`, `neg` …
 * `in`/`in~`/`has_any`/`has_all` take the operand and then one argument per item, or one dynamic argument.
 */
export interface Call extends ExprBase {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expr[];
  /** A conversion that KQL makes by itself (`tostring` around a dynamic argument): not written back to KQL. */
  readonly implicit?: true;
}
/** Two operands or more, none of them an `and` itself. */
export interface And extends ExprBase {
  readonly kind: "and";
  readonly operands: readonly Expr[];
}
export interface Or extends ExprBase {
  readonly kind: "or";
  readonly operands: readonly Expr[];
}
export interface Not extends ExprBase {
  readonly kind: "not";
  readonly operand: Expr;
}
/** `d.key`, `d["key"]`, `d[0]`, `d[-1]` on a dynamic value. */
export interface Access extends ExprBase {
  readonly kind: "access";
  readonly target: Expr;
  readonly key: Expr;
  /** One of the columns over which a function spreads its result (`extend (a, b) = series_fit_line(x)`): its name and place. */
  readonly spread?: { readonly function: string; readonly at: number };
}
/** `x in (table)`: the value of the table's first column; `ignoreCase` for `in~`. */
export interface InTable extends ExprBase {
  readonly kind: "in-table";
  readonly operand: Expr;
  readonly table: Relation;
  readonly ignoreCase: boolean;
}
/** `toscalar(table)`: first column of the first row. */
export interface ScalarOf extends ExprBase {
  readonly kind: "toscalar";
  readonly table: Relation;
}

export interface NamedExpr {
  readonly name: string;
  readonly value: Expr;
}

interface RelationBase {
  /** The result's columns, in order. */
  readonly columns: readonly Column[];
  /** The operator as it stands in the source. */
  readonly span: Span;
}
export type Relation =
  | Scan
  | Rows
  | Range
  | TableRef
  | Item
  | Filter
  | Extend
  | Project
  | Aggregate
  | Expand
  | Apply
  | Parse
  | Join
  | Union
  | Sort
  | Limit
  | Window
  | Series
  | Partition
  | Sequence
  | TopNested
  | TopHitters
  | ParseKv
  | Plugin
  | Opaque;

/** A table of events. `open`: its columns are not declared; `columns` then holds those that the query names, of type unknown. */
export interface Scan extends RelationBase {
  readonly kind: "scan";
  readonly table: string;
  readonly open: boolean;
  /** The pattern of a union that this table fits (`Device*`): which of them exist is up to where the query runs. */
  readonly pattern?: string;
  /** externaldata: `table` is the first address; all of them, and how their files are written. */
  readonly external?: { readonly uris: readonly string[]; readonly properties: readonly OperatorParameter[] };
  /** Set by a field-mapping profile; `columns` are then the target's fields. */
  readonly source?: EventSource;
}
/** Rows written in the query: datatable, print. Cells are expressions without columns. */
export interface Rows extends RelationBase {
  readonly kind: "rows";
  readonly rows: readonly (readonly Expr[])[];
}
export interface Range extends RelationBase {
  readonly kind: "range";
  readonly from: Expr;
  readonly to: Expr;
  readonly step: Expr;
}
/** A table `let` of the plan. */
export interface TableRef extends RelationBase {
  readonly kind: "table";
  readonly name: string;
  /** The undeclared table whose further columns it lets through, if any. */
  readonly open: string | null;
}
/** Inside Apply's body: the rows that the expansion made of one input row. */
export interface Item extends RelationBase {
  readonly kind: "item";
  /** The undeclared table whose further columns it lets through, if any. */
  readonly open?: string | null;
}

export interface Filter extends RelationBase {
  readonly kind: "filter";
  readonly input: Relation;
  readonly predicate: Expr;
}
/** Adds columns or replaces them in place; every value sees the input row. */
export interface Extend extends RelationBase {
  readonly kind: "extend";
  readonly input: Relation;
  readonly values: readonly NamedExpr[];
}
/** Exactly these columns. `keyword` is the operator it was written with, for targets that write it back. */
export interface Project extends RelationBase {
  readonly kind: "project";
  readonly input: Relation;
  readonly values: readonly NamedExpr[];
  readonly keyword: "project" | "project-away" | "project-keep" | "project-rename" | "project-reorder";
}
/** Groups by the keys (none: one group, also of an empty input when there are aggregates); no aggregates: distinct keys. */
export interface Aggregate extends RelationBase {
  readonly kind: "aggregate";
  readonly input: Relation;
  readonly keys: readonly NamedExpr[];
  readonly aggregates: readonly AggregateCall[];
  /** The operator it was written with. */
  readonly keyword: "summarize" | "distinct" | "count";
  /** The undeclared table whose further columns it lets through, as `arg_max(x, *)` and `distinct *` do. */
  readonly open?: string | null;
}
/** `function` is a row of `functions/aggregates.ts`. `names` are the result columns: one, but for arg_max and its like. */
export interface AggregateCall {
  readonly function: string;
  readonly args: readonly Expr[];
  readonly columns: readonly Column[];
  readonly span: Span;
  /** The arguments behind the first are all other columns, under their names: `arg_max(x, *)`. */
  readonly star?: true;
}
/** mv-expand: one row per element of the arrays, side by side, padded with null. */
export interface Expand extends RelationBase {
  readonly kind: "expand";
  readonly input: Relation;
  readonly values: readonly Expansion[];
  readonly bagExpansion: "bag" | "array";
  readonly indexColumn: string | null;
  readonly limit: Expr | null;
}
export interface Expansion extends NamedExpr {
  /** `to typeof(T)`; elements that do not conform become null. `dynamic` without it. */
  readonly type: ScalarType;
}
/** mv-apply: `body` runs once per input row, over an Item with the row's expanded elements. */
export interface Apply extends RelationBase {
  readonly kind: "apply";
  readonly input: Relation;
  readonly values: readonly Expansion[];
  readonly indexColumn: string | null;
  readonly limit: Expr | null;
  readonly body: Relation;
}
export interface Parse extends RelationBase {
  readonly kind: "parse";
  readonly input: Relation;
  readonly value: Expr;
  readonly mode: "simple" | "regex" | "relaxed";
  /** Regex flags, with mode regex. */
  readonly flags: string;
  readonly steps: readonly ParseStep[];
  /** parse-where: rows that do not match go. */
  readonly filter: boolean;
}
export type ParseStep =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "skip" }
  | { readonly kind: "column"; readonly name: string; readonly type: ScalarType };

export const joinKinds = [
  "innerunique",
  "inner",
  "leftouter",
  "rightouter",
  "fullouter",
  "leftsemi",
  "rightsemi",
  "leftanti",
  "rightanti",
] as const;
export type JoinKind = (typeof joinKinds)[number];
/** `columns` names: the left columns, then `right`'s as `rightColumns` maps them (`k` → `k1`). */
export interface Join extends RelationBase {
  readonly kind: "join";
  readonly joinKind: JoinKind;
  readonly left: Relation;
  readonly right: Relation;
  readonly on: readonly { readonly left: string; readonly right: string }[];
  /** Which columns of the right side go into the result, and under which name. Empty for semi and anti joins of the left. */
  readonly rightColumns: readonly { readonly from: string; readonly to: string }[];
  readonly keyword: "join" | "lookup";
}
export interface Union extends RelationBase {
  readonly kind: "union";
  readonly inputs: readonly Relation[];
  /** For every input: result column → its own column, absent where it has none (null, or "" for a string). */
  readonly mappings: readonly Readonly<Record<string, string>>[];
  /** `withsource=name`: a column with the name of the input. */
  readonly sourceColumn: string | null;
  readonly sourceNames: readonly string[];
}
export interface Sort extends RelationBase {
  readonly kind: "sort";
  readonly input: Relation;
  readonly keys: readonly SortKey[];
}
export interface SortKey {
  readonly value: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}
/** Any `count` rows; the first ones where the input is a Sort. */
export interface Limit extends RelationBase {
  readonly kind: "limit";
  readonly input: Relation;
  readonly count: Expr;
}
export const windowFunctions = [
  "prev",
  "next",
  "row_number",
  "row_cumsum",
  "row_rank_dense",
  "row_rank_min",
  "row_window_session",
] as const;
export type WindowFunction = (typeof windowFunctions)[number];
/**
 * Adds columns that depend on the rows around, over rows whose order counts. Every value sees the input row. Without values:
 * `serialize`, which says that the order counts and changes nothing. (window-functions)
 */
export interface Window extends RelationBase {
  readonly kind: "window";
  readonly input: Relation;
  readonly values: readonly WindowCall[];
}
export interface WindowCall {
  readonly name: string;
  readonly function: WindowFunction;
  readonly args: readonly Expr[];
  readonly type: ScalarType;
  readonly span: Span;
}
/** make-series: one row a group, with an array for every aggregate and one of the places on the axis. */
export interface Series extends RelationBase {
  readonly kind: "series";
  readonly input: Relation;
  readonly keys: readonly NamedExpr[];
  readonly aggregates: readonly SeriesAggregate[];
  readonly on: NamedExpr;
  /** null: the first, or the last, place at which the group has a row. */
  readonly from: Expr | null;
  readonly to: Expr | null;
  readonly step: Expr;
  /** `in range(…)`: the end belongs to the axis, and places are multiples of the step. */
  readonly inclusive: boolean;
  /** `kind=nonempty`: one row of defaults where there are no rows. */
  readonly nonempty: boolean;
}
/** `default`: the value at places without rows. */
export interface SeriesAggregate extends AggregateCall {
  readonly default: Expr;
}
/** `body` runs once for the rows of every value of `by`, over an Item. */
export interface Partition extends RelationBase {
  readonly kind: "partition";
  readonly input: Relation;
  readonly by: Expr;
  readonly body: Relation;
}
/**
 * scan: the rows that go through a sequence of steps, from the last step to the first. Columns of `declared` are added; a step reads
 * what another one last saw as a ColumnRef with `step`.
 */
export interface Sequence extends RelationBase {
  readonly kind: "sequence";
  readonly input: Relation;
  /** A column for the number of the match, from 0. */
  readonly matchId: string | null;
  readonly declared: readonly NamedExpr[];
  readonly steps: readonly SequenceStep[];
}
export interface SequenceStep {
  readonly name: string;
  readonly optional: boolean;
  readonly output: "all" | "last" | "none";
  readonly predicate: Expr;
  readonly assignments: readonly NamedExpr[];
}
/** top-nested: the values with the greatest aggregates, and inside each of them those of the next level. */
export interface TopNested extends RelationBase {
  readonly kind: "top-nested";
  readonly input: Relation;
  readonly levels: readonly TopNestedLevel[];
}
export interface TopNestedLevel {
  /** null: all values. */
  readonly count: Expr | null;
  readonly key: NamedExpr;
  readonly aggregate: AggregateCall;
  /** The value of a row for all others together; null for no such row. */
  readonly others: Expr | null;
  readonly descending: boolean;
}
/** top-hitters: the values with the most rows, or with the greatest sum of `weight`. */
export interface TopHitters extends RelationBase {
  readonly kind: "top-hitters";
  readonly input: Relation;
  readonly count: Expr;
  readonly key: NamedExpr;
  readonly weight: Expr | null;
}
/** parse-kv: columns from the pairs of a key and a value in a text. */
export interface ParseKv extends RelationBase {
  readonly kind: "parse-kv";
  readonly input: Relation;
  readonly value: Expr;
  readonly keys: readonly Column[];
  /** Texts; absent where the setting is not given. */
  readonly pairDelimiter?: string;
  readonly kvDelimiter?: string;
  readonly quotes?: readonly string[];
  readonly escape?: string;
  readonly greedy?: boolean;
}
/**
 * `evaluate` of a plugin that runs, or whose columns the data decides. `tables` are the tables among its arguments, which come first;
 * `args` the values, in order; a column of another table is a ColumnRef too.
 */
export interface Plugin extends RelationBase {
  readonly kind: "plugin";
  readonly name: string;
  readonly input: Relation;
  readonly tables: readonly Relation[];
  readonly args: readonly PluginArgument[];
  /** The aggregate among the arguments, in their second place. */
  readonly aggregate?: AggregateCall;
  /** There may be further columns. */
  readonly open: boolean;
  /** How the columns are found where there is data. */
  readonly discover?: Discovery;
}
export interface PluginArgument {
  /** The name of the parameter, where it is written. */
  readonly name: string | null;
  readonly value: Expr;
}
/**
 * Rows known by their columns alone: what is read and bound, but neither runs nor ports yet (a plugin, an unknown function).
 * `what` names it in messages: "the plugin autocluster". `open`: there may be further columns, which the data decides.
 */
export interface Opaque extends RelationBase {
  readonly kind: "opaque";
  readonly what: string;
  readonly inputs: readonly Relation[];
  readonly open: boolean;
  /** How the columns are found where there is data. */
  readonly discover?: Discovery;
  /** What is known of a graph, which has no rows itself. */
  readonly graph?: Graph;
}
/** The columns of a graph's nodes and edges. */
export interface Graph {
  readonly nodes: readonly Column[];
  readonly edges: readonly Column[];
}
/** A plugin whose columns the data decides: the one column of `values` says which. */
export interface Discovery {
  readonly plugin: "bag_unpack" | "pivot";
  readonly values: Relation;
}
