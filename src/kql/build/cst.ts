import type { CstElement, CstNode, IToken } from "#grammar/kql";
import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Expression, Operator, Statement } from "../ast.ts";

/**
 * What every builder is given: the source text, where findings go, and the builders of the parts that contain each
 * other, so that the files need not. The concrete tree is complete, without errors.
 */
export interface Reading {
  readonly text: string;
  readonly findings: Diagnostics;
  readonly operand: (cst: CstNode) => Expression;
  readonly expression: (cst: CstNode) => Expression;
  readonly pipeline: (cst: CstNode) => Expression;
  readonly operator: (cst: CstNode) => Operator;
  readonly statements: (cst: CstNode) => readonly Statement[];
}

/** Builds an operator from the node of its rule. */
export type OperatorBuilder = (reading: Reading, cst: CstNode) => Operator;

/** Operators in a row that bind to the left, and steps of a path: each makes the tree one deeper. */
export const chainLimit = 1000;

const none: readonly CstElement[] = [];

function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

function elements(node: CstNode, key: string): readonly CstElement[] {
  return node.children[key] ?? none;
}

/** The only token under a key, or undefined. */
export function optionalToken(node: CstNode, key: string): IToken | undefined {
  const first = elements(node, key)[0];
  return first === undefined || isNode(first) ? undefined : first;
}
export function token(node: CstNode, key: string): IToken {
  const found = optionalToken(node, key);
  if (found === undefined) throw new Error(`no ${key} in ${node.name}`);
  return found;
}
export function tokens(node: CstNode, key: string): IToken[] {
  const found: IToken[] = [];
  for (const element of elements(node, key)) if (!isNode(element)) found.push(element);
  return found;
}

/** The only node under a key, or undefined. */
export function optionalNode(node: CstNode, key: string): CstNode | undefined {
  const first = elements(node, key)[0];
  return first !== undefined && isNode(first) ? first : undefined;
}
export function node(parent: CstNode, key: string): CstNode {
  const found = optionalNode(parent, key);
  if (found === undefined) throw new Error(`no ${key} in ${parent.name}`);
  return found;
}
export function nodes(parent: CstNode, key: string): CstNode[] {
  const found: CstNode[] = [];
  for (const element of elements(parent, key)) if (isNode(element)) found.push(element);
  return found;
}

/** The token under the first of the keys that is there: an operator's keyword under one of its spellings. */
export function anyToken(parent: CstNode, ...keys: readonly string[]): IToken {
  for (const key of keys) {
    const found = optionalToken(parent, key);
    if (found !== undefined) return found;
  }
  throw new Error(`none of ${keys.join(" ")} in ${parent.name}`);
}

export function tokenSpan(of: IToken): Span {
  return { start: of.startOffset, end: of.startOffset + of.image.length };
}
export function nodeSpan(of: CstNode): Span {
  const location = of.location;
  return { start: location?.startOffset ?? 0, end: (location?.endOffset ?? -1) + 1 };
}

/** The spans that every operator has: the whole of it, and its keyword under the first key that is there. */
export function operatorSpans(cst: CstNode, ...keywords: readonly string[]): { span: Span; keywordSpan: Span } {
  return { span: nodeSpan(cst), keywordSpan: tokenSpan(anyToken(cst, ...keywords)) };
}
