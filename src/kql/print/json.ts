import { type IToken, tokenize } from "#grammar/kql";
import type { Dynamic } from "../../types/value.ts";
import type { DynamicLiteral } from "../ast.ts";
import { quoteString } from "../literals/string.ts";
import { concat, type Doc, group, indent, line, sequence, softLine } from "./doc.ts";
import { isArray, isBag, scalarJson, stringToken } from "./literal.ts";

/**
 * `dynamic(…)`, its elements on lines of their own where they are many. Numbers and times keep their spelling, which says
 * more than the value: `1.0` is a real.
 */
export function dynamicDoc(literal: DynamicLiteral): Doc {
  if (literal.text === "") return concat("dynamic(", valueDoc(literal.value), ")");
  return tokenDoc(tokenize(literal.text).tokens);
}

function list(open: string, items: readonly Doc[], close: string): Doc {
  if (items.length === 0) return open + close;
  const parts = items.flatMap((item, i) => (i === 0 ? [item] : [",", line, item]));
  return group(concat(open, indent(concat(softLine, sequence(parts))), softLine, close));
}

function valueDoc(value: Dynamic): Doc {
  if (isArray(value)) return list("[", value.map(valueDoc), "]");
  if (!isBag(value)) return scalarJson(value);
  const members = Object.entries(value).map(([key, item]) => concat(`${quoteString(key)}: `, valueDoc(item)));
  return list("{", members, "}");
}

/** The tokens of a literal that was read before, so that they are well-formed. */
function tokenDoc(tokens: readonly IToken[]): Doc {
  let next = 0;
  const image = (): string => tokens[next]?.image ?? "";
  const take = (): string => tokens[next++]?.image ?? "";
  const isString = (): boolean => /^(?:[hH]?[@"']|[hH]?```|[hH]?~~~)/.test(image());
  const items = (close: string): Doc[] => {
    const found: Doc[] = [];
    while (next < tokens.length && image() !== close) {
      found.push(item());
      if (image() === ",") next++;
    }
    next++;
    return found;
  };
  const item = (): Doc => {
    if (isString()) {
      const strings = [stringToken(take())];
      while (isString()) strings.push(stringToken(take()));
      if (image() !== ":") return strings.join(" ");
      next++;
      return concat(`${strings.join(" ")}: `, item());
    }
    const own = take();
    switch (own) {
      case "dynamic": {
        next++;
        const inner = item();
        next++;
        return concat("dynamic(", inner, ")");
      }
      case "[":
        return list("[", items("]"), "]");
      case "{":
        return list("{", items("}"), "}");
      case "-":
        return `-${take()}`;
      default:
        return own.startsWith("[") ? list("[", [stringToken(own.slice(1, -1).trim())], "]") : own;
    }
  };
  return item();
}
