/**
 * The tree of an SPL search. Strings in it are meant, not written: quotes and escapes belong to the printers and the parser.
 * One union per language: `EvalExpr` (eval, where), `SearchExpr` (search, tstats WHERE), `Command`.
 */

/** A search: commands joined by pipes. */
export interface Pipeline {
  readonly kind: "pipeline";
  readonly commands: readonly Command[];
}

/** `` `name` `` or `` `name(a, "b c")` ``; arguments as they are written. */
export interface Macro {
  readonly kind: "macro";
  readonly name: string;
  readonly args: readonly string[];
}

/** `[ … ]` */
export interface Subsearch {
  readonly kind: "subsearch";
  readonly search: Pipeline;
}

/** `name=value` of a command: `type=outer`, `fillnull_value=""`. */
export interface Option {
  readonly kind: "option";
  readonly name: string;
  readonly value: string;
}

// ---- the expressions of eval and where (SPL Search Reference: Evaluation functions; eval command, "Operators")

export type EvalExpr =
  | EvalString
  | EvalNumber
  | EvalField
  | EvalCall
  | EvalBinary
  | EvalNegative
  | EvalIn
  | EvalLogical
  | EvalNot
  | Macro
  | Subsearch;

export interface EvalString {
  readonly kind: "string";
  readonly value: string;
}
/** A number as it is written: its digits count, results are rounded to the least precise literal. */
export interface EvalNumber {
  readonly kind: "number";
  readonly text: string;
}
export interface EvalField {
  readonly kind: "field";
  readonly name: string;
}
export interface EvalCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly EvalExpr[];
}
export type EvalComparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE";
export type EvalArithmetic = "+" | "-" | "*" | "/" | "%" | ".";
/** `=` is read as `==`. `.` concatenates. */
export interface EvalBinary {
  readonly kind: "binary";
  readonly operator: EvalComparison | EvalArithmetic;
  readonly left: EvalExpr;
  readonly right: EvalExpr;
}
export interface EvalNegative {
  readonly kind: "negative";
  readonly operand: EvalExpr;
}
/** `f IN (a, b)`; `in(f, a, b)` is a call. */
export interface EvalIn {
  readonly kind: "in";
  readonly operand: EvalExpr;
  readonly items: readonly EvalExpr[];
}
/** Two operands or more; `AND` binds tighter than `OR`, `OR` tighter than `XOR`. */
export interface EvalLogical {
  readonly kind: "and" | "or" | "xor";
  readonly operands: readonly EvalExpr[];
}
export interface EvalNot {
  readonly kind: "not";
  readonly operand: EvalExpr;
}

// ---- the expressions of search and tstats WHERE (SPL Search Reference: search command)

export type SearchExpr =
  | SearchCompare
  | SearchIn
  | SearchTerm
  | SearchDirective
  | SearchLogical
  | SearchNot
  | Macro
  | Subsearch;

/** The value compares without case; each `*` in it is a wildcard, there is no literal one. */
export interface SearchCompare {
  readonly kind: "compare";
  readonly field: string;
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
  readonly value: string;
}
export interface SearchIn {
  readonly kind: "in";
  readonly field: string;
  readonly values: readonly string[];
}
/** A word or a phrase of the raw event. */
export interface SearchTerm {
  readonly kind: "term";
  readonly text: string;
  readonly quoted: boolean;
}
/** `TERM(10.0.0.1)`, `CASE(Net)`, `PREFIX(x)`; `field` for `f=CASE(x)`. */
export interface SearchDirective {
  readonly kind: "directive";
  readonly name: "TERM" | "CASE" | "PREFIX";
  readonly field: string | null;
  readonly text: string;
}
/** Two operands or more; in this language `OR` binds tighter than `AND`. */
export interface SearchLogical {
  readonly kind: "and" | "or";
  readonly operands: readonly SearchExpr[];
}
export interface SearchNot {
  readonly kind: "not";
  readonly operand: SearchExpr;
}

// ---- commands (one page each in the SPL Search Reference)

export type Command =
  | SearchCommand
  | WhereCommand
  | EvalCommand
  | StatsCommand
  | TstatsCommand
  | TableCommand
  | FieldsCommand
  | RenameCommand
  | DedupCommand
  | SortCommand
  | HeadCommand
  | RexCommand
  | RegexCommand
  | MvexpandCommand
  | FillnullCommand
  | MakeresultsCommand
  | AppendCommand
  | JoinCommand
  | LookupCommand
  | InputlookupCommand
  | BinCommand
  | ConvertCommand
  | MacroCommand
  | CommentCommand
  | OtherCommand;
export type CommandKind = Command["kind"];

/** The first command of a pipeline prints without its name. */
export interface SearchCommand {
  readonly kind: "search";
  readonly expr: SearchExpr;
}
export interface WhereCommand {
  readonly kind: "where";
  readonly expr: EvalExpr;
}
export interface EvalCommand {
  readonly kind: "eval";
  readonly assignments: readonly { readonly field: string; readonly value: EvalExpr }[];
}
/** `values(user) as users`; without an argument `count`. */
export interface Aggregation {
  readonly function: string;
  /** A field (with wildcards), `eval(…)`, or nothing. */
  readonly argument:
    | { readonly kind: "field"; readonly name: string }
    | { readonly kind: "eval"; readonly expr: EvalExpr }
    | null;
  readonly as: string | null;
}
export interface StatsCommand {
  readonly kind: "stats" | "eventstats" | "streamstats";
  readonly options: readonly Option[];
  readonly aggregations: readonly Aggregation[];
  readonly by: readonly string[];
}
export interface TstatsCommand {
  readonly kind: "tstats";
  readonly options: readonly (Option | Macro)[];
  readonly aggregations: readonly Aggregation[];
  /** `Endpoint.Processes`, or null for index-time fields. */
  readonly dataModel: string | null;
  readonly where: SearchExpr | null;
  /** `span` for `_time`: `1s`. */
  readonly by: readonly { readonly field: string; readonly span: string | null }[];
}
export interface TableCommand {
  readonly kind: "table";
  readonly fields: readonly string[];
}
export interface FieldsCommand {
  readonly kind: "fields";
  readonly mode: "+" | "-";
  readonly fields: readonly string[];
}
export interface RenameCommand {
  readonly kind: "rename";
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}
export interface DedupCommand {
  readonly kind: "dedup";
  readonly count: number | null;
  readonly fields: readonly string[];
  readonly options: readonly Option[];
}
export interface SortField {
  readonly field: string;
  readonly descending: boolean;
  readonly type: "auto" | "num" | "str" | "ip" | null;
}
/** `limit` 0: all; null: the default of 10,000. */
export interface SortCommand {
  readonly kind: "sort";
  readonly limit: number | null;
  readonly keys: readonly SortField[];
}
export interface HeadCommand {
  readonly kind: "head" | "tail";
  readonly limit: number;
}
/** Named groups of `pattern` become fields; `mode=sed` and others as options. */
export interface RexCommand {
  readonly kind: "rex";
  readonly field: string | null;
  readonly options: readonly Option[];
  readonly pattern: string;
}
export interface RegexCommand {
  readonly kind: "regex";
  readonly field: string | null;
  readonly negated: boolean;
  readonly pattern: string;
}
export interface MvexpandCommand {
  readonly kind: "mvexpand";
  readonly field: string;
  readonly limit: number | null;
}
/** No fields: all of them. */
export interface FillnullCommand {
  readonly kind: "fillnull";
  readonly value: string | null;
  readonly fields: readonly string[];
}
export interface MakeresultsCommand {
  readonly kind: "makeresults";
  readonly options: readonly Option[];
}
export interface AppendCommand {
  readonly kind: "append" | "appendpipe" | "appendcols";
  readonly options: readonly Option[];
  readonly search: Pipeline;
}
export interface JoinCommand {
  readonly kind: "join";
  readonly options: readonly Option[];
  readonly fields: readonly string[];
  readonly search: Pipeline;
}
/** `AS` pairs: name in the lookup, name in the events. */
export interface LookupField {
  readonly field: string;
  readonly as: string | null;
}
export interface LookupCommand {
  readonly kind: "lookup";
  readonly options: readonly Option[];
  readonly table: string;
  readonly match: readonly LookupField[];
  readonly output: { readonly keyword: "OUTPUT" | "OUTPUTNEW"; readonly fields: readonly LookupField[] } | null;
}
export interface InputlookupCommand {
  readonly kind: "inputlookup";
  readonly options: readonly Option[];
  readonly table: string;
  readonly where: SearchExpr | null;
}
export interface BinCommand {
  readonly kind: "bin";
  readonly options: readonly Option[];
  readonly field: string;
  readonly as: string | null;
}
export interface ConvertCommand {
  readonly kind: "convert";
  readonly timeformat: string | null;
  readonly conversions: readonly { readonly function: string; readonly field: string; readonly as: string | null }[];
}
/** A stage that is only a macro. */
export interface MacroCommand {
  readonly kind: "macro";
  readonly macro: Macro;
}
/** ```` ```text``` ```` on a line of its own; it is no stage. */
export interface CommentCommand {
  readonly kind: "comment";
  readonly text: string;
}
/** A command without a node of its own; `text` is everything after its name, as written. */
export interface OtherCommand {
  readonly kind: "other";
  readonly name: string;
  readonly text: string;
}
