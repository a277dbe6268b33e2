import { RE2JS } from "re2js";
import type { Condition, FieldTest, Modifier, Search, SigmaRule, SigmaValue, TextPart } from "./rule.ts";

/** An event: a field that is undefined or null is absent. */
export type SigmaEvent = Readonly<Record<string, unknown>>;
type Matcher = (event: SigmaEvent) => boolean;

/**
 * A rule's detection as a function of an event, after the Sigma specification; the log source is not looked at.
 * Throws an Error for a modifier or a regular expression that cannot be evaluated.
 */
export function matcherOf(rule: Pick<SigmaRule, "searches" | "condition">): Matcher {
  const searches = rule.searches.map((search) => ({ name: search.name, found: searchMatcher(search) }));
  return conditionMatcher(rule.condition, searches);
}

interface NamedMatcher {
  readonly name: string;
  readonly found: Matcher;
}

function conditionMatcher(condition: Condition, searches: readonly NamedMatcher[]): Matcher {
  switch (condition.kind) {
    case "search": {
      const { name } = condition;
      const search = searches.find((s) => s.name === name);
      if (search === undefined) throw new Error(`the condition names a search that is not there: ${name}`);
      return search.found;
    }
    case "quantified": {
      const named = searches.filter((search) => isNamed(search.name, condition.pattern));
      return condition.quantity === "all"
        ? (event) => named.every((search) => search.found(event))
        : (event) => named.some((search) => search.found(event));
    }
    case "and":
    case "or": {
      const operands = condition.operands.map((operand) => conditionMatcher(operand, searches));
      return condition.kind === "and"
        ? (event) => operands.every((holds) => holds(event))
        : (event) => operands.some((holds) => holds(event));
    }
    case "not": {
      const holds = conditionMatcher(condition.operand, searches);
      return (event) => !holds(event);
    }
  }
}

/** `them` is every search but those that begin with an underscore. */
function isNamed(name: string, pattern: string): boolean {
  if (pattern === "them") return !name.startsWith("_");
  const parts = pattern.split(/(\*)/).filter((part) => part !== "");
  return fitsAt(
    parts.map((part): TextPart => (part === "*" ? { wildcard: "*" } : part)),
    name,
  );
}

function searchMatcher(search: Search): Matcher {
  const alternatives = search.alternatives.map((tests) => tests.map(testMatcher));
  return (event) => alternatives.some((tests) => tests.every((holds) => holds(event)));
}

/** A single test as a function of an event. */
export function testMatcher(test: FieldTest): Matcher {
  const values = test.values.map((value) => valueMatcher(test, value));
  const every = test.modifiers.includes("all");
  return (event) => {
    const content = event[test.field] ?? null;
    return every ? values.every((holds) => holds(content, event)) : values.some((holds) => holds(content, event));
  };
}

type ValueMatcher = (content: unknown, event: SigmaEvent) => boolean;

function valueMatcher(test: FieldTest, value: SigmaValue): ValueMatcher {
  const has = (name: Modifier) => test.modifiers.includes(name);
  switch (value.kind) {
    case "null":
      return (content) => content === null;
    case "boolean":
      if (has("exists")) return (content) => value.value === (content !== null);
      return (content) => String(content) === String(value.value);
    case "number":
      return (content) =>
        (typeof content === "number" || typeof content === "bigint") && compares(test, content, value.value);
    case "verbatim": {
      if (has("fieldref")) return (content, event) => content !== null && content === event[value.text];
      if (!has("re")) throw new Error(`the modifiers of ${test.field} are not evaluated`);
      const flags =
        (has("i") ? RE2JS.CASE_INSENSITIVE : 0) | (has("m") ? RE2JS.MULTILINE : 0) | (has("s") ? RE2JS.DOTALL : 0);
      const pattern = RE2JS.compile(value.text, flags);
      return (content) => content !== null && pattern.matcher(String(content)).find();
    }
    case "text": {
      const fits = textMatcher(
        value.parts,
        has("contains") || has("endswith"),
        has("contains") || has("startswith"),
        has("cased"),
      );
      return (content) => content !== null && fits(String(content));
    }
  }
}

/** Text with wildcards against a whole text; `before` and `after`: more may stand there. */
function textMatcher(
  parts: readonly TextPart[],
  before: boolean,
  after: boolean,
  cased: boolean,
): (text: string) => boolean {
  const fold = (text: string) => (cased ? text : text.toLowerCase());
  const folded = parts.map((part) => (typeof part === "string" ? fold(part) : part));
  if (folded.every((part) => typeof part === "string")) {
    const wanted = folded.join("");
    if (before && after) return (text) => fold(text).includes(wanted);
    if (before) return (text) => fold(text).endsWith(wanted);
    return after ? (text) => fold(text).startsWith(wanted) : (text) => fold(text) === wanted;
  }
  const any: readonly TextPart[] = [{ wildcard: "*" }];
  const pattern = [...(before ? any : []), ...folded, ...(after ? any : [])];
  return (text) => fitsAt(pattern, fold(text));
}

function compares(test: FieldTest, content: number | bigint, value: number | bigint): boolean {
  if (test.modifiers.includes("gt")) return content > value;
  if (test.modifiers.includes("gte")) return content >= value;
  if (test.modifiers.includes("lt")) return content < value;
  if (test.modifiers.includes("lte")) return content <= value;
  // Of a number and a bigint, `==` compares the values.
  return content >= value && content <= value;
}

/** Whether text with wildcards is the whole of `content`. Only the last `*` is ever tried again, so time grows with the product of the lengths. */
function fitsAt(parts: readonly TextPart[], content: string): boolean {
  const pattern = parts.flatMap((part): readonly TextPart[] => (typeof part === "string" ? [...part] : [part]));
  const text = [...content];
  let at = 0;
  let place = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const expected = pattern[place];
    if (typeof expected === "object" && expected.wildcard === "*") {
      star = place++;
      starAt = at;
    } else if (expected !== undefined && (typeof expected === "object" || expected === text[at])) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  return pattern.slice(place).every((part) => typeof part === "object" && part.wildcard === "*");
}
