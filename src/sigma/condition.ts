import type { Condition } from "./rule.ts";

/**
 * How tightly a condition binds; an operand that does not bind more than its place stands in brackets. `and` in `or` does
 * too, though it need not: nobody has to remember which comes first.
 */
const strength = { or: 1, and: 1, not: 2, quantified: 3, search: 3 } as const;

export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case "search":
      return condition.name;
    case "quantified":
      return `${condition.quantity} of ${condition.pattern}`;
    case "and":
    case "or":
      return condition.operands.map((operand) => bracketed(operand, strength.not)).join(` ${condition.kind} `);
    case "not":
      return `not ${bracketed(condition.operand, strength.not)}`;
  }
}

function bracketed(condition: Condition, least: number): string {
  const text = printCondition(condition);
  return strength[condition.kind] < least ? `(${text})` : text;
}

/** Brackets deeper than anything a person writes. */
const deepest = 100;

/** Reads a condition: `and`, `or`, `not`, `1 of x*`, `all of x*`, `them`, brackets. Throws an Error with the reason. */
export function parseCondition(text: string): Condition {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const peek = () => tokens[at]?.toLowerCase();

  function run(kind: "or" | "and", part: (depth: number) => Condition, depth: number): Condition {
    const operands = [part(depth)];
    while (peek() === kind) {
      at++;
      operands.push(part(depth));
    }
    const [only] = operands;
    return operands.length === 1 && only !== undefined ? only : { kind, operands };
  }
  const disjunction = (depth: number): Condition => run("or", conjunction, depth);
  const conjunction = (depth: number): Condition => run("and", negation, depth);

  function negation(depth: number): Condition {
    if (depth > deepest) throw new Error("the condition is nested too deep");
    if (peek() !== "not") return primary(depth);
    at++;
    return { kind: "not", operand: negation(depth + 1) };
  }

  function primary(depth: number): Condition {
    const token = tokens[at++];
    if (token === undefined || token === ")") throw new Error("the condition ends too early");
    if (token === "(") {
      const inside = disjunction(depth + 1);
      if (tokens[at++] !== ")") throw new Error("a bracket is not closed in the condition");
      return inside;
    }
    const quantity = token.toLowerCase();
    if ((quantity === "1" || quantity === "any" || quantity === "all") && peek() === "of") {
      at++;
      const pattern = tokens[at++];
      if (pattern === undefined) throw new Error("the condition ends too early");
      return { kind: "quantified", quantity: quantity === "all" ? "all" : "1", pattern };
    }
    return { kind: "search", name: token };
  }

  const condition = disjunction(0);
  if (at < tokens.length) throw new Error(`unexpected text in the condition: ${tokens[at]}`);
  return condition;
}
