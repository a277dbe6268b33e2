import { fold } from "./wildcard.ts";

/**
 * Words in the raw text of an event. A word of a search must stand alone: on both sides the text ends or has a character that
 * parts words. `TERM()` takes the characters that only part words into smaller ones (`. : / - _ …`) as belonging to them.
 * (segmenters.conf; Search Manual: "Event segmentation and searching"; search command: CASE and TERM)
 */
export function wordTest(term: string, mode: "word" | "TERM" | "CASE"): (raw: string) => boolean {
  const needle = mode === "CASE" ? term : fold(term);
  const parts = needle.split(/\*+/);
  const isBreaker = mode === "TERM" ? isMajor : (c: string): boolean => !/[\p{L}\p{N}]/u.test(c);
  // A phrase goes across words; a word with stars stays inside one.
  const isPhrase = [...needle.replaceAll("*", "")].some(isMajor);
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), "");
  return (raw) => {
    const text = mode === "CASE" ? raw : fold(raw);
    if (!text.includes(longest)) return false;
    return (isPhrase ? [text] : text.split(majorBreakers)).some((segment) => hasWord(segment, parts, isBreaker));
  };
}

const majorBreakers = /[\][<>(){}|!;,'"*\s&?+]+/;

function isMajor(c: string): boolean {
  return majorBreakers.test(c);
}

/** Whether the parts stand in a segment in their order, the outer ones at the edges of words. */
function hasWord(segment: string, parts: readonly string[], isBreaker: (c: string) => boolean): boolean {
  const [first = "", ...others] = parts;
  const endsFree = (at: number): boolean => at >= segment.length || isBreaker(segment.charAt(at));
  const edgeBefore = (at: number): boolean => at === 0 || isBreaker(segment.charAt(at - 1)) || first === "";
  const needsEnd = (part: string): boolean => part !== "" && !isBreaker(part.at(-1) ?? "");
  for (let at = segment.indexOf(first); at >= 0 && at <= segment.length; at = segment.indexOf(first, at + 1)) {
    const startsFree = isBreaker(first.charAt(0) || " ") || edgeBefore(at);
    if (startsFree) {
      const last = others.at(-1);
      if (last === undefined) {
        if (!needsEnd(first) || endsFree(at + first.length)) return true;
      } else {
        let from = at + first.length;
        let found = true;
        for (const part of others.slice(0, -1)) {
          const next = segment.indexOf(part, from);
          if (next < 0) found = false;
          else from = next + part.length;
        }
        for (let end = found ? segment.indexOf(last, from) : -1; end >= 0; end = segment.indexOf(last, end + 1)) {
          if (!needsEnd(last) || endsFree(end + last.length)) return true;
        }
        // Later starts leave less room, so they cannot do better where the parts are not there at all.
        if (!found) return false;
      }
    }
    if (first === "") return false;
  }
  return false;
}
