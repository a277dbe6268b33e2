import { spathValues } from "../../json/spath.ts";
import { expandReplacement } from "../../regex/replacement.ts";
import { type eachText, isMulti, textOf } from "../../value.ts";
import { type EvalFunction, ofTexts, strict, undefinedOnMulti } from "../function.ts";
import { compilePatternArgument } from "../pattern.ts";

/** Text functions. (Search Reference) */
export const textFunctions: Readonly<Record<string, EvalFunction>> = {
  len: ofTexts(1, 1, ([text = ""]) => [...text].length),
  lower: strict(1, 1, ([value = null]) => mapped(value, (t) => t.toLowerCase())),
  upper: strict(1, 1, ([value = null]) => mapped(value, (t) => t.toUpperCase())),
  trim: ofTexts(1, 2, ([text = "", set = " \t"]) => trimmed(text, set, true, true)),
  ltrim: ofTexts(1, 2, ([text = "", set = " \t"]) => trimmed(text, set, true, false)),
  rtrim: ofTexts(1, 2, ([text = "", set = " \t"]) => trimmed(text, set, false, true)),
  substr: ofTexts(2, 3, ([text = "", start = "", length]) => {
    const from = Number(start);
    const count = length === undefined ? undefined : Number(length);
    if (Number.isNaN(from) || (count !== undefined && Number.isNaN(count))) return null;
    return substr(text, Math.trunc(from), count === undefined ? undefined : Math.trunc(count));
  }),
  replace: {
    min: 3,
    max: 3,
    make: (scope) => {
      const [value, pattern, replacement] = scope.call.args.map(scope.compile);
      const patternOf = compilePatternArgument(scope, 1, true);
      return (row) => {
        const input = value?.(row) ?? null;
        const source = textOf(pattern?.(row) ?? null);
        const by = textOf(replacement?.(row) ?? null);
        if (input === null || source === null || by === null) return null;
        if (isMulti(input)) return undefinedOnMulti(scope);
        const text = textOf(input) ?? "";
        let result = "";
        let at = 0;
        for (const match of patternOf(source).all(text)) {
          result += text.slice(at, match.index) + expandReplacement(by, match);
          at = match.index + match[0].length;
        }
        return result + text.slice(at);
      };
    },
  },
  urldecode: ofTexts(1, 1, ([text = ""]) => urldecode(text)),
  spath: ofTexts(2, 2, ([text = "", path = ""]) => {
    const found = spathValues(text, path);
    return found.length === 0 ? null : found.length === 1 ? (found[0] ?? null) : found;
  }),
};

function mapped(value: Parameters<typeof eachText>[0], apply: (text: string) => string): string | readonly string[] {
  if (isMulti(value)) return value.map(apply);
  return apply(textOf(value) ?? "");
}

/** Takes characters of a set off the ends. */
function trimmed(text: string, set: string, left: boolean, right: boolean): string {
  const characters = [...text];
  const dropped = new Set(set);
  let start = 0;
  let end = characters.length;
  if (left) while (start < end && dropped.has(characters[start] ?? "")) start++;
  if (right) while (end > start && dropped.has(characters[end - 1] ?? "")) end--;
  return characters.slice(start, end).join("");
}

/** As SQLite has it: from 1, from the end for a negative start, before the start for a negative length. */
function substr(text: string, start: number, length: number | undefined): string {
  const characters = [...text];
  let from = start;
  let count = length ?? Number.MAX_SAFE_INTEGER;
  const backwards = count < 0;
  if (backwards) count = -count;
  if (from < 0) {
    from += characters.length;
    if (from < 0) {
      count = Math.max(0, count + from);
      from = 0;
    }
  } else if (from > 0) from--;
  else if (count > 0) count--;
  if (backwards) {
    from -= count;
    if (from < 0) {
      count += from;
      from = 0;
    }
  }
  return characters.slice(from, from + Math.max(0, count)).join("");
}

/** `%XX` as UTF-8 bytes; what is no such triple stays. */
function urldecode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    new TextDecoder().decode(Uint8Array.from(run.slice(1).split("%"), (hex) => Number.parseInt(hex, 16))),
  );
}
