import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { test, text, truth } from "./build.ts";

/**
 * A value of the search language as a test of a text: without case, each `*` stands for any text. (SPL Search Reference: search)
 * A pattern of stars alone is true for every text.
 */
export function wildcardTest(value: Expr, pattern: string, span: Span): Expr {
  const parts = pattern.split(/\*+/);
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  const constant = (part: string): Expr => text(part, span);
  if (parts.length === 1) {
    if (first === "") return test("isempty", span, value);
    return test("=~", span, value, constant(first));
  }
  const inner = parts.slice(1, -1);
  if (inner.length === 0) {
    if (first === "" && last === "") return truth(true, span);
    if (first === "") return test("endswith", span, value, constant(last));
    if (last === "") return test("startswith", span, value, constant(first));
  } else if (inner.length === 1 && first === "" && last === "") {
    return test("contains", span, value, constant(inner[0] ?? ""));
  }
  const body = parts.map(escaped).join(".*");
  const regex = `(?is)${first === "" ? body.slice(2) : `^${body}`}`;
  const ended = last === "" ? regex.slice(0, -2) : `${regex}$`;
  return test("matches regex", span, value, constant(ended));
}

/** Whether a short text fits a pattern of the search language. */
export function fitsWildcard(pattern: string, value: string): boolean {
  const body = pattern.split(/\*+/).map(escaped).join(".*");
  return new RegExp(`^${body}$`, "is").test(value);
}

/** A text as a regular expression (RE2) that matches just it. */
export function escaped(value: string): string {
  return value.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
