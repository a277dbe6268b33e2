import type { CstElement, CstNode, IToken } from "#grammar/spl";
import type { Span } from "../../diagnostics/source.ts";
import type { EvalBinary, EvalExpr } from "../tree.ts";
import { node, nodes, optionalNode, optionalToken, ordered, placeOf, type Reading, startOf, token } from "./cst.ts";
import { readMacro, unquoted, unquotedName } from "./text.ts";

/** Operators in a row that bind to the left, and signs before an operand: each makes the tree one deeper. */
const chainLimit = 1000;
const signLimit = 100;

/** Binding of the operators, weakest first. */
const levels = { xor: 1, or: 2, and: 3, not: 4, comparison: 5, sum: 6, product: 7, sign: 8 } as const;

/** One element of the flat list: signs stand before an operand, operators between two. */
type Piece =
  | { readonly kind: "sign"; readonly token: IToken }
  | { readonly kind: "operator"; readonly token: IToken }
  | { readonly kind: "in"; readonly cst: CstNode }
  | { readonly kind: "operand"; readonly cst: CstNode };

const signNames = new Set(["Not", "Minus", "Plus"]);

function pieces(cst: CstNode): Piece[] {
  return ordered(cst).flatMap((element): Piece[] => {
    if (!("children" in element)) return [{ kind: "operator", token: element }];
    if (element.name === "inTail") return [{ kind: "in", cst: element }];
    const signs = ordered(element).filter((e): e is IToken => isSign(e));
    return [...signs.map((t): Piece => ({ kind: "sign", token: t })), { kind: "operand", cst: element }];
  });
}

function isSign(element: CstElement): boolean {
  return !("children" in element) && signNames.has(element.tokenType.name);
}

/** An expression of eval and where: gives the flat list of operands and operators its tree. */
export function evaluation(reading: Reading, cst: CstNode): EvalExpr {
  const list = pieces(cst);
  if (longestRun(list, isChained, isLogical) > chainLimit || longestRun(list, isSignPiece) > signLimit) {
    const span = placeOf(reading, cst);
    reading.findings.add("SPL004", span, "this expression has too many operators in a row", "split it with eval");
    return { kind: "string", value: "", span };
  }
  const reader = new ExpressionReader(reading, list);
  return reader.binary(levels.xor);
}

const isSignPiece = (piece: Piece): boolean => piece.kind === "sign";
const isLogical = (piece: Piece): boolean => piece.kind === "operator" && levelOf(piece.token) < levels.comparison;
const isChained = (piece: Piece): boolean => piece.kind === "in" || (piece.kind === "operator" && !isLogical(piece));

/** The most pieces of a kind between two that end a run; without such an end, the most in a row. */
function longestRun(
  list: readonly Piece[],
  counts: (piece: Piece) => boolean,
  ends: (piece: Piece) => boolean = (piece) => !counts(piece),
): number {
  let longest = 0;
  let run = 0;
  for (const piece of list) {
    if (ends(piece)) run = 0;
    else if (counts(piece)) longest = Math.max(longest, ++run);
  }
  return longest;
}

function levelOf(operator: IToken): number {
  switch (operator.tokenType.name) {
    case "Xor":
      return levels.xor;
    case "Or":
      return levels.or;
    case "And":
      return levels.and;
    case "Plus":
    case "Minus":
    case "Dot":
      return levels.sum;
    case "Star":
    case "Slash":
    case "Percent":
      return levels.product;
    default:
      return levels.comparison;
  }
}

class ExpressionReader {
  private at = 0;
  private readonly reading: Reading;
  private readonly list: readonly Piece[];
  constructor(reading: Reading, list: readonly Piece[]) {
    this.reading = reading;
    this.list = list;
  }

  /** Operators of a level and of those that bind tighter. */
  binary(least: number): EvalExpr {
    let left = this.prefix();
    for (let piece = this.list[this.at]; piece !== undefined; piece = this.list[this.at]) {
      if (piece.kind === "in") {
        if (levels.comparison < least) break;
        this.at++;
        left = this.inList(left, piece.cst);
        continue;
      }
      if (piece.kind !== "operator") break;
      const level = levelOf(piece.token);
      if (level < least) break;
      const kind = logicalKind(piece.token);
      left = kind === null ? this.combined(left, piece.token, level) : this.run(left, kind, level);
    }
    return left;
  }

  /** Operands that are joined by one logical operator; what stands in parentheses is a node of its own. */
  private run(first: EvalExpr, kind: "and" | "or" | "xor", level: number): EvalExpr {
    const operands = [first];
    for (
      let piece = this.list[this.at];
      piece?.kind === "operator" && levelOf(piece.token) === level;
      piece = this.list[this.at]
    ) {
      this.at++;
      operands.push(this.binary(level + 1));
    }
    return { kind, operands, span: this.between(first, operands.at(-1)?.span?.end ?? 0) };
  }

  private prefix(): EvalExpr {
    const piece = this.list[this.at++];
    if (piece?.kind === "operand") return atom(this.reading, piece.cst);
    if (piece?.kind !== "sign") throw new Error("an expression without an operand");
    const start = placeOf(this.reading, piece.token).start;
    switch (piece.token.tokenType.name) {
      case "Not": {
        const operand = this.binary(levels.not);
        return { kind: "not", operand, span: { start, end: operand.span?.end ?? start } };
      }
      case "Minus": {
        const operand = this.binary(levels.sign);
        return { kind: "negative", operand, span: { start, end: operand.span?.end ?? start } };
      }
      default:
        return this.binary(levels.sign);
    }
  }

  private inList(operand: EvalExpr, cst: CstNode): EvalExpr {
    const items = nodes(node(cst, "arguments"), "expression").map(this.reading.evaluation);
    return { kind: "in", operand, items, span: this.between(operand, placeOf(this.reading, cst).end) };
  }

  private combined(left: EvalExpr, operator: IToken, level: number): EvalExpr {
    this.at++;
    const right = this.binary(level + 1);
    return {
      kind: "binary",
      operator: operatorOf(operator),
      left,
      right,
      span: this.between(left, right.span?.end ?? 0),
    };
  }

  private between(left: EvalExpr, end: number): Span {
    return { start: left.span?.start ?? 0, end };
  }
}

function logicalKind(operator: IToken): "and" | "or" | "xor" | null {
  switch (operator.tokenType.name) {
    case "And":
      return "and";
    case "Or":
      return "or";
    case "Xor":
      return "xor";
    default:
      return null;
  }
}

function operatorOf(operator: IToken): EvalBinary["operator"] {
  switch (operator.image) {
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case ".":
      return operator.image;
    case "=":
    case "==":
      return "==";
    default:
      return "LIKE";
  }
}

function atom(reading: Reading, cst: CstNode): EvalExpr {
  const group = optionalNode(cst, "expression");
  if (group !== undefined) return reading.evaluation(group);
  const subsearch = optionalNode(cst, "subsearch");
  if (subsearch !== undefined) return reading.subsearch(subsearch);
  const call = optionalNode(cst, "arguments");
  const written = ordered(cst).filter((e): e is IToken => !("children" in e) && !isSign(e));
  const [first] = written;
  if (first === undefined) throw new Error("an operand without a token");
  const end = placeOf(reading, cst).end;
  const span = { start: reading.origin({ start: startOf(first), end: startOf(first) + 1 }).start, end };
  if (call !== undefined) {
    const args = nodes(call, "expression").map(reading.evaluation);
    return { kind: "call", name: first.image.toLowerCase(), args, span };
  }
  switch (first.tokenType.name) {
    case "Number":
      return { kind: "number", text: first.image, span };
    case "Dot":
      return { kind: "number", text: `0.${token(cst, "Number").image}`, span };
    case "String":
      return { kind: "string", value: unquoted(first.image), span };
    case "QuotedName":
      return { kind: "field", name: unquotedName(first.image), span };
    case "Template":
      return { kind: "template", name: first.image.slice(2, -2), span };
    case "Macro":
      return readMacro(reading, first);
    default:
      return field(reading, first, span);
  }
}

function field(reading: Reading, name: IToken, span: Span): EvalExpr {
  if (/^(?:true|false)$/i.test(name.image)) {
    reading.findings.add(
      "SPL010",
      span,
      `\`${name.image}\` is a field here`,
      `the constant is written ${name.image.toLowerCase()}()`,
    );
  }
  if (/^\d+(?:s|sec|m|min|h|hr?s?|d|days?|w|mon|y)$/i.test(name.image)) {
    reading.findings.add(
      "SPL010",
      span,
      `\`${name.image}\` is a field here`,
      "a length of time is a number of seconds",
    );
  }
  return { kind: "field", name: name.image, span };
}

/** The field that an assignment sets. */
export function target(reading: Reading, cst: CstNode): string {
  const quoted = optionalToken(cst, "String");
  if (quoted !== undefined) return unquoted(quoted.image);
  const parts = ordered(cst).filter((e): e is IToken => !("children" in e));
  const [only] = parts;
  if (parts.length === 1 && only?.tokenType.name === "QuotedName") return unquotedName(only.image);
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) throw new Error("an assignment without a name");
  return reading.text.slice(first.startOffset, last.startOffset + last.image.length);
}
