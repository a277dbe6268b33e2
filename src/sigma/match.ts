import { RE2JS } from "re2js";
import type { Condition, FieldTest, Search, SigmaRule, SigmaValue, TextPart } from "./rule.ts";

/** An event: a field that is absent, null or undefined is absent. */
export type SigmaEvent = Readonly<Record<string, unknown>>;

/** Whether a rule's detection matches an event, as the Sigma specification says; the log source is not looked at. */
export function matches(rule: SigmaRule, event: SigmaEvent): boolean {
  return holds(rule.condition, rule.searches, event);
}

function holds(condition: Condition, searches: readonly Search[], event: SigmaEvent): boolean {
  switch (condition.kind) {
    case "search":
      return searches.some((search) => search.name === condition.name && found(search, event));
    case "quantified": {
      const named = searches.filter((search) => isNamed(search.name, condition.pattern));
      return condition.quantity === "all"
        ? named.every((search) => found(search, event))
        : named.some((search) => found(search, event));
    }
    case "and":
      return condition.operands.every((operand) => holds(operand, searches, event));
    case "or":
      return condition.operands.some((operand) => holds(operand, searches, event));
    case "not":
      return !holds(condition.operand, searches, event);
  }
}

/** `them` is every search but those that begin with an underscore. */
function isNamed(name: string, pattern: string): boolean {
  if (pattern === "them") return !name.startsWith("_");
  return glob(
    pattern.split(/(\*)/).map((part) => (part === "*" ? { wildcard: "*" } : part)),
    name,
    "whole",
    true,
  );
}

function found(search: Search, event: SigmaEvent): boolean {
  return search.alternatives.some((tests) => tests.every((test) => matchesTest(test, event[test.field], event)));
}

/** Whether a field's value passes a test. */
export function matchesTest(test: FieldTest, content: unknown, event: SigmaEvent = {}): boolean {
  const one = (value: SigmaValue) => matchesValue(test, value, content ?? null, event);
  return test.modifiers.includes("all") ? test.values.every(one) : test.values.some(one);
}

function matchesValue(test: FieldTest, value: SigmaValue, content: unknown, event: SigmaEvent): boolean {
  const has = (name: (typeof test.modifiers)[number]) => test.modifiers.includes(name);
  if (has("exists")) return value.kind === "boolean" && value.value === (content !== null);
  if (value.kind === "null") return content === null;
  if (content === null) return false;
  const text = String(content);
  switch (value.kind) {
    case "boolean":
      return text === String(value.value);
    case "number":
      return compares(test, content, value.value);
    case "verbatim":
      if (has("fieldref")) return String(event[value.text] ?? "") === text;
      if (has("re")) return RE2JS.compile(value.text, regexFlags(test)).matcher(text).find();
      throw new Error(`the modifiers of ${test.field} are not evaluated`);
    case "text": {
      const side = has("contains") ? "inside" : has("startswith") ? "start" : has("endswith") ? "end" : "whole";
      return glob(value.parts, text, side, has("cased"));
    }
  }
}

function compares(test: FieldTest, content: unknown, value: number | bigint): boolean {
  if (typeof content !== "number" && typeof content !== "bigint") return false;
  if (test.modifiers.includes("gt")) return content > value;
  if (test.modifiers.includes("gte")) return content >= value;
  if (test.modifiers.includes("lt")) return content < value;
  if (test.modifiers.includes("lte")) return content <= value;
  return BigInt(Math.trunc(Number(content))) === BigInt(Math.trunc(Number(value))) && Number(content) === Number(value);
}

function regexFlags(test: FieldTest): number {
  return (
    (test.modifiers.includes("i") ? RE2JS.CASE_INSENSITIVE : 0) |
    (test.modifiers.includes("m") ? RE2JS.MULTILINE : 0) |
    (test.modifiers.includes("s") ? RE2JS.DOTALL : 0)
  );
}

/** Matches text with wildcards at a place in `content`. */
function glob(
  parts: readonly TextPart[],
  content: string,
  side: "whole" | "start" | "end" | "inside",
  cased: boolean,
): boolean {
  const pattern = parts
    .map((part) => (typeof part === "string" ? RE2JS.quote(part) : part.wildcard === "*" ? ".*" : "."))
    .join("");
  const before = side === "end" || side === "inside" ? "" : "\\A";
  const after = side === "start" || side === "inside" ? "" : "\\z";
  const flags = RE2JS.DOTALL | (cased ? 0 : RE2JS.CASE_INSENSITIVE);
  return RE2JS.compile(`${before}(?:${pattern})${after}`, flags).matcher(content).find();
}
