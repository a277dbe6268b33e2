import type { TextTest, Way } from "./text-test.ts";

/** One word, and how a text is compared with it. */
interface Atom {
  readonly way: Way;
  readonly text: string;
  readonly ignoreCase: boolean;
}

const letterOrDigit = /[\p{L}\p{N}]/u;

/** More pairs of words than this are not compared: the answer is then "not known". */
const mostPairs = 40_000;

/** Whether every text that passes `a` passes `b`, both on the same operand. */
export function implies(a: TextTest, b: TextTest): boolean {
  return compared(a, b, wordImplies, a.all, b.all);
}

/** Whether no text passes both. */
export function excludes(a: TextTest, b: TextTest): boolean {
  // Against "any of", each word has to be excluded; against "all of", one is enough.
  return compared(a, b, wordExcludes, a.all, !b.all);
}

function compared(
  a: TextTest,
  b: TextTest,
  holds: (a: Atom, b: Atom) => boolean,
  aAll: boolean,
  everyB: boolean,
): boolean {
  if (a.words.length * b.words.length > mostPairs) return false;
  const of = (test: TextTest) => test.words.map(({ text }) => ({ way: test.way, text, ignoreCase: test.ignoreCase }));
  const left = of(a);
  const right = of(b);
  if (aAll) {
    const some = (word: Atom) => left.some((l) => holds(l, word));
    return everyB ? right.every(some) : right.some(some);
  }
  return left.every((l) => (everyB ? right.every((r) => holds(l, r)) : right.some((r) => holds(l, r))));
}

/** Whether every text that passes `a` passes `b`. */
export function wordImplies(a: Atom, b: Atom): boolean {
  if (b.text === "" && b.way !== "equals") return true;
  if (a.text === "" && a.way !== "equals") return false;
  // A test without case says nothing about case, unless there is none in the word.
  if (a.ignoreCase && !b.ignoreCase && b.text.toLowerCase() !== b.text.toUpperCase()) return false;
  const text = b.ignoreCase ? a.text.toLowerCase() : a.text;
  const word = b.ignoreCase ? b.text.toLowerCase() : b.text;
  return placesOf(text, word).some((at) => fits(at, a.way, b.way, text, word));
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0 && places.length < 100; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

/** Whether a text known to hold `text` in the way `known` passes the test for the word that stands at `at` inside it. */
function fits(at: number, known: Way, wanted: Way, text: string, word: string): boolean {
  const atStart = at === 0;
  const atEnd = at + word.length === text.length;
  const startsThere = known === "equals" || known === "starts";
  const endsThere = known === "equals" || known === "ends";
  const freeLeft = (): boolean =>
    !letterOrDigit.test(word[0] ?? "") ||
    (atStart ? startsThere || known === "has" || known === "prefix" : !letterOrDigit.test(text[at - 1] ?? ""));
  const freeRight = (): boolean =>
    !letterOrDigit.test(word.at(-1) ?? "") ||
    (atEnd ? endsThere || known === "has" || known === "suffix" : !letterOrDigit.test(text[at + word.length] ?? ""));
  switch (wanted) {
    case "equals":
      return known === "equals" && atStart && atEnd;
    case "contains":
      return true;
    case "starts":
      return startsThere && atStart;
    case "ends":
      return endsThere && atEnd;
    case "has":
      return freeLeft() && freeRight();
    case "prefix":
      return freeLeft();
    case "suffix":
      return freeRight();
  }
}

/** Whether no text passes both. */
export function wordExcludes(a: Atom, b: Atom): boolean {
  const fold = a.ignoreCase || b.ignoreCase;
  const x = fold ? a.text.toLowerCase() : a.text;
  const y = fold ? b.text.toLowerCase() : b.text;
  if (a.way === "equals" && b.way === "equals") return x !== y;
  if (a.way === "equals") return !wordImplies({ ...a, text: x, ignoreCase: fold }, { ...b, text: y, ignoreCase: fold });
  if (b.way === "equals") return !wordImplies({ ...b, text: y, ignoreCase: fold }, { ...a, text: x, ignoreCase: fold });
  if (a.way === "starts" && b.way === "starts") return !x.startsWith(y) && !y.startsWith(x);
  if (a.way === "ends" && b.way === "ends") return !x.endsWith(y) && !y.endsWith(x);
  return false;
}
