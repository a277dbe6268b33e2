import { aggregateFunction, scalarFunction } from "../functions/index.ts";
import type { Expression } from "../kql/ast.ts";

/** The name that an unnamed expression gives its column, or null where it is numbered (`Column1`). */
export function automaticName(expression: Expression): string | null {
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "paren":
      return automaticName(expression.expression);
    case "member": {
      const target = automaticName(expression.target);
      return target === null ? null : `${target}_${expression.name.text}`;
    }
    case "index": {
      const target = automaticName(expression.target);
      if (target === null || expression.index.kind !== "literal") return null;
      return `${target}_${String(expression.index.value)}`;
    }
    case "call": {
      const [first] = expression.arguments;
      const inner = first ? automaticName(first.value) : null;
      const aggregate = aggregateFunction(expression.name.text);
      if (aggregate) {
        if (expression.name.text === "any") return `any_${inner ?? ""}`;
        return aggregate.prefix === "" ? inner : `${aggregate.prefix}_${inner ?? ""}`;
      }
      switch (scalarFunction(expression.name.text)?.naming) {
        case "argument":
          return inner;
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

/** Hands out column names: a name that is taken gets a number. */
export class ColumnNames {
  readonly #taken: Set<string>;
  #unnamed = 0;
  readonly #input: ReadonlySet<string>;
  /** `input`: the columns that come in; numbered names keep clear of them too. */
  constructor(taken: Iterable<string> = [], input: Iterable<string> = []) {
    this.#taken = new Set(taken);
    this.#input = new Set(input);
  }
  has(name: string): boolean {
    return this.#taken.has(name);
  }
  add(name: string): string {
    let unique = name;
    for (let i = 1; this.#taken.has(unique); i++) unique = `${name}${i}`;
    this.#taken.add(unique);
    return unique;
  }
  /** The next of `Column1`, `Column2` … */
  number(prefix = "Column"): string {
    do this.#unnamed++;
    while (this.#input.has(`${prefix}${this.#unnamed}`));
    return this.add(`${prefix}${this.#unnamed}`);
  }
}
