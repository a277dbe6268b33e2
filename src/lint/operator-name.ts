const turned: Readonly<Record<string, string>> = { "==": "!=", "=~": "!~" };

/** An operator as the source writes it: `!has` for `has` inside a `not`. */
export function operatorName(name: string, negated: boolean): string {
  return negated ? (turned[name] ?? `!${name}`) : name;
}
