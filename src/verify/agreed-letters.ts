import type { Fields } from "./made-event.ts";

/**
 * The long s, the Kelvin sign, and the Turkish dotted and dotless i. Which of them equal s, k and i without case is a matter of an
 * engine's case tables: KQL tells them apart, PCRE's `(?i)` folds the first two, and Splunk's and Sigma's references say nothing. No
 * rule is meant to depend on them, so events with them are not made where the engines differ; given events keep them.
 */
const disputed = /[\u017f\u212a\u0130\u0131]/g;

export function withAgreedLetters(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace(disputed, "~") : value,
    ]),
  );
}
