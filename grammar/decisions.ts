import type { IToken, TokenType } from "chevrotain";
import { EarlyExitException, NoViableAltException } from "./chevrotain.ts";

/**
 * The decisions of a grammar that looks one token ahead, worked out beforehand: by Chevrotain's key of a decision, for
 * each alternative the names of the token types that it may begin with, separated by blanks. An optional part has one
 * alternative. `*` stands where an alternative may be empty.
 */
export type Decisions = Readonly<Record<number, readonly string[]>>;

interface Alternative {
  readonly GATE?: () => boolean;
}
type Decision = (alternatives?: readonly Alternative[]) => number | boolean | undefined;

/** What a parser has inside that takes the place of Chevrotain's analysis of the grammar. */
interface Inside {
  selfAnalysisDone: boolean;
  getLaFuncFromCache: (key: number) => Decision;
  raiseNoAltException: () => never;
  raiseEarlyExitException: () => never;
  readonly SAVE_ERROR: (error: Error) => Error;
  readonly LA: (offset: number) => IToken;
}
const wanted = [
  "selfAnalysisDone",
  "getLaFuncFromCache",
  "raiseNoAltException",
  "raiseEarlyExitException",
  "SAVE_ERROR",
];

function hasInside(parser: object): parser is Inside {
  return wanted.every((name) => name in parser);
}

/**
 * Gives a parser its decisions, in place of the analysis of its grammar, which takes longer than reading most queries.
 * False where this Chevrotain is made in another way, and the parser has to analyse its grammar itself.
 */
export function installDecisions(parser: object, decisions: Decisions, vocabulary: readonly TokenType[]): boolean {
  if (!hasInside(parser)) return false;
  const types = new Map(vocabulary.map((type) => [type.name, type]));
  const made = new Map<number, Decision>();
  parser.selfAnalysisDone = true;
  parser.getLaFuncFromCache = (key) => {
    let decision = made.get(key);
    if (decision === undefined) {
      decision = decide(parser, decisions[key] ?? [], types);
      made.set(key, decision);
    }
    return decision;
  };
  parser.raiseNoAltException = () => {
    throw parser.SAVE_ERROR(new NoViableAltException("", parser.LA(1), parser.LA(0)));
  };
  parser.raiseEarlyExitException = () => {
    throw parser.SAVE_ERROR(new EarlyExitException("", parser.LA(1), parser.LA(0)));
  };
  return true;
}

/** Called without alternatives, it says whether the one part that there is begins here; else which alternative does. */
function decide(parser: Inside, firsts: readonly string[], types: ReadonlyMap<string, TokenType>): Decision {
  const sets = firsts.map((names) => beginnings(names.split(" "), types));
  const only = sets[0];
  return (alternatives) => {
    const next = parser.LA(1).tokenTypeIdx;
    if (alternatives === undefined) return only === null || (only?.has(next) ?? false);
    for (let i = 0; i < sets.length; i++) {
      const set = sets[i];
      if (set === undefined || (set !== null && !set.has(next))) continue;
      if (alternatives[i]?.GATE?.() !== false) return i;
    }
    return undefined;
  };
}

/** The numbers of all token types under some names and categories; null for any token. */
function beginnings(names: readonly string[], types: ReadonlyMap<string, TokenType>): ReadonlySet<number> | null {
  if (names.includes("*")) return null;
  const numbers = new Set<number>();
  for (const name of names) {
    const type = types.get(name);
    if (type?.tokenTypeIdx === undefined) continue;
    numbers.add(type.tokenTypeIdx);
    for (const member of type.categoryMatches ?? []) numbers.add(member);
  }
  return numbers;
}
