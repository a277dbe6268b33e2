import { nameUse } from "#grammar/kql";
import { quoteString } from "../literals/string.ts";

/** Words that may be names and begin something else where a name is expected. */
const ambiguous = new Set([
  "let",
  "alias",
  "declare",
  "restrict",
  "typeof",
  "hint",
  "kind",
  "bagexpansion",
  "with_itemindex",
  "null",
]);
const callable = new Set(["kind"]);
const word = /^\$?[A-Za-z_][A-Za-z0-9_]*$/;

/** A name where anything may follow: plain where that is unambiguous, else `['…']`. */
export function plainName(name: string): string {
  return word.test(name) && nameUse(name) === "free" && !ambiguous.has(name) ? name : bracketed(name);
}

/** The name of a called function. */
export function calledName(name: string): string {
  return callable.has(name) ? name : plainName(name);
}

/** A name after a dot. */
export function memberName(name: string): string {
  return word.test(name) && nameUse(name) === "free" ? name : bracketed(name);
}

/** A word that is a setting's value: any word may be one. */
export function settingWord(name: string): string {
  return word.test(name) && !/^(?:true|false)$/i.test(name) ? name : bracketed(name);
}

/** `kind`, `hint.strategy`: what stands before a setting's `=`. */
export function settingName(name: string): string {
  return name
    .split(".")
    .map((part) => (word.test(part) ? part : bracketed(part)))
    .join(".");
}

/** `a*`: the parts between the stars are names. */
export function wildcardName(pattern: string): string {
  return pattern
    .split("*")
    .map((part, i) => (part === "" || (i > 0 && /^\d+$/.test(part)) ? part : plainName(part)))
    .join("*");
}

function bracketed(name: string): string {
  const double = name.includes("'") && !name.includes('"');
  if (!name.includes("\\") && !double && /^[ -~]*$/.test(name)) return `['${name.replaceAll("'", "\\'")}']`;
  return `[${quoteString(name)}]`;
}
