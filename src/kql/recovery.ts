import { type CstNode, type IRecognitionException, type IToken, parseUntilError, placeholder } from "#grammar/kql";
import { isClosing, isOpening } from "./token-context.ts";

/** More errors than these help nobody. */
const errorLimit = 12;
/** Tokens that may be read again to find further errors. */
const rereadLimit = 100_000;

export interface Recovered {
  /** The concrete tree; null where there are errors. */
  readonly cst: CstNode | null;
  /** In the order in which they were found. Messages are the names of expected token types. */
  readonly errors: readonly IRecognitionException[];
}

/**
 * Reads a token list to its end. The parser stops at a first error; then the operator or source that holds it is
 * replaced by one word that is valid as either, and the whole is read again, so that one mistake is one error.
 */
export function readAll(tokens: readonly IToken[]): Recovered {
  const errors: IRecognitionException[] = [];
  let working = [...tokens];
  let reread = 0;
  let done = -1;
  while (errors.length < errorLimit) {
    const { cst, errors: found } = parseUntilError(working);
    const error = found[0];
    if (error === undefined) return { cst: errors.length === 0 ? cst : null, errors };
    const index = working.indexOf(error.token);
    const place = index < 0 ? working.length : index;
    if (working[place]?.image === placeholderImage || place <= done) break;
    errors.push(error);
    // The end of the text is one place: what is not closed there is reported.
    if (index < 0) break;
    reread += working.length;
    if (reread > rereadLimit) break;
    const { start, end } = damaged(working, place, error.message);
    const offset = working[start]?.startOffset ?? error.token.startOffset;
    working = [...working.slice(0, start), placeholder(offset, placeholderImage), ...working.slice(end)];
    done = start;
  }
  return { cst: null, errors };
}

const placeholderImage = "";

const isEnd = (token: IToken): boolean => token.image === "|" || token.image === ";";

/** The tokens of the operator, source or statement around a place, without the pipe before it. */
function damaged(tokens: readonly IToken[], place: number, expected: string): { start: number; end: number } {
  const { start, open, calls } = begin(tokens, place);
  let depth = 0;
  let outer = open;
  /** The first end within brackets that are open now; where those are never closed, that is the end. */
  let inside = -1;
  for (let i = place; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (isOpening(token)) {
      if (depth++ === 0) inside = -1;
    } else if (isClosing(token)) {
      if (depth > 0) depth--;
      else if (outer > 0) outer--;
      else if (enclosed(tokens, start)) return { start, end: i };
    } else if (depth > 0 && isEnd(token)) {
      if (inside < 0) inside = i;
    } else if (isEnd(token)) {
      // a pipe in the brackets of a call, or where a bracket should have been closed, is outside
      if (outer === 0 || calls || expected.startsWith("Right") || token.image === ";") return { start, end: i };
    }
  }
  return { start, end: depth > 0 && inside >= 0 ? inside : tokens.length };
}

/** A bracket is open before a place. */
function enclosed(tokens: readonly IToken[], place: number): boolean {
  let closed = 0;
  for (let i = place - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined) continue;
    if (isClosing(token)) closed++;
    else if (isOpening(token) && closed-- === 0) return true;
  }
  return false;
}

interface Beginning {
  readonly start: number;
  /** Brackets open between there and the place. */
  readonly open: number;
  /** The innermost of them is that of a call or a subscript. */
  readonly calls: boolean;
}

function begin(tokens: readonly IToken[], place: number): Beginning {
  let closed = 0;
  let open = 0;
  let calls = false;
  let i = place - 1;
  for (; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined) break;
    if (isClosing(token)) closed++;
    else if (isOpening(token)) {
      if (closed > 0) closed--;
      else {
        if (token.image === "{") break;
        if (open++ === 0) calls = token.image === "[" || followsName(tokens, i);
      }
    } else if (closed === 0 && isEnd(token)) break;
  }
  const start = i + 1;
  const binds = tokens[start]?.image === "let" && tokens[start + 2]?.image === "=" && start + 2 < place;
  return { start: binds ? start + 3 : start, open, calls };
}

function followsName(tokens: readonly IToken[], bracket: number): boolean {
  const before = tokens[bracket - 1];
  const own = tokens[bracket];
  if (before === undefined || own === undefined) return false;
  return /[\w\])]$/.test(before.image) && before.startOffset + before.image.length === own.startOffset;
}
