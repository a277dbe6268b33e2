import { innerName } from "../functions/aggregates/naming.ts";
import { aggregateFunction, scalarFunction } from "../functions/index.ts";
import type { Expression } from "../kql/ast.ts";

/** The name that an unnamed expression gives its column, or null where it is numbered (`Column1`). */
export function automaticName(expression: Expression): string | null {
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "paren":
      return automaticName(expression.expression);
    case "member":
      return behind(automaticName(expression.target), expression.name.text);
    case "index":
      return behind(
        automaticName(expression.target),
        expression.index.kind === "literal" ? String(expression.index.value) : null,
      );
    case "call": {
      // `hll_merge` of several states is a scalar function.
      const isScalar = expression.arguments.length > 1 && scalarFunction(expression.name.text) !== undefined;
      const aggregate = isScalar ? undefined : aggregateFunction(expression.name.text);
      if (aggregate)
        return innerName(
          aggregate,
          expression.arguments.map((a) => automaticName(a.value)),
        );
      const [first] = expression.arguments;
      const inner = first ? (first.name?.text ?? automaticName(first.value)) : null;
      const naming = scalarFunction(expression.name.text)?.naming;
      if (typeof naming === "object") return "name" in naming ? naming.name : `${naming.prefix}_${inner ?? ""}`;
      switch (naming) {
        case "argument":
          return inner;
        case "only":
          return expression.arguments.length === 1 ? inner : null;
        case "function":
          return `${expression.name.text}_${inner ?? ""}`;
        default:
          return null;
      }
    }
    default:
      return null;
  }
}

/** `d_key`; the key alone behind a value without a name, `d_` where the key is worked out. */
function behind(target: string | null, key: string | null): string | null {
  return target === null || target === "" ? key : `${target}_${key ?? ""}`;
}

/** The unnamed columns of a query are numbered through. */
export interface Numbering {
  unnamed: number;
}

/** Hands out column names: a name that is taken gets a number. */
export class ColumnNames {
  /** Every name that is taken, with the last number that was put behind it. */
  readonly #taken = new Map<string, number>();
  readonly #input: ReadonlySet<string>;
  /** `taken`: the columns that stay beside the new ones. */
  constructor(taken: Iterable<string> = []) {
    this.#input = new Set(taken);
    for (const name of this.#input) this.#taken.set(name, 0);
  }
  has(name: string): boolean {
    return this.#taken.has(name);
  }
  take(name: string): void {
    if (!this.#taken.has(name)) this.#taken.set(name, 0);
  }
  add(name: string): string {
    const last = this.#taken.get(name);
    if (last === undefined) {
      this.#taken.set(name, 0);
      return name;
    }
    let suffix = last + 1;
    while (this.#taken.has(`${name}${suffix}`)) suffix++;
    this.#taken.set(name, suffix);
    this.#taken.set(`${name}${suffix}`, 0);
    return `${name}${suffix}`;
  }
  /** The next of `Column1`, `Column2` …, which no column that stays has; not handed out yet. */
  next(numbering: Numbering): string {
    let name: string;
    do name = `Column${++numbering.unnamed}`;
    while (this.#input.has(name));
    return name;
  }
  number(numbering: Numbering): string {
    return this.add(this.next(numbering));
  }
}
