import { type IToken, tokenize } from "#grammar/kql";
import type { Span } from "../../diagnostics/source.ts";
import type { Dynamic } from "../../types/value.ts";
import type { DynamicLiteral } from "../ast.ts";
import { quoteString } from "../literals/string.ts";
import { concat, type Doc } from "./doc.ts";
import { isArray, isBag, scalarJson, stringToken } from "./literal.ts";
import { bracketedList, type Item, type Printing } from "./printing.ts";

/**
 * `dynamic(…)`, its elements on lines of their own where they are many. Numbers and times keep their spelling, which says
 * more than the value: `1.0` is a real.
 */
export function dynamicDoc(printing: Printing, literal: DynamicLiteral): Doc {
  const { start, end } = literal.span;
  const node = literal.text === "" ? valueNode(literal.value) : readNode(tokenize(literal.text).tokens, start);
  const written = literal.text === "" ? concat("dynamic(", nodeDoc(printing, node), ")") : nodeDoc(printing, node);
  return concat(written, printing.comments.before(end));
}

/** An element as it is written, with its place in the source. */
type Node =
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "list"; readonly brackets: "[]" | "{}"; readonly items: readonly Node[]; readonly span: Span }
  | { readonly kind: "member"; readonly key: string; readonly value: Node; readonly span: Span }
  | { readonly kind: "dynamic"; readonly value: Node; readonly span: Span };

function nodeDoc(printing: Printing, node: Node): Doc {
  switch (node.kind) {
    case "text":
      return node.text;
    case "member":
      return concat(`${node.key}: `, printing.comments.before(node.value.span.start), nodeDoc(printing, node.value));
    case "dynamic": {
      const comments = printing.comments.before(node.value.span.start);
      return concat("dynamic(", comments, nodeDoc(printing, node.value), printing.comments.before(node.span.end), ")");
    }
    case "list": {
      const [open = "", close = ""] = node.brackets;
      const items = node.items.map((item): Item => ({ span: item.span, print: () => nodeDoc(printing, item) }));
      if (items.length === 0) return concat(open, printing.comments.closing(node.span.end), close);
      return bracketedList(printing, open, items, close, node.span.end);
    }
  }
}

function valueNode(value: Dynamic): Node {
  const span = { start: 0, end: 0 };
  if (isArray(value)) return { kind: "list", brackets: "[]", items: value.map(valueNode), span };
  if (!isBag(value)) return { kind: "text", text: scalarJson(value), span };
  const items = Object.entries(value).map(
    ([key, item]): Node => ({ kind: "member", key: quoteString(key), value: valueNode(item), span }),
  );
  return { kind: "list", brackets: "{}", items, span };
}

/** The tokens of a literal that was read before, so that they are well-formed; `offset` is its place in the source. */
function readNode(tokens: readonly IToken[], offset: number): Node {
  let next = 0;
  const image = (): string => tokens[next]?.image ?? "";
  const place = (): number => offset + (tokens[next]?.startOffset ?? 0);
  const take = (): string => tokens[next++]?.image ?? "";
  const isString = (): boolean => /^(?:[hH]?[@"']|[hH]?```|[hH]?~~~)/.test(image());
  const ended = (start: number): Span => {
    const last = tokens[next - 1];
    return { start, end: offset + (last?.startOffset ?? 0) + (last?.image.length ?? 0) };
  };
  const list = (brackets: "[]" | "{}", start: number): Node => {
    const items: Node[] = [];
    while (next < tokens.length && image() !== brackets[1]) {
      items.push(item());
      if (image() === ",") next++;
    }
    next++;
    return { kind: "list", brackets, items, span: ended(start) };
  };
  const item = (): Node => {
    const start = place();
    if (isString()) {
      const strings = [stringToken(take())];
      while (isString()) strings.push(stringToken(take()));
      const key = strings.join(" ");
      if (image() !== ":") return { kind: "text", text: key, span: ended(start) };
      next++;
      const value = item();
      return { kind: "member", key, value, span: ended(start) };
    }
    const own = take();
    switch (own) {
      case "dynamic": {
        next++;
        const value = item();
        next++;
        return { kind: "dynamic", value, span: ended(start) };
      }
      case "[":
        return list("[]", start);
      case "{":
        return list("{}", start);
      case "-":
        return { kind: "text", text: `-${take()}`, span: ended(start) };
      default:
        return own.startsWith("[") ? bracketedNode(own, ended(start)) : { kind: "text", text: own, span: ended(start) };
    }
  };
  return item();
}

/** `["a"]` is one token. */
function bracketedNode(image: string, span: Span): Node {
  const text = stringToken(image.slice(1, -1).trim());
  return { kind: "list", brackets: "[]", items: [{ kind: "text", text, span }], span };
}
