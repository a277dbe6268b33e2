import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { anyOf, call, test, text } from "./build.ts";

/** What a regular expression of Splunk (PCRE) is in KQL (RE2), or why it is none. */
export type Ported =
  | { readonly kind: "regex"; readonly text: string; readonly groups: readonly (string | null)[] }
  | { readonly kind: "unsupported"; readonly reason: string };

/** `groups`: the capturing ones in order, with their names; in the result they have none. */
export function forRe2(pattern: string): Ported {
  const no = (reason: string): Ported => ({ kind: "unsupported", reason });
  const groups: (string | null)[] = [];
  let out = "";
  let inClass = false;
  let literalText = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    const next = pattern.charAt(i + 1);
    if (literalText) {
      if (c === "\\" && next === "E") {
        literalText = false;
        i++;
      } else out += c.replace(/[\\^$.|?*+()[\]{}]/, "\\$&");
    } else if (c === "\\") {
      i++;
      if (next === "Q") literalText = true;
      else if (next === "") return no("a backslash at its end");
      else if (/[1-9]/.test(next) && !inClass) return no("a reference back to a group");
      else if (next === "h") out += inClass ? "\\t " : "[\\t ]";
      else if (next === "Z") out += "\\n?\\z";
      else if (/[CGKNRXgk]/.test(next)) return no(`\\${next}`);
      else if (next === "e") out += "\\x1b";
      else if (/[A-Za-z0-9]/.test(next) || (inClass && next === "-")) out += `\\${next}`;
      else out += /[\\^$.|?*+()[\]{}]/.test(next) ? `\\${next}` : next;
    } else if (inClass) {
      if (c === "]") inClass = false;
      else if (c === "[" && next !== ":") {
        out += "\\[";
        continue;
      }
      out += c;
    } else if (c === "[") {
      inClass = true;
      out += c;
      if (pattern.charAt(i + 1) === "^") out += pattern.charAt(++i);
      if (pattern.charAt(i + 1) === "]") {
        out += "\\]";
        i++;
      }
    } else if (c === "(") {
      const rest = pattern.slice(i);
      const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
      const flags = /^\(\?[imsU]*(?:-[ims]+)?[:)]/.exec(rest);
      if (named) {
        groups.push(named[1] ?? named[2] ?? "");
        out += "(";
        i += named[0].length - 1;
      } else if (flags) {
        out += flags[0];
        i += flags[0].length - 1;
      } else if (/^\(\?<?[=!]/.test(rest)) return no("a condition on the text around it (lookaround)");
      else if (next === "?" || next === "*") return no(`the group ${rest.slice(0, 4)}`);
      else {
        groups.push(null);
        out += "(";
      }
    } else if (/[*+?}]/.test(c) && next === "+") {
      return no("a possessive repetition");
    } else out += c;
  }
  return inClass ? no("an open bracket") : { kind: "regex", text: out, groups };
}

const letterBefore = "(?<![\\p{L}\\p{N}])";
const letterBehind = "(?![\\p{L}\\p{N}])";

/**
 * A regular expression that only looks for texts, as the operators that say so: `(?i)net` is `contains`, `(?i)\\net\.exe$` is
 * `endswith`, and a text with no letter or digit beside it is `has`. null for any other expression.
 */
export function textTest(value: Expr, pattern: string, span: Span): Expr | null {
  const flags = /^\(\?i\)/.exec(pattern)?.[0] ?? "";
  const suffix = flags === "" ? "_cs" : "";
  const alternatives = alternativesOf(pattern.slice(flags.length));
  if (alternatives === null) return null;
  const tests: Expr[] = [];
  const terms: string[] = [];
  for (const alternative of alternatives) {
    let rest = alternative;
    const take = (part: string, atEnd: boolean): boolean => {
      if (!(atEnd ? rest.endsWith(part) : rest.startsWith(part))) return false;
      rest = atEnd ? rest.slice(0, rest.length - part.length) : rest.slice(part.length);
      return true;
    };
    const left = take(letterBefore, false);
    const right = take(letterBehind, true);
    const start = !left && take("^", false);
    const end = !right && /(?:^|[^\\])(?:\\\\)*\$$/.test(rest) && take("$", true);
    const literal = literalOf(rest);
    if (literal === null || literal === "") return null;
    const edges = [...literal];
    const bareLeft = left || !/[\p{L}\p{N}]/u.test(edges[0] ?? "");
    const bareRight = right || !/[\p{L}\p{N}]/u.test(edges.at(-1) ?? "");
    if (left || right) {
      if (start || end) return null;
      if (bareLeft && bareRight) terms.push(literal);
      else tests.push(test(`${bareLeft ? "hasprefix" : "hassuffix"}${suffix}`, span, value, text(literal, span)));
    } else if (start && end) tests.push(test(flags === "" ? "==" : "=~", span, value, text(literal, span)));
    else {
      const name = start ? "startswith" : end ? "endswith" : "contains";
      tests.push(test(`${name}${suffix}`, span, value, text(literal, span)));
    }
  }
  if (terms.length > 1 && suffix === "") {
    tests.unshift(test("has_any", span, value, ...terms.map((t) => text(t, span))));
  } else tests.unshift(...terms.map((t) => test(`has${suffix}`, span, value, text(t, span))));
  return anyOf(tests, span);
}

/** The alternatives at the top; a group around all of them, or behind a shared border, is taken apart. null for other groups. */
function alternativesOf(body: string): readonly string[] | null {
  const whole = /^(\(\?<!\[\\p\{L\}\\p\{N\}\]\))?\((?:\?:)?([^()]*)\)(\(\?!\[\\p\{L\}\\p\{N\}\]\)|\$)?$/.exec(body);
  const inner = whole?.[2] ?? body;
  const parts = inner.split(/(?<!\\)\|/);
  if (parts.length > 200 || /\\\\\|/.test(inner)) return null;
  return parts.map((part) => `${whole?.[1] ?? ""}${part}${whole?.[3] ?? ""}`);
}

/** The text that an expression without operators stands for. */
function literalOf(pattern: string): string | null {
  let out = "";
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === "\\") {
      const next = pattern.charAt(++i);
      if (next === "" || /[A-Za-z0-9]/.test(next)) return null;
      out += next;
    } else if (/[.^$|?*+()[\]{}]/.test(c)) return null;
    else out += c;
  }
  return out;
}

/** `x matches regex …`, or what says the same more plainly; the reason where KQL cannot. */
export function matchTest(value: Expr, pattern: string, span: Span): Expr | string {
  const plain = textTest(value, pattern, span);
  if (plain !== null) return plain;
  const ported = forRe2(pattern);
  if (ported.kind === "unsupported") return ported.reason;
  return test("matches regex", span, value, text(ported.text, span));
}

/** The text that a group matched, "" without a match. */
export function extracted(value: Expr, pattern: string, group: number, span: Span): Expr {
  return call("extract", "string", span, text(pattern, span), { ...text("", span), value: group, type: "long" }, value);
}
