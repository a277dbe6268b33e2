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
  /** `#text`: a line for a client program, such as `#connect cluster(…)`. Absent: a comment. */
  readonly directive?: boolean;
  /** False where code stands before it on its line; such a comment stays at the end of a line. Absent: true. */
  readonly ownLine?: boolean;
  readonly span: Span;
}

export interface Name {
  readonly text: string;
  readonly span: Span;
}

export type Statement =
  | LetStatement
  | ExpressionStatement
  | SetStatement
  | DeclareStatement
  | AliasStatement
  | RestrictStatement
  | PatternStatement;

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

/** `declare query_parameters (a: long = 5, b: string)` */
export interface DeclareStatement {
  readonly kind: "declare";
  readonly parameters: readonly Parameter[];
  readonly span: Span;
}
/** `alias database name = cluster("c").database("d")` */
export interface AliasStatement {
  readonly kind: "alias";
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}
/** `restrict access to (table, database("d").Device*)` */
export interface RestrictStatement {
  readonly kind: "restrict";
  readonly entities: readonly (Expression | ColumnPattern)[];
  readonly span: Span;
}
/** `declare pattern name = (a: string)[path: string] { ("x").["y"] = { query }; … }`; `definition` is null for a name alone. */
export interface PatternStatement {
  readonly kind: "pattern";
  readonly name: Name;
  readonly definition: PatternDefinition | null;
  readonly span: Span;
}
export interface PatternDefinition {
  readonly parameters: readonly TypedName[];
  readonly path: TypedName | null;
  readonly matches: readonly PatternMatch[];
}
export interface PatternMatch {
  readonly arguments: readonly Expression[];
  readonly path: Expression | null;
  readonly body: readonly Statement[];
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
  | Externaldata
  | MemberCall
  | MemberPattern
  | EntityGroup
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
  ":",
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
/** `typeof(string)`, `typeof(a: string, b: long)`, or `typeof(*, a: string)`: `open` where all columns of the rows come first. */
export interface Typeof {
  readonly kind: "typeof";
  readonly type: ScalarType | readonly TypedName[];
  readonly open: boolean;
  readonly span: Span;
}
export interface Datatable {
  readonly kind: "datatable";
  readonly columns: readonly TypedName[];
  readonly values: readonly Expression[];
  readonly span: Span;
}
/** `externaldata (a: string, b: long) ["https://…", …] with (format = "csv")` */
export interface Externaldata {
  readonly kind: "externaldata";
  readonly columns: readonly TypedName[];
  readonly uris: readonly Expression[];
  readonly properties: readonly OperatorParameter[];
  readonly span: Span;
}
/** `target.call(…)`, as in `cluster("c").database("d").f(1)`. */
export interface MemberCall {
  readonly kind: "member-call";
  readonly target: Expression;
  readonly call: Call;
  readonly span: Span;
}
/** `database("d").Device*`: tables by a name with a star, behind a path. */
export interface MemberPattern {
  readonly kind: "member-pattern";
  readonly target: Expression;
  readonly tables: ColumnPattern;
  readonly span: Span;
}
/** `entity_group [cluster("c").database("d"), …]` */
export interface EntityGroup {
  readonly kind: "entity-group";
  readonly entities: readonly Expression[];
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
  /** Further names of a list, in render's `ycolumns=a, b` and `by a, b`. */
  readonly more?: readonly Name[];
  readonly span: Span;
}

interface OperatorBase {
  /** The whole operator without the leading pipe. */
  readonly span: Span;
  /** The operator's keyword. */
  readonly keywordSpan: Span;
  /** `hint.strategy=shuffle` of an operator that has no other settings; hints change no result. Absent: none. */
  readonly hints?: readonly OperatorParameter[];
}
export interface WhereOperator extends OperatorBase {
  readonly kind: "where";
  /** `where name = predicate`: the name says nothing, and Kusto reads the predicate alone. Absent: none. */
  readonly name?: Name;
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
/** `a: long, b: string, *` in parentheses: declared columns; `open` where others may follow. */
export interface RowSchema {
  readonly columns: readonly TypedName[];
  readonly open: boolean;
  readonly span: Span;
}
/** `evaluate plugin(…) : (a: long, *)` */
export interface EvaluateOperator extends OperatorBase {
  readonly kind: "evaluate";
  readonly parameters: readonly OperatorParameter[];
  readonly call: Call;
  readonly schema: RowSchema | null;
}
/** `invoke f(…)`: the rows become the function's first argument. */
export interface InvokeOperator extends OperatorBase {
  readonly kind: "invoke";
  readonly call: Call | MemberCall;
}
/** `search kind=… in (A, B*) "text" and Column: "x"` */
export interface SearchOperator extends OperatorBase {
  readonly kind: "search";
  readonly parameters: readonly OperatorParameter[];
  /** Empty where the operator has an input, or searches everything. */
  readonly tables: readonly (Expression | ColumnPattern)[];
  readonly predicate: Expression;
}
/** `find withsource=S in (A, B*) where p project a, b: string, pack(*)` */
export interface FindOperator extends OperatorBase {
  readonly kind: "find";
  readonly parameters: readonly OperatorParameter[];
  readonly tables: readonly (Expression | ColumnPattern)[];
  readonly predicate: Expression | null;
  readonly output:
    | { readonly kind: "project"; readonly columns: readonly FindColumn[]; readonly pack: boolean }
    | { readonly kind: "project-smart"; readonly away: readonly ColumnPattern[] }
    | null;
}
export interface FindColumn {
  readonly name: Name;
  readonly type: ScalarType | null;
}
/** `make-series a = count() default = 0 on t from x to y step z by k`; or `in range(x, y, z)`, which `range` says. */
export interface MakeSeriesOperator extends OperatorBase {
  readonly kind: "make-series";
  readonly parameters: readonly OperatorParameter[];
  readonly aggregates: readonly { readonly column: NamedExpression; readonly default: Expression | null }[];
  readonly on: NamedExpression;
  readonly from: Expression | null;
  readonly to: Expression | null;
  readonly step: Expression;
  /** Written as `in range(from, to, step)`. */
  readonly range: boolean;
  readonly by: readonly NamedExpression[] | null;
}
/** `partition by k ( operators )`, or `partition by k { query }`. */
export interface PartitionOperator extends OperatorBase {
  readonly kind: "partition";
  readonly parameters: readonly OperatorParameter[];
  readonly by: Expression;
  readonly body:
    | { readonly kind: "operators"; readonly operators: readonly Operator[] }
    | { readonly kind: "query"; readonly query: Expression };
}
/** `scan with_match_id=m declare (x: long = 0) with ( step s1 output=last: p => x = 1; … )` */
export interface ScanOperator extends OperatorBase {
  readonly kind: "scan";
  readonly parameters: readonly OperatorParameter[];
  /** `order by` and `partition by` inside the operator. */
  readonly order: readonly SortKey[];
  readonly partition: readonly Expression[];
  readonly declare: readonly { readonly name: Name; readonly type: ScalarType; readonly default: Expression | null }[];
  readonly steps: readonly ScanStep[];
}
export interface ScanStep {
  readonly name: Name;
  readonly optional: boolean;
  readonly output: "all" | "last" | "none" | null;
  readonly predicate: Expression;
  readonly assignments: readonly { readonly name: Name; readonly value: Expression }[];
  readonly span: Span;
}
/** `top-nested 3 of a with others = "x" by b = sum(c) desc, top-nested …` */
export interface TopNestedOperator extends OperatorBase {
  readonly kind: "top-nested";
  readonly levels: readonly TopNestedLevel[];
}
export interface TopNestedLevel {
  readonly count: Expression | null;
  readonly value: NamedExpression;
  readonly others: Expression | null;
  readonly aggregate: NamedExpression;
  readonly direction: "asc" | "desc" | null;
  readonly span: Span;
}
/** `top-hitters 5 of a by b` */
export interface TopHittersOperator extends OperatorBase {
  readonly kind: "top-hitters";
  readonly count: Expression;
  readonly value: NamedExpression;
  readonly by: NamedExpression | null;
}
/** `fork name = ( operators ) ( operators )` */
export interface ForkOperator extends OperatorBase {
  readonly kind: "fork";
  readonly branches: readonly { readonly name: Name | null; readonly operators: readonly Operator[] }[];
}
/** `facet by a, b with ( operators )` */
export interface FacetOperator extends OperatorBase {
  readonly kind: "facet";
  readonly by: readonly Expression[];
  readonly operators: readonly Operator[] | null;
}
/** `parse-kv e as (a: string, b: long) with (pair_delimiter = ";", kv_delimiter = "=", quote = "'")` */
export interface ParseKvOperator extends OperatorBase {
  readonly kind: "parse-kv";
  readonly value: Expression;
  readonly columns: readonly TypedName[];
  readonly properties: readonly OperatorParameter[];
}
/** `sample 10`; `sample-distinct 10 of a` */
export interface SampleOperator extends OperatorBase {
  readonly kind: "sample";
  readonly count: Expression;
}
export interface SampleDistinctOperator extends OperatorBase {
  readonly kind: "sample-distinct";
  readonly count: Expression;
  readonly of: NamedExpression;
}
/** `reduce kind=source by e with threshold=0.1, characters="x"` */
export interface ReduceOperator extends OperatorBase {
  readonly kind: "reduce";
  readonly parameters: readonly OperatorParameter[];
  readonly by: NamedExpression;
  readonly properties: readonly OperatorParameter[];
}
export interface ConsumeOperator extends OperatorBase {
  readonly kind: "consume";
  readonly parameters: readonly OperatorParameter[];
}
export interface GetschemaOperator extends OperatorBase {
  readonly kind: "getschema";
  readonly parameters: readonly OperatorParameter[];
}
/** `assert-schema (a: long, b: string)` */
export interface AssertSchemaOperator extends OperatorBase {
  readonly kind: "assert-schema";
  readonly schema: RowSchema;
}
export interface ExecuteAndCacheOperator extends OperatorBase {
  readonly kind: "execute-and-cache";
}
/** `project-by-names dynamic(["a"]), "b*"` */
export interface ProjectByNamesOperator extends OperatorBase {
  readonly kind: "project-by-names";
  readonly columns: readonly Expression[];
}
/** `macro-expand kind=… group as x ( query )` */
export interface MacroExpandOperator extends OperatorBase {
  readonly kind: "macro-expand";
  readonly parameters: readonly OperatorParameter[];
  readonly group: Expression;
  readonly name: Name;
  readonly body: readonly Statement[];
}

/** `make-graph source --> target with nodes on id, other on id2`, or `with_node_id=name`; `partitioned-by c ( operators )`. */
export interface MakeGraphOperator extends OperatorBase {
  readonly kind: "make-graph";
  readonly parameters: readonly OperatorParameter[];
  readonly source: Expression;
  readonly target: Expression;
  /** `-->` or `--`. */
  readonly directed: boolean;
  readonly nodes: readonly { readonly table: Expression; readonly on: Expression }[];
  readonly nodeId: Name | null;
  readonly partitionedBy: { readonly column: Expression; readonly operators: readonly Operator[] } | null;
}
/** `graph-match cycles=none (a)-[e*1..5]->(b) where p project x = a.name`; also `graph-shortest-paths`. */
export interface GraphMatchOperator extends OperatorBase {
  readonly kind: "graph-match" | "graph-shortest-paths";
  readonly parameters: readonly OperatorParameter[];
  readonly patterns: readonly GraphPattern[];
  readonly predicate: Expression | null;
  readonly columns: readonly NamedExpression[] | null;
}
/** Nodes and the edges between them; a node or an edge may be nameless. */
export interface GraphPattern {
  readonly steps: readonly GraphStep[];
  readonly span: Span;
}
export type GraphStep =
  | { readonly kind: "node"; readonly name: Name | null; readonly span: Span }
  | {
      readonly kind: "edge";
      readonly name: Name | null;
      readonly direction: "right" | "left" | "any";
      /** `*1..5` */
      readonly repeat: { readonly from: Expression; readonly to: Expression } | null;
      readonly span: Span;
    };
/** `graph-to-table nodes as N, edges with_edge_id=e as E` */
export interface GraphToTableOperator extends OperatorBase {
  readonly kind: "graph-to-table";
  readonly outputs: readonly {
    readonly part: "nodes" | "edges";
    readonly as: Name | null;
    readonly parameters: readonly OperatorParameter[];
  }[];
}
/** `graph-mark-components kind=weak with_component_id=c` */
export interface GraphMarkComponentsOperator extends OperatorBase {
  readonly kind: "graph-mark-components";
  readonly parameters: readonly OperatorParameter[];
}
/** `graph-where-nodes p`, `graph-where-edges p` */
export interface GraphWhereOperator extends OperatorBase {
  readonly kind: "graph-where-nodes" | "graph-where-edges";
  readonly predicate: Expression;
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
  | SerializeOperator
  | EvaluateOperator
  | InvokeOperator
  | SearchOperator
  | FindOperator
  | MakeSeriesOperator
  | PartitionOperator
  | ScanOperator
  | TopNestedOperator
  | TopHittersOperator
  | ForkOperator
  | FacetOperator
  | ParseKvOperator
  | SampleOperator
  | SampleDistinctOperator
  | ReduceOperator
  | ConsumeOperator
  | GetschemaOperator
  | AssertSchemaOperator
  | ExecuteAndCacheOperator
  | ProjectByNamesOperator
  | MacroExpandOperator
  | MakeGraphOperator
  | GraphMatchOperator
  | GraphToTableOperator
  | GraphMarkComponentsOperator
  | GraphWhereOperator;
