import type { Span } from "../diagnostics/source.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import type { Value } from "../types/value.ts";

/** The tree of a KQL text as it was written: parentheses, names and order kept, no meaning added. */
export interface Query {
  readonly kind: "query";
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly span: Span;
}

/** `// text`, without the slashes; `span` covers the slashes too. */
export interface Comment {
  readonly text: string;
  /** False where code stands before it on its line; such a comment stays at the end of a line. Absent: true. */
  readonly ownLine?: boolean;
  readonly span: Span;
}

export interface Name {
  readonly text: string;
  readonly span: Span;
}

export type Statement = LetStatement | ExpressionStatement | SetStatement;

export interface LetStatement {
  readonly kind: "let";
  readonly name: Name;
  readonly value: Expression | FunctionLiteral;
  readonly span: Span;
}
export interface ExpressionStatement {
  readonly kind: "expression";
  readonly expression: Expression;
  readonly span: Span;
}
/** `set name = value` or `set name` */
export interface SetStatement {
  readonly kind: "set";
  readonly name: Name;
  readonly value: Expression | null;
  readonly span: Span;
}

/** `[view] (a: long, b: string = "x", T: (k: long, *)) { statements }` */
export interface FunctionLiteral {
  readonly kind: "function";
  readonly view: boolean;
  readonly parameters: readonly Parameter[];
  /** The body's statements; the last one is the result. */
  readonly body: readonly Statement[];
  readonly span: Span;
}
export interface Parameter {
  readonly name: Name;
  /** A scalar type, or the columns of a table; `open` where they end in `*`. */
  readonly type: ScalarType | { readonly columns: readonly TypedName[]; readonly open: boolean };
  readonly default: Expression | null;
  readonly span: Span;
}
export interface TypedName {
  readonly name: Name;
  readonly type: ScalarType;
}

/** Tables and scalars share one expression grammar: only analysis knows which a name is. */
export type Expression =
  | Literal
  | DynamicLiteral
  | NameReference
  | Member
  | Index
  | Call
  | Unary
  | Binary
  | Logical
  | InList
  | Between
  | Parenthesized
  | Star
  | Typeof
  | Datatable
  | Pipe;

/** A literal; adjacent strings are joined. `text` is the source text. A null of a type: `long(null)`. */
export interface Literal {
  readonly kind: "literal";
  readonly type: ScalarType;
  readonly value: Value;
  readonly text: string;
  readonly span: Span;
}
/** `dynamic(...)` */
export interface DynamicLiteral {
  readonly kind: "dynamic";
  readonly value: Value;
  readonly text: string;
  readonly span: Span;
}
/** `a`, `['a b']`, `$left`, `$right` */
export interface NameReference {
  readonly kind: "name";
  readonly name: string;
  readonly span: Span;
}
/** `target.name` */
export interface Member {
  readonly kind: "member";
  readonly target: Expression;
  readonly name: Name;
  readonly span: Span;
}
/** `target[index]` */
export interface Index {
  readonly kind: "index";
  readonly target: Expression;
  readonly index: Expression;
  readonly span: Span;
}
export interface Call {
  readonly kind: "call";
  readonly name: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}
export interface Argument {
  readonly name: Name | null;
  readonly value: Expression;
}
export interface Unary {
  readonly kind: "unary";
  readonly operator: "-" | "+";
  readonly operand: Expression;
  readonly span: Span;
}

export const binaryOperators = [
  "==",
  "!=",
  "=~",
  "!~",
  "<",
  "<=",
  ">",
  ">=",
  "+",
  "-",
  "*",
  "/",
  "%",
  "contains",
  "!contains",
  "contains_cs",
  "!contains_cs",
  "startswith",
  "!startswith",
  "startswith_cs",
  "!startswith_cs",
  "endswith",
  "!endswith",
  "endswith_cs",
  "!endswith_cs",
  "has",
  "!has",
  "has_cs",
  "!has_cs",
  "hasprefix",
  "!hasprefix",
  "hasprefix_cs",
  "!hasprefix_cs",
  "hassuffix",
  "!hassuffix",
  "hassuffix_cs",
  "!hassuffix_cs",
  "matches regex",
  "like",
  "notlike",
  "likecs",
  "notlikecs",
] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
/** A run of one connective: `a and b and c` has three operands. */
export interface Logical {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly operands: readonly Expression[];
  readonly span: Span;
}
/** `x in (a, b)`, `x has_any (list)`; one item may be a list or a table. */
export interface InList {
  readonly kind: "in";
  readonly operator: "in" | "!in" | "in~" | "!in~" | "has_any" | "has_all";
  readonly operatorSpan: Span;
  readonly operand: Expression;
  readonly items: readonly Expression[];
  readonly span: Span;
}
export interface Between {
  readonly kind: "between";
  readonly negated: boolean;
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly span: Span;
}
export interface Parenthesized {
  readonly kind: "paren";
  readonly expression: Expression;
  readonly span: Span;
}
/** `*` as an argument or as the left side of `where * has "x"`. */
export interface Star {
  readonly kind: "star";
  readonly span: Span;
}
/** `typeof(string)` or `typeof(a: string, b: long)` */
export interface Typeof {
  readonly kind: "typeof";
  readonly type: ScalarType | readonly TypedName[];
  readonly span: Span;
}
export interface Datatable {
  readonly kind: "datatable";
  readonly columns: readonly TypedName[];
  readonly values: readonly Expression[];
  readonly span: Span;
}
/** `source | operator | …`; `source` is null where the first operator brings its own rows (print, range, union). */
export interface Pipe {
  readonly kind: "pipe";
  readonly source: Expression | null;
  readonly operators: readonly Operator[];
  readonly span: Span;
}

/** `name = expression`, `(a, b) = expression`, or `expression` alone (no names). */
export interface NamedExpression {
  readonly names: readonly Name[];
  readonly value: Expression;
  readonly span: Span;
}
/** `a`, `a*`; `wildcard` where a star stands in it. */
export interface ColumnPattern {
  readonly pattern: string;
  readonly wildcard: boolean;
  readonly order: "asc" | "desc" | "granny-asc" | "granny-desc" | null;
  readonly span: Span;
}
export interface SortKey {
  readonly value: Expression;
  readonly direction: "asc" | "desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly span: Span;
}
/** `kind=inner`, `hint.strategy=broadcast`, `withsource=T`: a setting between an operator's name and its body. */
export interface OperatorParameter {
  readonly name: string;
  readonly value: Name | Literal;
  /** Further names of a list, in render's `ycolumns=a, b`. */
  readonly more?: readonly Name[];
  readonly span: Span;
}

interface OperatorBase {
  /** The whole operator without the leading pipe. */
  readonly span: Span;
  /** The operator's keyword. */
  readonly keywordSpan: Span;
}
export interface WhereOperator extends OperatorBase {
  readonly kind: "where";
  readonly predicate: Expression;
}
export interface ExtendOperator extends OperatorBase {
  readonly kind: "extend";
  readonly columns: readonly NamedExpression[];
}
export interface ProjectOperator extends OperatorBase {
  readonly kind: "project";
  readonly columns: readonly NamedExpression[];
}
export interface ProjectAwayOperator extends OperatorBase {
  readonly kind: "project-away";
  readonly patterns: readonly ColumnPattern[];
}
export interface ProjectKeepOperator extends OperatorBase {
  readonly kind: "project-keep";
  readonly patterns: readonly ColumnPattern[];
}
export interface ProjectReorderOperator extends OperatorBase {
  readonly kind: "project-reorder";
  readonly patterns: readonly ColumnPattern[];
}
export interface ProjectRenameOperator extends OperatorBase {
  readonly kind: "project-rename";
  readonly columns: readonly { readonly to: Name; readonly from: Name }[];
}
export interface SummarizeOperator extends OperatorBase {
  readonly kind: "summarize";
  readonly parameters: readonly OperatorParameter[];
  readonly aggregates: readonly NamedExpression[];
  /** null without `by`. */
  readonly by: readonly NamedExpression[] | null;
}
export interface SortOperator extends OperatorBase {
  readonly kind: "sort";
  readonly keys: readonly SortKey[];
}
export interface TopOperator extends OperatorBase {
  readonly kind: "top";
  readonly count: Expression;
  readonly keys: readonly SortKey[];
}
export interface TakeOperator extends OperatorBase {
  readonly kind: "take";
  readonly count: Expression;
}
export interface CountOperator extends OperatorBase {
  readonly kind: "count";
  readonly as: Name | null;
}
/** `distinct a, b` or `distinct *` (a Star as the only column). */
export interface DistinctOperator extends OperatorBase {
  readonly kind: "distinct";
  readonly columns: readonly NamedExpression[];
}
export interface MvExpandColumn {
  readonly name: Name | null;
  readonly value: Expression;
  readonly type: ScalarType | null;
  readonly span: Span;
}
export interface MvExpandOperator extends OperatorBase {
  readonly kind: "mv-expand";
  readonly parameters: readonly OperatorParameter[];
  readonly columns: readonly MvExpandColumn[];
  readonly limit: Expression | null;
}
/** `mv-apply a = b on ( where … | project … )`; `operators` is the subquery over the expanded rows. */
export interface MvApplyOperator extends OperatorBase {
  readonly kind: "mv-apply";
  readonly parameters: readonly OperatorParameter[];
  readonly columns: readonly MvExpandColumn[];
  readonly limit: Expression | null;
  readonly operators: readonly Operator[];
}
/** One step of `parse`'s pattern. */
export type ParseStep =
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  | { readonly kind: "skip"; readonly span: Span }
  | { readonly kind: "column"; readonly name: Name; readonly type: ScalarType | null; readonly span: Span };
export interface ParseOperator extends OperatorBase {
  readonly kind: "parse" | "parse-where";
  readonly parameters: readonly OperatorParameter[];
  readonly value: Expression;
  readonly steps: readonly ParseStep[];
}
export interface UnionOperator extends OperatorBase {
  readonly kind: "union";
  readonly parameters: readonly OperatorParameter[];
  /** Tables, parenthesized pipes, or name patterns such as `Device*`. */
  readonly tables: readonly (Expression | ColumnPattern)[];
}
export interface JoinOperator extends OperatorBase {
  readonly kind: "join" | "lookup";
  readonly parameters: readonly OperatorParameter[];
  readonly right: Expression;
  /** Each a name, or `$left.a == $right.b`; empty where `on` is absent (an error). */
  readonly on: readonly Expression[];
}
export interface PrintOperator extends OperatorBase {
  readonly kind: "print";
  readonly columns: readonly NamedExpression[];
}
export interface RangeOperator extends OperatorBase {
  readonly kind: "range";
  readonly name: Name;
  readonly from: Expression;
  readonly to: Expression;
  readonly step: Expression;
}
export interface AsOperator extends OperatorBase {
  readonly kind: "as";
  readonly parameters: readonly OperatorParameter[];
  readonly name: Name;
}
export interface RenderOperator extends OperatorBase {
  readonly kind: "render";
  readonly chart: Name;
  readonly parameters: readonly OperatorParameter[];
}
export interface SerializeOperator extends OperatorBase {
  readonly kind: "serialize";
  readonly columns: readonly NamedExpression[];
}

export type Operator =
  | WhereOperator
  | ExtendOperator
  | ProjectOperator
  | ProjectAwayOperator
  | ProjectKeepOperator
  | ProjectReorderOperator
  | ProjectRenameOperator
  | SummarizeOperator
  | SortOperator
  | TopOperator
  | TakeOperator
  | CountOperator
  | DistinctOperator
  | MvExpandOperator
  | MvApplyOperator
  | ParseOperator
  | UnionOperator
  | JoinOperator
  | PrintOperator
  | RangeOperator
  | AsOperator
  | RenderOperator
  | SerializeOperator;
