import type { CstNode } from "#grammar/kql";
import { Timespan } from "../../types/time.ts";
import { type Dynamic, dynamicReal, Real } from "../../types/value.ts";
import type { DynamicLiteral, Literal } from "../ast.ts";
import { readLong } from "../literals/number.ts";
import { node, nodeSpan, nodes, optionalNode, optionalToken, type Reading, token, tokens } from "./cst.ts";
import { bracketedText, scalarLiteral, stringLiteral } from "./literal.ts";

/** `dynamic(…)` */
export function dynamicLiteral(reading: Reading, cst: CstNode): DynamicLiteral {
  const span = nodeSpan(cst);
  const text = reading.text.slice(span.start, span.end);
  return { kind: "dynamic", value: json(reading, node(cst, "json")), text, span };
}

function json(reading: Reading, cst: CstNode): Dynamic {
  const strings = tokens(cst, "Text");
  if (strings.length > 0) return stringLiteral(reading, strings).value;
  const scalar = optionalToken(cst, "Scalar");
  if (scalar !== undefined) {
    if (optionalToken(cst, "Minus") === undefined) return element(scalarLiteral(reading, scalar));
    return readLong(`-${scalar.image}`) ?? negative(element(scalarLiteral(reading, scalar)));
  }
  const bracketed = optionalToken(cst, "BracketedName");
  if (bracketed !== undefined) return [bracketedText(reading, bracketed).value];
  const inner = optionalNode(cst, "dynamic");
  if (inner !== undefined) return dynamicLiteral(reading, inner).value;
  if (optionalToken(cst, "LeftBracket") !== undefined) return nodes(cst, "json").map((item) => json(reading, item));
  if (optionalToken(cst, "LeftBrace") !== undefined) {
    const entries = nodes(cst, "jsonMember").map((member): [string, Dynamic] => {
      const key = token(member, "Text");
      return [String(stringLiteral(reading, [key]).value), json(reading, node(member, "json"))];
    });
    return Object.fromEntries(entries);
  }
  return null;
}

function element({ type, value }: Literal): Dynamic {
  return type === "real" && typeof value === "number" ? dynamicReal(value) : value;
}

function negative(value: Dynamic): Dynamic {
  if (value instanceof Real) return new Real(-value.value);
  if (value instanceof Timespan) return new Timespan(-value.ticks);
  return typeof value === "number" || typeof value === "bigint" ? -value : value;
}
