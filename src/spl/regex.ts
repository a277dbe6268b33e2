/** Regular expressions (PCRE) made of texts. */

/** A text as a regular expression that matches just it. */
export function literal(text: string): string {
  return text
    .replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t");
}

/** Nothing but the start of the text, or a character that no term of KQL has, may stand before or behind. */
const notAfterLetter = "(?<![\\p{L}\\p{N}])";
const notBeforeLetter = "(?![\\p{L}\\p{N}])";

const edge = /[\p{L}\p{N}]/u;

export type Term = "term" | "prefix" | "suffix";

/**
 * One of the needles as KQL's `has` finds it: with no letter or digit beside an edge that is one itself; `prefix` (hasprefix)
 * leaves the right edge free, `suffix` (hassuffix) the left one. Without the flag for case.
 */
export function wholeTerms(needles: readonly string[], kind: Term = "term"): string {
  const groups = new Map<string, { left: boolean; right: boolean; parts: string[] }>();
  for (const needle of needles) {
    const left = isEdge([...needle][0]) && kind !== "suffix";
    const right = isEdge([...needle].at(-1)) && kind !== "prefix";
    const key = `${left}${right}`;
    const group = groups.get(key) ?? { left, right, parts: [] };
    group.parts.push(literal(needle));
    groups.set(key, group);
  }
  const all = [...groups.values()];
  const sharedRight = all.every((g) => g.right);
  const alternatives = all.flatMap(({ left, right, parts }) => {
    if (!left && (!right || sharedRight)) return parts;
    const body = parts.length === 1 ? parts.join("") : `(?:${parts.join("|")})`;
    return [`${left ? notAfterLetter : ""}${body}${right && !sharedRight ? notBeforeLetter : ""}`];
  });
  const whole = alternatives.length === 1 || !sharedRight ? alternatives.join("|") : `(?:${alternatives.join("|")})`;
  return `${whole}${sharedRight ? notBeforeLetter : ""}`;
}

function isEdge(character: string | undefined): boolean {
  return character !== undefined && edge.test(character);
}

/** Whether letter case makes a difference in a text. */
export function hasCase(text: string): boolean {
  return text.toLowerCase() !== text || text.toUpperCase() !== text;
}

/** Flags at the start of an expression, and the rest of it. */
export function splitFlags(pattern: string): { readonly flags: string; readonly body: string } {
  const found = /^(?:\(\?[a-z]+\))+/i.exec(pattern);
  const flags = found?.[0] ?? "";
  return { flags, body: pattern.slice(flags.length) };
}

/** The expression with a flag for either case where it needs one. */
export function ignoringCase(pattern: string): string {
  return hasCase(pattern) ? `(?i)${pattern}` : pattern;
}

/** What KQL's classes hold in all scripts, in terms that do not depend on how PCRE was built. */
const allScripts: Readonly<Record<string, { readonly set: string; readonly negated: boolean }>> = {
  s: { set: "\\s\\p{Z}", negated: false },
  S: { set: "\\s\\p{Z}", negated: true },
  d: { set: "\\p{Nd}", negated: false },
  D: { set: "\\p{Nd}", negated: true },
};

/**
 * An expression of KQL for PCRE: named groups lose their names but not their numbers, `\s` and `\d` hold the white space and
 * digits of all scripts, and `$` does not stand before a last line break. Of the white space, U+0085 (next line) alone differs: where
 * PCRE reads bytes it would be found inside letters. Throws an Error with the reason where the two languages differ.
 */
export function forPcre(pattern: string): string {
  const lines = /\(\?[a-z]*m/i.test(pattern);
  let out = "";
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === "\\") {
      const next = pattern.charAt(++i);
      if (next === "u" || next === "U") throw new Error(`\\${next} in a regular expression`);
      if (next === "C") throw new Error("\\C in a regular expression");
      const known = allScripts[next];
      if (known === undefined) out += c + next;
      else if (!inClass)
        out += `[${known.negated ? "^" : ""}${known.set}]`.replace(/^\[(\^?)\\p\{Nd\}\]$/, (_, not) =>
          not ? "\\P{Nd}" : "\\p{Nd}",
        );
      else if (!known.negated) out += known.set;
      else if (next === "D") out += "\\P{Nd}";
      else if (/\[\^?[^\]]*\\s[^\]]*$/.test(out)) out += c + next;
      else throw new Error("\\S in a character class");
    } else if (inClass) {
      if (c === "]") inClass = false;
      if (c === "&" && pattern.charAt(i + 1) === "&") throw new Error("&& in a character class");
      out += c;
    } else if (c === "[") {
      inClass = true;
      out += c;
      const negated = pattern.charAt(i + 1) === "^";
      if (negated) out += pattern.charAt(++i);
      if (pattern.charAt(i + 1) === "]") out += pattern.charAt(++i);
    } else if (c === "(") {
      const named = /^\(\?P?<\w+>/.exec(pattern.slice(i));
      out += "(";
      if (named) i += named[0].length - 1;
    } else out += c === "$" && !lines ? "\\z" : c;
  }
  return out;
}

/** The classes and borders in an expression that hold ASCII alone in PCRE and all scripts in KQL, as written. */
export function asciiClasses(pattern: string): readonly string[] {
  return [...new Set([...pattern.matchAll(/\\(.)/gs)].map(([whole]) => whole))].filter((e) => /^\\[wWbB]$/.test(e));
}

/**
 * The expression with its n-th group named and the others without a capture, for `rex`; group 0 is the whole match.
 * null where there is no such group.
 */
export function namingGroup(pattern: string, group: number, name: string): string | null {
  const { flags, body } = splitFlags(pattern);
  let seen = 0;
  let found = group === 0;
  let out = "";
  let inClass = false;
  for (let i = 0; i < body.length; i++) {
    const c = body.charAt(i);
    out += c;
    if (c === "\\") out += body.charAt(++i);
    else if (inClass) inClass = c !== "]";
    else if (c === "[") {
      inClass = true;
      if (body.charAt(i + 1) === "^") out += body.charAt(++i);
      if (body.charAt(i + 1) === "]") out += body.charAt(++i);
    } else if (c === "(" && body.charAt(i + 1) !== "?") {
      seen++;
      if (seen === group) {
        found = true;
        out += `?<${name}>`;
      } else out += "?:";
    }
  }
  if (!found) return null;
  return group === 0 ? `${flags}(?<${name}>${out})` : `${flags}${out}`;
}
