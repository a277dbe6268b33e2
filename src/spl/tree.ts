import type { Span } from "../diagnostics/source.ts";

/**
 * The tree of an SPL search. Strings in it are meant, not written: quotes and escapes belong to the printers and the parser.
 * One union per language: `EvalExpr` (eval, where), `SearchExpr` (search, tstats WHERE), `Command`.
 */

/** Where a node stands in the text that it was read from; nodes that a target makes have no place. */
export interface Located {
  readonly span?: Span;
}

/** A search: commands joined by pipes. */
export interface Pipeline extends Located {
  readonly kind: "pipeline";
  readonly commands: readonly Command[];
}

/** `` `name` `` or `` `name(a, "b c")` ``; arguments as they are written. */
export interface Macro extends Located {
  readonly kind: "macro";
  readonly name: string;
  readonly args: readonly string[];
}

/** `[ … ]` */
export interface Subsearch extends Located {
  readonly kind: "subsearch";
  readonly search: Pipeline;
}

/** `name=value` of a command: `type=outer`, `fillnull_value=""`. */
export interface Option extends Located {
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
  | EvalTemplate
  | Macro
  | Subsearch;

export interface EvalString extends Located {
  readonly kind: "string";
  readonly value: string;
}
/** A number as it is written: its digits count, results are rounded to the least precise literal. */
export interface EvalNumber extends Located {
  readonly kind: "number";
  readonly text: string;
}
export interface EvalField extends Located {
  readonly kind: "field";
  readonly name: string;
}
export interface EvalCall extends Located {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly EvalExpr[];
}
export type EvalComparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE";
export type EvalArithmetic = "+" | "-" | "*" | "/" | "%" | ".";
/** `=` is read as `==`. `.` concatenates. */
export interface EvalBinary extends Located {
  readonly kind: "binary";
  readonly operator: EvalComparison | EvalArithmetic;
  readonly left: EvalExpr;
  readonly right: EvalExpr;
}
export interface EvalNegative extends Located {
  readonly kind: "negative";
  readonly operand: EvalExpr;
}
/** `f IN (a, b)`; `in(f, a, b)` is a call. */
export interface EvalIn extends Located {
  readonly kind: "in";
  readonly operand: EvalExpr;
  readonly items: readonly EvalExpr[];
}
/** Two operands or more; `AND` binds tighter than `OR`, `OR` tighter than `XOR`. */
export interface EvalLogical extends Located {
  readonly kind: "and" | "or" | "xor";
  readonly operands: readonly EvalExpr[];
}
export interface EvalNot extends Located {
  readonly kind: "not";
  readonly operand: EvalExpr;
}
/** `<<FIELD>>`, `<<MATCHSTR>>` of foreach outside quotes: `name` is what stands between the brackets. */
export interface EvalTemplate extends Located {
  readonly kind: "template";
  readonly name: string;
}

// ---- the expressions of search and tstats WHERE (SPL Search Reference: search command)

export type SearchExpr =
  | SearchCompare
  | SearchIn
  | SearchComputed
  | SearchTerm
  | SearchDirective
  | SearchLogical
  | SearchNot
  | Macro
  | Subsearch;

/** The value compares without case; each `*` in it is a wildcard, there is no literal one. */
export interface SearchCompare extends Located {
  readonly kind: "compare";
  readonly field: string;
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
  readonly value: string;
}
export interface SearchIn extends Located {
  readonly kind: "in";
  readonly field: string;
  readonly values: readonly string[];
}
/** A comparison whose value is yet to be made: `user=[ … | return $user ]`, `process IN (\`names\`)`. */
export interface SearchComputed extends Located {
  readonly kind: "computed";
  readonly field: string;
  readonly operator: SearchCompare["operator"] | "IN";
  readonly value: Macro | Subsearch;
}
/** A word or a phrase of the raw event. */
export interface SearchTerm extends Located {
  readonly kind: "term";
  readonly text: string;
  readonly quoted: boolean;
}
/** `TERM(10.0.0.1)`, `CASE(Net)`, `PREFIX(x)`; `field` for `f=CASE(x)`. */
export interface SearchDirective extends Located {
  readonly kind: "directive";
  readonly name: "TERM" | "CASE" | "PREFIX";
  readonly field: string | null;
  readonly text: string;
}
/** Two operands or more; in this language `OR` binds tighter than `AND`. */
export interface SearchLogical extends Located {
  readonly kind: "and" | "or";
  readonly operands: readonly SearchExpr[];
}
export interface SearchNot extends Located {
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
  | HeadWhileCommand
  | TopCommand
  | RexCommand
  | RegexCommand
  | ReplaceCommand
  | MakemvCommand
  | MvcombineCommand
  | MvexpandCommand
  | NomvCommand
  | FillnullCommand
  | FilldownCommand
  | MakeresultsCommand
  | AppendCommand
  | JoinCommand
  | UnionCommand
  | ForeachCommand
  | LookupCommand
  | InputlookupCommand
  | OutputlookupCommand
  | BinCommand
  | ChartCommand
  | ConvertCommand
  | SpathCommand
  | FormatCommand
  | ReturnCommand
  | TransactionCommand
  | IplocationCommand
  | MstatsCommand
  | FromCommand
  | DatamodelCommand
  | PlainCommand
  | MacroCommand
  | CommentCommand
  | OtherCommand;
export type CommandKind = Command["kind"];

/** The first command of a pipeline prints without its name. */
export interface SearchCommand extends Located {
  readonly kind: "search";
  readonly expr: SearchExpr;
}
export interface WhereCommand extends Located {
  readonly kind: "where";
  readonly expr: EvalExpr;
}
/** `field=value`; `{f}` in the name stands for the value of `f`. */
export interface Assignment extends Located {
  readonly field: string;
  readonly value: EvalExpr;
}
export interface EvalCommand extends Located {
  readonly kind: "eval";
  readonly assignments: readonly Assignment[];
}
/** `values(user) as users`; without an argument `count`. The function's name is as it is written, in large or small letters. */
export interface Aggregation extends Located {
  readonly function: string;
  /** A field (with wildcards), `eval(…)`, or nothing. */
  readonly argument:
    | { readonly kind: "field"; readonly name: string }
    | { readonly kind: "eval"; readonly expr: EvalExpr }
    | null;
  readonly as: string | null;
}
export interface StatsCommand extends Located {
  readonly kind: "stats" | "eventstats" | "streamstats";
  readonly options: readonly Option[];
  readonly aggregations: readonly Aggregation[];
  readonly by: readonly string[];
}
export interface TstatsCommand extends Located {
  readonly kind: "tstats";
  readonly options: readonly (Option | Macro)[];
  readonly aggregations: readonly Aggregation[];
  /** `Endpoint.Processes`, or null for index-time fields. */
  readonly dataModel: string | null;
  readonly where: SearchExpr | null;
  /** `span` for `_time`: `1s`. */
  readonly by: readonly { readonly field: string; readonly span: string | null }[];
}
export interface TableCommand extends Located {
  readonly kind: "table";
  readonly fields: readonly string[];
}
export interface FieldsCommand extends Located {
  readonly kind: "fields";
  readonly mode: "+" | "-";
  readonly fields: readonly string[];
}
export interface RenameCommand extends Located {
  readonly kind: "rename";
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}
export interface DedupCommand extends Located {
  readonly kind: "dedup";
  readonly count: number | null;
  readonly fields: readonly string[];
  readonly options: readonly Option[];
  /** `sortby -_time`: the order in which the first one is kept, and of the result. */
  readonly sortby?: readonly SortField[];
}
export interface SortField extends Located {
  readonly field: string;
  readonly descending: boolean;
  readonly type: "auto" | "num" | "str" | "ip" | null;
}
/** `limit` 0: all; null: the default of 10,000. */
export interface SortCommand extends Located {
  readonly kind: "sort";
  readonly limit: number | null;
  readonly keys: readonly SortField[];
}
export interface HeadCommand extends Located {
  readonly kind: "head" | "tail";
  readonly limit: number;
}
/** `head (expr)`: rows as long as the condition holds; options `null`, `keeplast`, `limit`. */
export interface HeadWhileCommand extends Located {
  readonly kind: "headwhile";
  readonly condition: EvalExpr;
  readonly options: readonly Option[];
}
/** `limit` null: the default of 10; options `showperc`, `countfield` and others. */
export interface TopCommand extends Located {
  readonly kind: "top" | "rare";
  readonly limit: number | null;
  readonly options: readonly Option[];
  readonly fields: readonly string[];
  readonly by: readonly string[];
}
/** Named groups of `pattern` become fields; `mode=sed` and others as options. */
export interface RexCommand extends Located {
  readonly kind: "rex";
  readonly field: string | null;
  readonly options: readonly Option[];
  readonly pattern: string;
}
export interface RegexCommand extends Located {
  readonly kind: "regex";
  readonly field: string | null;
  readonly negated: boolean;
  readonly pattern: string;
}
/** Whole values that match `from`, in which `*` is a wildcard, become `to`; no fields: in all of them. */
export interface ReplaceCommand extends Located {
  readonly kind: "replace";
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
  readonly fields: readonly string[];
}
/** Options `delim`, `tokenizer`, `allowempty`, `setsv`. */
export interface MakemvCommand extends Located {
  readonly kind: "makemv";
  readonly options: readonly Option[];
  readonly field: string;
}
export interface MvcombineCommand extends Located {
  readonly kind: "mvcombine";
  readonly delim: string | null;
  readonly field: string;
}
export interface NomvCommand extends Located {
  readonly kind: "nomv";
  readonly field: string;
}
export interface MvexpandCommand extends Located {
  readonly kind: "mvexpand";
  readonly field: string;
  readonly limit: number | null;
}
/** No fields: all of them. */
export interface FillnullCommand extends Located {
  readonly kind: "fillnull";
  readonly value: string | null;
  readonly fields: readonly string[];
}
/** No fields: all of them. */
export interface FilldownCommand extends Located {
  readonly kind: "filldown";
  readonly fields: readonly string[];
}
export interface MakeresultsCommand extends Located {
  readonly kind: "makeresults";
  readonly options: readonly Option[];
}
export interface AppendCommand extends Located {
  readonly kind: "append" | "appendpipe" | "appendcols";
  readonly options: readonly Option[];
  readonly search: Pipeline;
}
export interface JoinCommand extends Located {
  readonly kind: "join";
  readonly options: readonly Option[];
  readonly fields: readonly string[];
  readonly search: Pipeline;
}
/** Rows of several searches or named datasets (`datamodel:Web`, `lookup:hosts`); a union after a pipe adds to the rows before it. */
export interface UnionCommand extends Located {
  readonly kind: "union" | "multisearch";
  readonly options: readonly Option[];
  readonly datasets: readonly (Subsearch | { readonly kind: "dataset"; readonly name: string })[];
}
/** `fields` have wildcards; `<<FIELD>>` and its like in `search` stand for each of them. */
export interface ForeachCommand extends Located {
  readonly kind: "foreach";
  readonly options: readonly Option[];
  readonly fields: readonly string[];
  readonly search: Pipeline;
}
/** `AS` pairs: name in the lookup, name in the events. */
export interface LookupField extends Located {
  readonly field: string;
  readonly as: string | null;
}
export interface LookupCommand extends Located {
  readonly kind: "lookup";
  readonly options: readonly Option[];
  readonly table: string;
  readonly match: readonly LookupField[];
  readonly output: { readonly keyword: "OUTPUT" | "OUTPUTNEW"; readonly fields: readonly LookupField[] } | null;
}
export interface InputlookupCommand extends Located {
  readonly kind: "inputlookup";
  readonly options: readonly Option[];
  readonly table: string;
  readonly where: SearchExpr | null;
}
/** Options `append`, `create_empty`, `key_field` and others. */
export interface OutputlookupCommand extends Located {
  readonly kind: "outputlookup";
  readonly options: readonly Option[];
  readonly table: string;
}
export interface BinCommand extends Located {
  readonly kind: "bin";
  readonly options: readonly Option[];
  readonly field: string;
  readonly as: string | null;
}
export interface ConvertCommand extends Located {
  readonly kind: "convert";
  readonly timeformat: string | null;
  readonly conversions: readonly { readonly function: string; readonly field: string; readonly as: string | null }[];
}
/** A field by which a chart splits, and how it is cut into bins: `_time span=1h`. */
export interface SplitField extends Located {
  readonly field: string;
  readonly options: readonly Option[];
}
/**
 * `chart count over host by status`, `timechart span=1h avg(x) by host`. Options are those of the command: `limit`, `useother`, and
 * for timechart `span`. `chart … by a b` is `over a by b`. `where`: the series that are kept, `sum in top5`, as written.
 */
export interface ChartCommand extends Located {
  readonly kind: "chart" | "timechart";
  readonly options: readonly Option[];
  readonly aggregations: readonly Aggregation[];
  readonly over: SplitField | null;
  readonly by: SplitField | null;
  readonly where: string | null;
}
/** Reads JSON or XML in `input` (default `_raw`); without a path all of it. `path` as written: `a{}.b`, `x{@id}`. */
export interface SpathCommand extends Located {
  readonly kind: "spath";
  readonly input: string | null;
  readonly output: string | null;
  readonly path: string | null;
}
/** The six words around rows and columns, or none for the defaults; options `mvsep`, `maxresults`, `emptystr`. */
export interface FormatCommand extends Located {
  readonly kind: "format";
  readonly options: readonly Option[];
  readonly words: readonly string[];
}
/** `return 10 user`, `return ip=src`, `return $user` (the value alone). `limit` null: one row. */
export interface ReturnCommand extends Located {
  readonly kind: "return";
  readonly limit: number | null;
  readonly fields: readonly { readonly field: string; readonly as: string | null; readonly valueOnly: boolean }[];
}
/** `startswith=(EventCode=1)`, `endswith=eval(x>3)`, `startswith="text"` (a search for a phrase). */
export interface TransactionCommand extends Located {
  readonly kind: "transaction";
  readonly fields: readonly string[];
  readonly options: readonly Option[];
  readonly startswith: TransactionEdge | null;
  readonly endswith: TransactionEdge | null;
}
export type TransactionEdge =
  | { readonly kind: "search"; readonly expr: SearchExpr }
  | { readonly kind: "eval"; readonly expr: EvalExpr };
/** Options `prefix`, `allfields`, `lang`. */
export interface IplocationCommand extends Located {
  readonly kind: "iplocation";
  readonly options: readonly Option[];
  readonly field: string;
}
/** Aggregates of metrics; `timespan` (`span=10s`) is the width of the bins of time. */
export interface MstatsCommand extends Located {
  readonly kind: "mstats";
  readonly options: readonly (Option | Macro)[];
  readonly aggregations: readonly Aggregation[];
  readonly where: SearchExpr | null;
  readonly by: readonly string[];
  readonly timespan: string | null;
}
/** `from datamodel:Web.Web`, `from inputlookup:hosts`. */
export interface FromCommand extends Located {
  readonly kind: "from";
  readonly source: string;
  readonly name: string;
}
/** `datamodel Web Web search`; mode null gives the model's definition. */
export interface DatamodelCommand extends Located {
  readonly kind: "datamodel";
  readonly model: string | null;
  readonly dataset: string | null;
  readonly mode: string | null;
  readonly options: readonly Option[];
}
/**
 * A command whose arguments are options, words and searches in a row, with no node of its own: `collect index=summary`,
 * `sendalert notable`, `apply model threshold=0.01`, `map [ … ]`, `reverse`. `commandWords` of `commands.ts` lists them.
 */
export interface PlainCommand extends Located {
  readonly kind: "plain";
  readonly name: string;
  readonly args: readonly (Option | PlainWord | Macro | Subsearch)[];
}
/** A field, a name or a text. */
export interface PlainWord extends Located {
  readonly kind: "word";
  readonly text: string;
}
/** A stage that is only a macro. */
export interface MacroCommand extends Located {
  readonly kind: "macro";
  readonly macro: Macro;
}
/** ```` ```text``` ```` on a line of its own; it is no stage. */
export interface CommentCommand extends Located {
  readonly kind: "comment";
  readonly text: string;
}
/**
 * A command that is unknown, or that has a macro where its node has no place for one; `text` is everything after its name, as
 * written but for line breaks.
 */
export interface OtherCommand extends Located {
  readonly kind: "other";
  readonly name: string;
  readonly text: string;
}
