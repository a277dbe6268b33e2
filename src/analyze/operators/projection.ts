import type { Span } from "../../diagnostics/source.ts";
import type { Expression, NamedExpression } from "../../kql/ast.ts";
import type { Expr, NamedExpr } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { automaticName, ColumnNames } from "../names.ts";
import type { Session } from "../session.ts";
import { oneName } from "./named.ts";

/** Functions that leave a value alone that is of their type already: the result keeps the column's name. */
const conversions: Readonly<Record<string, string>> = {
  tostring: "string",
  tolong: "long",
  toint: "int",
  toreal: "real",
  tobool: "bool",
  todatetime: "datetime",
  totimespan: "timespan",
  toguid: "guid",
  todecimal: "decimal",
};

/** The column that an expression is, through conversions that change nothing. */
function columnOf(e: Expression, value: Expr): string | null {
  if (e.kind === "paren") return columnOf(e.expression, value);
  if (e.kind === "name") return value.kind === "column" ? value.name : null;
  const [argument] = e.kind === "call" ? e.arguments : [];
  if (argument?.value.kind !== "name" || value.kind !== "call" || value.args.length !== 1) return null;
  const [arg] = value.args;
  return arg?.kind === "column" && arg.type === conversions[value.name] ? arg.name : null;
}

/** The column that `column_ifexists` found. */
function found(e: Expression, value: Expr): string | null {
  const looksForColumn = e.kind === "call" && /^column_?ifexists$/.test(e.name.text);
  return looksForColumn && value.kind === "column" ? value.name : null;
}

/** The named values of `project` and `extend`, in order, and which name each of them gets. */
export class Projection {
  readonly values: NamedExpr[] = [];
  readonly #at = new Map<string, number>();
  readonly #declared = new Set<string>();
  #handedOut: ColumnNames | null = null;
  readonly #beside: readonly Column[];
  readonly #extends: boolean;
  readonly #session: Session;
  /** `beside`: the columns that stay, in `extend`; null in `project`. */
  constructor(beside: readonly Column[] | null, session: Session) {
    this.#beside = beside ?? [];
    this.#extends = beside !== null;
    this.#session = session;
  }

  /** Made when first needed: most columns have names, and tables are wide. */
  get #names(): ColumnNames {
    if (this.#handedOut) return this.#handedOut;
    const names = new ColumnNames(this.#beside.map((c) => c.name));
    for (const name of this.#at.keys()) names.take(name);
    this.#handedOut = names;
    return names;
  }

  add(column: NamedExpression, value: Expr): void {
    const name = oneName(column, this.#session);
    const existing = columnOf(column.value, value);
    if (name !== null) this.#declare(name, value, column.span, this.#extends || value.kind === "column");
    else if (existing === null) {
      const automatic = automaticName(column.value) ?? found(column.value, value) ?? this.#names.next(this.#session);
      this.#put(automatic, value, this.#extends);
    } else if (!this.#extends) this.#declare(existing, value, column.span, false);
    // `extend a` leaves the column as it is; a conversion that changes nothing does too.
  }

  /** Several values of one function, under the names given and then under their own. */
  spread(column: NamedExpression, parts: readonly NamedExpr[]): void {
    parts.forEach((part, i) => {
      const given = column.names[i];
      if (given) this.#declare(given.text, part.value, given.span, this.#extends || column.names.length === 1);
      else this.#put(part.name, part.value, false);
    });
  }

  #declare(name: string, value: Expr, span: Span, replace: boolean): void {
    if (this.#declared.has(name)) {
      this.#session.diagnostics.add("KQL105", span, `the column \`${name}\` is given twice`);
      return;
    }
    this.#declared.add(this.#put(name, value, replace));
  }

  #put(name: string, value: Expr, replace: boolean): string {
    const at = this.#at.get(name);
    if (replace && at !== undefined) {
      this.values[at] = { name, value };
      return name;
    }
    const unique = replace && this.#extends ? name : this.#names.add(name);
    if (unique === name) this.#handedOut?.take(name);
    this.#at.set(unique, this.values.length);
    this.values.push({ name: unique, value });
    return unique;
  }
}
