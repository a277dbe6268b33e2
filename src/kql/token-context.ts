import { type IToken, pipeOperators } from "#grammar/kql";
import type { Span } from "../diagnostics/source.ts";

/** A place in a token list, where reading stopped. */
export interface TokenContext {
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** The place of `found`; the length of the list at the end of the text. */
  readonly index: number;
  /** Undefined at the end of the text. */
  readonly found: IToken | undefined;
  readonly before: IToken | undefined;
  readonly after: IToken | undefined;
  /** The bracket that is open there, the innermost one. */
  readonly open: IToken | undefined;
  /** The keyword of the operator around the place, within its brackets; undefined in a list, a call or a first source. */
  readonly operator: string | undefined;
}

export function contextOf(text: string, tokens: readonly IToken[], at: IToken): TokenContext {
  const place = indexOf(tokens, at);
  const index = place < 0 ? tokens.length : place;
  const { open, operator } = surroundings(tokens, index);
  return {
    text,
    tokens,
    index,
    found: tokens[index],
    before: tokens[index - 1],
    after: tokens[index + 1],
    open,
    operator,
  };
}

/** How many of the sorted items stand before an offset. */
export function countBefore<T>(items: readonly T[], offset: number, place: (item: T) => number): number {
  let low = 0;
  for (let high = items.length; low < high; ) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && place(item) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of a token in the list; -1 for the end of the text. */
function indexOf(tokens: readonly IToken[], token: IToken): number {
  const index = countBefore(tokens, token.startOffset, (other) => other.startOffset);
  return tokens[index] === token ? index : -1;
}

const operators: readonly string[] = pipeOperators;
export const isOperator = (image: string): boolean => operators.includes(image);
export const isOpening = (token: IToken): boolean => /^[([{]$/.test(token.image);
export const isClosing = (token: IToken): boolean => /^[)\]}]$/.test(token.image);

function surroundings(tokens: readonly IToken[], index: number): Pick<TokenContext, "open" | "operator"> {
  let closed = 0;
  let operator: string | undefined;
  let settled = false;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined) break;
    if (isClosing(token)) closed++;
    else if (isOpening(token) && closed-- === 0) {
      const first = tokens[i + 1];
      if (!settled && first !== undefined && i + 1 < index && isOperator(first.image)) operator = first.image;
      return { open: token, operator };
    } else if (closed === 0 && !settled && (token.image === "|" || token.image === ";")) {
      settled = true;
      const first = tokens[i + 1];
      if (token.image === "|" && i + 1 < index && first !== undefined) operator = first.image;
    }
  }
  const first = tokens[0];
  if (!settled && first !== undefined && index > 0 && isOperator(first.image)) operator = first.image;
  return { open: undefined, operator };
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}
/** The place behind a token; the beginning of the text without one. */
export function endOf(token: IToken | undefined): Span {
  const end = token === undefined ? 0 : token.startOffset + token.image.length;
  return { start: end, end };
}
export function shown(token: IToken): string {
  const line = token.image.replace(/\s+/g, " ");
  return `\`${line.length > 40 ? `${line.slice(0, 37)}…` : line}\``;
}
export const isWord = (token: IToken): boolean => /^!?[A-Za-z_$]/.test(token.image);
/** What a value or a name may begin with. */
export const beginsValue = (token: IToken): boolean => /^["'@`~([$\w]/.test(token.image);

/** A bracket by what stands beside it: `tostring(`, `(union isfuzzy…`. */
export function openingText({ tokens }: TokenContext, open: IToken): string {
  const index = indexOf(tokens, open);
  const before = tokens[index - 1];
  if (before !== undefined && isWord(before) && endOf(before).end === open.startOffset) {
    return `\`${before.image}${open.image}\``;
  }
  const behind = tokens.slice(index + 1, index + 3).filter((token) => token.image.length < 30);
  return `\`${open.image}${behind.map((token) => token.image).join(" ")}${behind.length > 0 ? "…" : ""}\``;
}

/** The bracket is the beginning of a call's or a subscript's, and not one around an expression. */
export function isCall({ tokens }: TokenContext, open: IToken): boolean {
  const before = tokens[indexOf(tokens, open) - 1];
  return before !== undefined && /^[\w$\])]/.test(before.image) && endOf(before).end === open.startOffset;
}
