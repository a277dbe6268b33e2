import type { Note } from "../diagnostics/fidelity.ts";
import type { Span } from "../diagnostics/source.ts";
import { mapOperands, operandsOf } from "../plan/children.ts";
import type { Expr, NamedExpr, Relation } from "../plan/nodes.ts";
import type { Column } from "../types/scalar-type.ts";
import type { Profile } from "./profile.ts";

/** What every visible column of the query is in the mapped plan. A column that is not in it has no field. */
export type Environment = ReadonlyMap<string, Expr>;

/** A mapped relation and how the query's columns are read from it. */
export interface Mapped {
  readonly relation: Relation;
  readonly environment: Environment;
}

/** The columns that the operators above read by name; `whole`: the result has the other ones too, as far as there are any. */
export interface Need {
  readonly names: ReadonlySet<string>;
  readonly whole: boolean;
}

/** The need without some names. */
export function without(need: Need, names: readonly string[]): Need {
  return { ...need, names: new Set([...need.names].filter((n) => !names.includes(n))) };
}

export interface Context {
  readonly profile: Profile;
  readonly notes: Note[];
  /** Which table of events a column comes from, for messages: column → table. */
  readonly origins: Map<string, string>;
  /** Table lets by name. */
  readonly tables: ReadonlyMap<string, Relation>;
  /** Relations that may still be mapped; a table let that is read twice is mapped twice. */
  budget: number;
  /** Columns of whole rows that the profile leaves out. */
  readonly dropped: Set<string>;
}

export function note(context: Context, cause: string, construct: string, message: string, span: Span): void {
  if (context.notes.some((n) => n.cause === cause && n.construct === construct)) return;
  context.notes.push({ level: "unsupported", cause, construct, message, span });
}

/** The names of the columns that an expression reads. */
export function columnsRead(exprs: readonly Expr[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "column") names.add(expr.name);
    operandsOf(expr).forEach(visit);
  };
  exprs.forEach(visit);
  return names;
}

export function columnRef(column: Column, span: Span): Expr {
  return { kind: "column", name: column.name, type: column.type, span };
}

/** Every column stands for itself. */
export function ownNames(relation: Relation): Environment {
  return new Map(relation.columns.map((c) => [c.name, columnRef(c, relation.span)]));
}

/** The columns of a relation after some were added or replaced in place. */
export function withColumns(columns: readonly Column[], added: readonly Column[]): readonly Column[] {
  const names = new Set(columns.map((c) => c.name));
  return [...columns.map((c) => added.find((a) => a.name === c.name) ?? c), ...added.filter((a) => !names.has(a.name))];
}

export function typed(values: readonly NamedExpr[]): readonly Column[] {
  return values.map((v) => ({ name: v.name, type: v.value.type }));
}

/** The same expression at another place of the source. */
export function at(expr: Expr, span: Span): Expr {
  return { ...mapOperands(expr, (operand) => at(operand, span)), span };
}

/**
 * Keeps what is read from a field in a column of the query's own name, because a column named like the field is about to
 * replace it: FileName is the last part of Image, and the query now sets a column Image.
 */
export function keepBefore(mapped: Mapped, replaced: readonly string[], need: Need): Mapped {
  const kept = new Map<string, Expr>();
  const names = new Set(replaced);
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const [column, value] of mapped.environment) {
      if (replaced.includes(column) || kept.has(column) || !(need.whole || need.names.has(column))) continue;
      if (![...columnsRead([value])].some((field) => names.has(field))) continue;
      kept.set(column, value);
      names.add(column);
    }
  }
  return materialize(mapped, kept);
}

/** Gives some columns their own name in the mapped relation. */
export function materialize(mapped: Mapped, columns: ReadonlyMap<string, Expr>): Mapped {
  const values = [...columns].flatMap(([name, value]) =>
    value.kind === "column" && value.name === name ? [] : [{ name, value }],
  );
  if (values.length === 0) return mapped;
  const { relation } = mapped;
  return {
    relation: {
      kind: "extend",
      input: relation,
      values,
      columns: withColumns(relation.columns, typed(values)),
      span: relation.span,
    },
    environment: new Map([
      ...mapped.environment,
      ...typed(values).map((c): [string, Expr] => [c.name, columnRef(c, relation.span)]),
    ]),
  };
}
