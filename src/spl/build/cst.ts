import type { CstElement, CstNode, IToken } from "#grammar/spl";
import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { EvalExpr, Pipeline, SearchExpr, Subsearch } from "../tree.ts";

/** ```` ```text``` ```` and its place in the text that was parsed. */
export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What every builder is given: the text that was parsed, the place of each of its ranges in the text that the user wrote
 * (they differ where macros were expanded), where findings go, and the builders of the parts that contain each other, so
 * that the files need not. The concrete tree is complete, without errors.
 */
export interface Reading {
  readonly text: string;
  readonly origin: (span: Span) => Span;
  readonly findings: Diagnostics;
  readonly comments: readonly Comment[];
  readonly evaluation: (cst: CstNode) => EvalExpr;
  readonly terms: (cst: CstNode) => SearchExpr;
  readonly subsearch: (cst: CstNode) => Subsearch;
  readonly pipeline: (commands: readonly CstNode[], from: number, to: number) => Pipeline;
}

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
  return elements(node, key).filter((element): element is IToken => !isNode(element));
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
  return elements(parent, key).filter(isNode);
}

/** Children of all kinds in the order of the text. */
export function ordered(parent: CstNode): CstElement[] {
  return Object.values(parent.children)
    .flat()
    .sort((a, b) => startOf(a) - startOf(b));
}

export function startOf(element: CstElement): number {
  return isNode(element) ? (element.location?.startOffset ?? 0) : element.startOffset;
}
export function endOf(element: CstElement): number {
  return isNode(element) ? (element.location?.endOffset ?? -1) + 1 : element.startOffset + element.image.length;
}

/** A range of the parsed text as a place in the user's text. */
export function placeOf(reading: Reading, element: CstElement): Span {
  return reading.origin({ start: startOf(element), end: endOf(element) });
}

export function firstToken(parent: CstElement): IToken {
  if (!isNode(parent)) return parent;
  const [first] = ordered(parent);
  if (first === undefined) throw new Error(`no token in ${parent.name}`);
  return firstToken(first);
}

/** In the order of the text. */
export function allTokens(parent: CstElement): IToken[] {
  if (!isNode(parent)) return [parent];
  return ordered(parent).flatMap(allTokens);
}
