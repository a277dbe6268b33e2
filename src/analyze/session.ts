import { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Call, Expression, FunctionLiteral, Member, Name, Operator } from "../kql/ast.ts";
import type { Expr, Let, Relation } from "../plan/nodes.ts";
import type { Column } from "../types/scalar-type.ts";

/** Where table schemas come from: the known tables, and those the caller declares. */
export interface Schemas {
  /** The tables that there are where the query is run; absent where it is only read. */
  present?(): readonly string[];
  /** What the data says of the columns of the plugin at a place, where it was looked at. */
  discovered?(span: Span): readonly Column[] | undefined;
  columns(table: string): readonly Column[] | undefined;
  names(): readonly string[];
  /** What a saved function gives, as far as it is known; there may be further columns. */
  functionColumns(name: string): readonly Column[] | undefined;
  functionNames(): readonly string[];
}

/** What a name of a `let` stands for. */
export type Binding =
  | { readonly kind: "scalar"; readonly value: Expr }
  | { readonly kind: "table"; readonly value: Relation }
  | { readonly kind: "function"; readonly value: FunctionLiteral; readonly scope: Names }
  /** A call of a function that nothing here defines: whether it gives rows or a value shows where the name is used. */
  | { readonly kind: "unknown"; readonly call: Call; readonly scope: Names };

interface Named {
  readonly binding: Binding;
  /** How many names were set before it. */
  readonly place: number;
}

/** Names of lets and parameters in force at a place; inner ones hide outer ones. */
export class Names {
  #own: Map<string, Named>;
  /** Names behind this place are not seen. */
  #end: number;
  readonly #outer: Names | null;
  constructor(outer: Names | null, own = new Map<string, Named>(), end = Number.POSITIVE_INFINITY) {
    this.#outer = outer;
    this.#own = own;
    this.#end = end;
  }
  get(name: string): Binding | undefined {
    const found = this.#own.get(name);
    return found && found.place < this.#end ? found.binding : this.#outer?.get(name);
  }
  has(name: string): boolean {
    const found = this.#own.get(name);
    return found !== undefined && found.place < this.#end;
  }
  set(name: string, binding: Binding): void {
    // Others may share the map: what they see stays.
    if (this.#own.has(name) || this.#end !== Number.POSITIVE_INFINITY) {
      this.#own = new Map(this.#seen());
      this.#own.delete(name);
      this.#end = Number.POSITIVE_INFINITY;
    }
    this.#own.set(name, { binding, place: this.#own.size });
  }
  /** The names in force now, without those that are set later: what a function's body sees. */
  soFar(): Names {
    return new Names(this.#outer, this.#own, Math.min(this.#end, this.#own.size));
  }
  all(): string[] {
    return [...this.#seen().map(([name]) => name), ...(this.#outer?.all() ?? [])];
  }
  functions(): string[] {
    const own = this.#seen().flatMap(([name, { binding }]) => (binding.kind === "function" ? [name] : []));
    return [...own, ...(this.#outer?.functions() ?? [])];
  }
  #seen(): [string, Named][] {
    return [...this.#own].filter(([, { place }]) => place < this.#end);
  }
}

/** Where a table expression stands. */
export interface TableScope {
  readonly session: Session;
  readonly names: Names;
  /** What the operator around reads in its own way (window functions, a step's state); null: as everywhere. */
  readonly special?: ((e: Call | Member, scope: Scope) => Expr | null) | undefined;
}

/** Where a value stands, and what it may refer to. */
export interface Scope extends TableScope {
  /** The rows that the expression sees; null where there are none (a let, a count). */
  readonly input: Relation | null;
  /** Inside `summarize`: takes up the call of an aggregate and gives the column that will hold its result. */
  readonly aggregate?: (call: Call) => Expr;
}

/** The parts of the analysis that call each other in a circle; files reach them through the session. */
export interface Analyzers {
  readonly expression: (e: Expression, scope: Scope) => Expr;
  /** An expression that must be a truth value. */
  readonly condition: (e: Expression, scope: Scope) => Expr;
  readonly relation: (e: Expression, scope: TableScope) => Relation;
  /** One operator over its input; null where it begins a query. */
  readonly operator: (o: Operator, input: Relation | null, scope: TableScope) => Relation;
  readonly call: (literal: FunctionLiteral, defined: Names, call: Call, caller: Scope) => Called;
}

/** What a user function gives. */
export type Called =
  | { readonly kind: "value"; readonly value: Expr }
  | { readonly kind: "table"; readonly value: Relation };

/** Operators of one query, those of expanded functions counted each time. Later stages recurse over them. */
const operatorLimit = 1_000;
/** Calls of user functions inside each other. */
const callDepthLimit = 100;

/** Nodes that one query may become besides those of its own text: user functions are expanded, which can multiply them. */
const nodeLimit = 50_000;

/** The state of one analysis. */
export class Session {
  readonly diagnostics: Diagnostics;
  readonly text: string;
  readonly schemas: Schemas;
  /** The lets of the plan so far. */
  readonly lets: Let[] = [];
  /** Columns that the query names on tables without a declared schema. */
  readonly opened: ReadonlyMap<string, ReadonlySet<string>>;
  readonly found = new Map<string, Set<string>>();
  /** Where the lets of the query end: a name is used too early where it stands before. */
  readonly defined = new Map<string, number>();
  /** Functions of lets that nothing has called yet. */
  readonly uncalled = new Map<FunctionLiteral, { readonly name: Name; readonly scope: Names }>();
  /** Whether a function gives a table or a value. */
  readonly forms = new Map<FunctionLiteral, "table" | "value" | "unknown">();
  /** How many functions are being asked for that at once. */
  forming = 0;
  /** Names of the functions that are being expanded, the innermost last. */
  readonly calling: string[] = [];
  /** How many columns without a name there are so far. */
  unnamed = 0;
  /** A bound is reached. */
  exhausted = false;
  /** How many of the findings stand for themselves: those before a bound was reached. */
  reported = Number.POSITIVE_INFINITY;
  #nodes = 0;
  #operators = 0;
  render: { readonly text: string; readonly span: Span } | null = null;

  readonly #analyzers: Analyzers;
  constructor(text: string, schemas: Schemas, opened: ReadonlyMap<string, ReadonlySet<string>>, analyzers: Analyzers) {
    this.#analyzers = analyzers;
    this.text = text;
    this.diagnostics = new Diagnostics(text);
    this.schemas = schemas;
    this.opened = opened;
  }

  expression(e: Expression, scope: Scope): Expr {
    return this.#analyzers.expression(e, scope);
  }
  condition(e: Expression, scope: Scope): Expr {
    return this.#analyzers.condition(e, scope);
  }
  relation(e: Expression, scope: TableScope): Relation {
    return this.#analyzers.relation(e, scope);
  }
  operator(o: Operator, input: Relation | null, scope: TableScope): Relation {
    if (!this.exhausted && ++this.#operators === operatorLimit) {
      this.#exhaust(o.keywordSpan, `the query has more than ${operatorLimit} operators`, "split it");
    }
    if (this.exhausted) return input ?? { kind: "rows", rows: [], columns: [], span: o.span };
    return this.#analyzers.operator(o, input, scope);
  }
  call(literal: FunctionLiteral, defined: Names, call: Call, caller: Scope): Called {
    const nothing: Called = {
      kind: "value",
      value: { kind: "literal", type: "unknown", value: null, span: call.span },
    };
    if (this.exhausted) return nothing;
    const depth = this.calling.push(call.name.text);
    this.uncalled.delete(literal);
    const outside = this.unnamed;
    this.unnamed = 0;
    try {
      if (depth <= callDepthLimit) return this.#analyzers.call(literal, defined, call, caller);
      this.#exhaust(call.span, `more than ${callDepthLimit} function calls inside each other`);
      return nothing;
    } finally {
      this.calling.pop();
      this.unnamed = outside;
    }
  }

  /** Counts a node; false once the query has grown beyond its bound, which is reported once. */
  grow(span: Span): boolean {
    if (!this.exhausted && ++this.#nodes === nodeLimit + this.text.length) {
      this.#exhaust(span, `the query expands to more than ${this.#nodes} parts`, "use fewer nested function calls");
    }
    return !this.exhausted;
  }

  /** Reports a bound that is reached; from then on nothing is analyzed, and nothing else reported. */
  #exhaust(span: Span, message: string, hint?: string): void {
    if (this.exhausted) return;
    this.diagnostics.add("KQL004", span, message, hint);
    this.reported = this.diagnostics.list.length;
    this.exhausted = true;
  }

  /** The known columns of an open table, and those that the query names besides. */
  openedColumns(key: string, known: readonly Column[]): readonly Column[] {
    const named = this.opened.get(key);
    if (!this.found.has(key)) this.found.set(key, new Set(named));
    if (!named || named.size === 0) return known;
    return [...known, ...[...named].map((name): Column => ({ name, type: "unknown" }))];
  }

  /** The text of a span on one line, shortened. */
  excerpt(span: Span): string {
    const text = this.text.slice(span.start, span.end).replaceAll(/\s+/g, " ");
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }
}
