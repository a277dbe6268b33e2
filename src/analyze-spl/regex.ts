import type { Span } from "../diagnostics/source.ts";
import type { Expr } from "../plan/nodes.ts";
import { call, test, text } from "./build.ts";
import { textTest } from "./regex-text.ts";

/** What a regular expression of Splunk (PCRE) is in KQL (RE2), or why it is none. */
export type Ported =
  | { readonly kind: "regex"; readonly text: string; readonly groups: readonly (string | null)[] }
  | { readonly kind: "unsupported"; readonly reason: string };

/** `groups`: the capturing ones in order, with their names; in the result they have none. */
export function forRe2(pattern: string): Ported {
  const no = (reason: string): Ported => ({ kind: "unsupported", reason });
  if (/\{\d*,?\d{4,}\}/.test(pattern)) return no("a repetition of more than 999 times");
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
