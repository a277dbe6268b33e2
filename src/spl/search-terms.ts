import { allOf, anyOf, compare, isOneOf, noneOf } from "./search.ts";
import type { SearchExpr } from "./tree.ts";

/**
 * Reads the terms that select events, as a profile writes them: `index=main (source="a" OR source="b") EventCode IN (1, 2)`,
 * macros and words. Throws an Error with the reason; a pipe, a subsearch or an open quote is one.
 */
export function parseSearchTerms(text: string): SearchExpr | null {
  const tokens = tokenize(text);
  if (tokens.length === 0) return null;
  const reader = new TermReader(tokens);
  const expr = reader.all(0);
  reader.end();
  return expr;
}

type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "quoted"; readonly text: string }
  | { readonly kind: "macro"; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: "sign"; readonly text: string };

const pattern = /\s+|"((?:[^"\\]|\\[\s\S])*)"|`(\w+)(?:\(([^`()]*)\))?`|(!=|<=|>=|[=<>(),])|([^\s"`=<>(),|[\]!]+)/y;

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) throw new Error(`search terms cannot have ${JSON.stringify(text.slice(at, at + 10))}`);
    const [, literal, macroName, macroArgs, sign, word] = found;
    if (literal !== undefined) tokens.push({ kind: "quoted", text: literal.replace(/\\(["\\|])/g, "$1") });
    else if (macroName !== undefined) {
      tokens.push({
        kind: "macro",
        name: macroName,
        args: macroArgs === undefined ? [] : macroArgs.split(",").map((a) => a.trim()),
      });
    } else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
  }
  return tokens;
}

const deepest = 50;

class TermReader {
  private at = 0;
  private readonly tokens: readonly Token[];
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  end(): void {
    const token = this.tokens[this.at];
    if (token !== undefined)
      throw new Error(`unexpected ${"text" in token ? token.text : token.name} in the search terms`);
  }

  /** AND is written or not; OR binds tighter. */
  all(depth: number): SearchExpr {
    if (depth > deepest) throw new Error("search terms nested too deep");
    const operands = [this.any(depth)];
    for (let next = this.tokens[this.at]; next !== undefined && !this.is(")"); next = this.tokens[this.at]) {
      if (this.isWord("AND")) this.at++;
      operands.push(this.any(depth));
    }
    return orThrow(allOf(operands));
  }

  private any(depth: number): SearchExpr {
    const operands = [this.one(depth)];
    while (this.isWord("OR")) {
      this.at++;
      operands.push(this.one(depth));
    }
    return orThrow(anyOf(operands));
  }

  private one(depth: number): SearchExpr {
    if (this.isWord("NOT")) {
      this.at++;
      return noneOf(this.one(depth + 1));
    }
    if (this.is("(")) {
      this.at++;
      const inner = this.all(depth + 1);
      this.sign(")");
      return inner;
    }
    const token = this.tokens[this.at++];
    if (token === undefined || token.kind === "sign") throw new Error("a search term is missing");
    if (token.kind === "macro") return { kind: "macro", name: token.name, args: token.args };
    const operator = this.tokens[this.at];
    if (operator?.kind === "sign" && isComparison(operator.text)) {
      this.at++;
      return compare(token.text, operator.text, this.value());
    }
    if (this.isWord("IN")) {
      this.at++;
      this.sign("(");
      const values = [this.value()];
      while (this.is(",")) {
        this.at++;
        values.push(this.value());
      }
      this.sign(")");
      return isOneOf(token.text, values);
    }
    return { kind: "term", text: token.text, quoted: token.kind === "quoted" };
  }

  private value(): string {
    const token = this.tokens[this.at++];
    if (token?.kind !== "word" && token?.kind !== "quoted") throw new Error("a value is missing in the search terms");
    return token.text;
  }

  private sign(text: string): void {
    if (!this.is(text)) throw new Error(`"${text}" is missing in the search terms`);
    this.at++;
  }

  private is(sign: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "sign" && token.text === sign;
  }

  private isWord(word: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "word" && token.text.toUpperCase() === word;
  }
}

function isComparison(text: string): text is "=" | "!=" | "<" | "<=" | ">" | ">=" {
  return text === "=" || text === "!=" || text === "<" || text === "<=" || text === ">" || text === ">=";
}

function orThrow(expr: SearchExpr | null): SearchExpr {
  if (expr === null) throw new Error("a search term is missing");
  return expr;
}
