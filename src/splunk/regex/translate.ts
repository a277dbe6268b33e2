import { characterClass } from "./classes.ts";
import { escapeSequence } from "./escapes.ts";
import { group, joined, nothing, type Piece, plain } from "./piece.ts";
import { type Flags, literal, Scanner, skipStartOptions } from "./scan.ts";

export interface Translation {
  /** The pattern as Oniguruma reads it. */
  readonly text: string;
  readonly loops: number;
  readonly nested: boolean;
  /** A capture in a repetition may keep an older value in PCRE, which JavaScript forgets. */
  readonly forgets: boolean;
  /** Names of the groups, in the order of their numbers. */
  readonly names: readonly string[];
}

const deepest = 200;

/** Repetitions up to this bound count as constant. */
const closeBound = 20;

/**
 * Rewrites a pattern of PCRE (as SPL has it: with UTF, without the Unicode properties option) for Oniguruma, which reads some of
 * it differently: anchors, `\h`, `(?s)` and `(?m)`, intervals with `+`, classes inside classes. Throws a PatternError for what PCRE refuses
 * and for what has no counterpart. (pcre2pattern; Knowledge Manager Manual: "About Splunk regular expressions")
 */
export function translatePcre(pattern: string): Translation {
  const scanner = new Scanner(pattern);
  const state: State = { scanner, names: [], forgets: false };
  skipStartOptions(scanner);
  const whole = alternatives(state, { multiline: false, dotAll: false, extended: false, ungreedy: false });
  if (!scanner.done) scanner.fail("a closing parenthesis too many");
  if (/\(\?[a-zA-Z^]*i/.test(pattern) && /\\[pP]\{?\^?(?:L[ult&]|Upper|Lower)/.test(pattern)) {
    scanner.fail("a property for upper or lower case in a pattern without case");
  }
  return { text: whole.text, loops: whole.loops, nested: whole.nested, forgets: state.forgets, names: state.names };
}

interface State {
  readonly scanner: Scanner;
  readonly names: string[];
  forgets: boolean;
}

/** Alternatives up to a closing parenthesis or the end. Options set inside one hold for those behind it. */
function alternatives(state: State, start: Flags): Piece & { readonly branches: readonly Piece[] } {
  const { scanner } = state;
  if (++scanner.depth > deepest) scanner.fail("groups nested too deep");
  const branches: Piece[] = [];
  let flags = start;
  do {
    const [piece, after] = sequence(state, flags);
    flags = after;
    branches.push(piece);
  } while (scanner.accept("|"));
  scanner.depth--;
  const [first = nothing] = branches;
  const captures = branches.some((b) => b.captures);
  return {
    text: branches.map((b) => b.text).join("|"),
    width: branches.every((b) => b.width === first.width) ? first.width : null,
    loops: Math.max(...branches.map((b) => b.loops)),
    nested: branches.some((b) => b.nested),
    captures,
    optional: branches.some((b) => b.optional) || (captures && branches.length > 1),
    nullable: branches.some((b) => b.nullable),
    prefersEmpty: branches.some((b, i) => b.prefersEmpty || (b.nullable && i < branches.length - 1)),
    branches,
  };
}

function sequence(state: State, start: Flags): readonly [Piece, Flags] {
  const { scanner } = state;
  const pieces: Piece[] = [];
  let flags = start;
  while (!scanner.done && !scanner.peek("|") && !scanner.peek(")")) {
    if (flags.extended && scanner.match(/(?:\s+|#[^\n]*)+/y) !== null) continue;
    if (scanner.match(/\(\?#[^)]*\)/y) !== null || scanner.accept("\\E")) continue;
    if (scanner.accept("\\Q")) {
      quoted(state, flags, pieces);
      continue;
    }
    const set = scanner.match(/\(\?(\^?)([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/y);
    if (set !== null) {
      const [, caret = "", on = "", off = ""] = set;
      flags = flagsAfter(scanner, flags, caret === "^", on, off);
      const cased = caseFlag(caret === "^", on, off);
      if (cased !== "") pieces.push(plain(`(?${cased})`, 0));
      continue;
    }
    pieces.push(quantified(state, flags, atom(state, flags)));
  }
  return [joined(pieces), flags];
}

/** `\Q…\E`: every character as it is; a quantifier behind it takes the last one. */
function quoted(state: State, flags: Flags, pieces: Piece[]): void {
  const { scanner } = state;
  const end = scanner.source.indexOf("\\E", scanner.at);
  const text = scanner.source.slice(scanner.at, end < 0 ? undefined : end);
  scanner.at = end < 0 ? scanner.source.length : end + 2;
  const characters = [...text];
  const last = characters.pop();
  pieces.push(...characters.map((c) => plain(literal(c), 1)));
  if (last !== undefined) pieces.push(quantified(state, flags, plain(literal(last), 1)));
}

function flagsAfter(scanner: Scanner, flags: Flags, reset: boolean, on: string, off: string): Flags {
  const unknown = /[^imsxU]/.exec(on + off)?.[0];
  if (unknown !== undefined) scanner.fail(`the option (?${unknown})`);
  const value = (letter: string, before: boolean): boolean =>
    off.includes(letter) ? false : on.includes(letter) ? true : reset ? false : before;
  return {
    multiline: value("m", flags.multiline),
    dotAll: value("s", flags.dotAll),
    extended: value("x", flags.extended),
    ungreedy: value("U", flags.ungreedy),
  };
}

function caseFlag(reset: boolean, on: string, off: string): string {
  if (off.includes("i")) return "-i";
  return on.includes("i") ? "i" : reset ? "-i" : "";
}

function quantified(state: State, flags: Flags, piece: Piece): Piece {
  const { scanner } = state;
  if (flags.extended) scanner.match(/(?:\s+|#[^\n]*)*/y);
  const found = scanner.match(/(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})([+?]?)/y);
  if (found === null) return piece;
  const [, sign, low = "", comma, high = "", mode = ""] = found;
  const min = sign === undefined ? Number(low) : sign === "+" ? 1 : 0;
  const max =
    sign === undefined
      ? comma === undefined
        ? min
        : high === ""
          ? Number.POSITIVE_INFINITY
          : Number(high)
      : sign === "?"
        ? 1
        : Number.POSITIVE_INFINITY;
  if (min > 65535 || (max > 65535 && Number.isFinite(max))) scanner.fail("a repetition of more than 65535");
  if (max < min) scanner.fail("a repetition whose bounds run backwards");
  if (scanner.match(/[*+?]/y) !== null) scanner.fail("a quantifier that follows nothing to repeat");
  const written = sign ?? `{${low}${comma === undefined ? "" : `,${high}`}}`;
  const isLazy = mode !== "+" && (mode === "?") !== flags.ungreedy;
  const body = `${group(piece.text)}${written}${isLazy ? "?" : ""}`;
  if (piece.captures && piece.optional && max > 1) state.forgets = true;
  if (piece.nullable && max > min) {
    // PCRE takes a round that matches nothing and ends there; JavaScript takes it back and tries something else.
    if (piece.captures) state.forgets = true;
    if (piece.prefersEmpty) scanner.fail("a repetition of what would rather match nothing");
  }
  const isLoop = max > closeBound;
  const result: Piece = {
    text: mode === "+" ? `(?>${body})` : body,
    width: piece.width !== null && min === max ? piece.width * min : null,
    loops: isLoop ? piece.loops + 1 : piece.loops * Math.max(1, Math.min(max, 4)),
    nested: piece.nested || (isLoop && (piece.loops > 0 || piece.width === null)),
    captures: piece.captures,
    optional: piece.optional || (min === 0 && piece.captures),
    nullable: piece.nullable || min === 0,
    prefersEmpty: piece.prefersEmpty || (isLazy && min === 0),
  };
  // A further interval repeats the whole: `a{2}{3}`.
  return scanner.source.charAt(scanner.at) === "{"
    ? quantified(state, flags, { ...result, text: `(?:${result.text})` })
    : result;
}

function atom(state: State, flags: Flags): Piece {
  const { scanner } = state;
  const c = scanner.take();
  switch (c) {
    case "\\":
      return escapeSequence(scanner);
    case "[":
      return plain(characterClass(scanner), 1);
    case "(":
      return parenthesis(state, flags);
    case ".":
      return plain(flags.dotAll ? "(?m:.)" : ".", 1);
    case "^":
      return plain(flags.multiline ? "^" : "\\A", 0);
    case "$":
      return plain(flags.multiline ? "$" : "\\Z", 0);
    case "*":
    case "+":
    case "?":
      return scanner.fail("a quantifier that follows nothing to repeat");
    default:
      return plain(literal(c), 1);
  }
}

function parenthesis(state: State, flags: Flags): Piece {
  const { scanner } = state;
  if (scanner.match(/\*(?:FAIL|F)\)/y) !== null) return plain("(?!)", 0);
  if (scanner.peek("*")) return scanner.fail("a verb (*…)");
  if (scanner.match(/\?(?:P>|&)(\w+)\)/y) !== null || scanner.match(/\?[+-]?\d+\)|\?R\)/y) !== null) {
    return scanner.fail("a call of a group");
  }
  const reference = scanner.match(/\?P=(\w+)\)/y);
  if (reference !== null) return { ...plain(`\\k<${reference[1]}>`, null), nullable: true };
  const look = scanner.match(/\?<?[=!]/y)?.[0];
  if (look !== undefined) return lookaround(state, flags, look);
  if (scanner.accept("?>")) return enclosed(state, flags, "(?>");
  const named = scanner.match(/\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
  if (named !== null) {
    const name = named[1] ?? named[2] ?? "";
    if (state.names.includes(name)) return scanner.fail(`two groups named \`${name}\``);
    state.names.push(name);
    return { ...enclosed(state, flags, `(?<${name}>`), captures: true };
  }
  const set = scanner.match(/\?(\^?)([a-zA-Z]*)(?:-([a-zA-Z]*))?:/y);
  if (set !== null) {
    const [, caret = "", on = "", off = ""] = set;
    const cased = caseFlag(caret === "^", on, off);
    return enclosed(state, flagsAfter(scanner, flags, caret === "^", on, off), `(?${cased}:`);
  }
  if (scanner.peek("?")) return scanner.fail(`the group (${scanner.source.slice(scanner.at, scanner.at + 2)}`);
  return { ...enclosed(state, flags, "("), captures: true };
}

function enclosed(state: State, flags: Flags, open: string): Piece {
  const inner = alternatives(state, flags);
  if (!state.scanner.accept(")")) state.scanner.fail("a group that is not closed");
  const { branches: _, ...piece } = inner;
  return { ...piece, text: `${open}${inner.text})` };
}

/** PCRE wants each alternative of a look behind to have one length. */
function lookaround(state: State, flags: Flags, open: string): Piece {
  const inner = alternatives(state, flags);
  if (!state.scanner.accept(")")) state.scanner.fail("a group that is not closed");
  if (open.includes("<") && inner.branches.some((b) => b.width === null)) {
    state.scanner.fail("a lookbehind that is not of fixed length");
  }
  return {
    ...nothing,
    text: `(${open}${inner.text})`,
    loops: inner.loops,
    nested: inner.nested,
    captures: inner.captures,
  };
}
