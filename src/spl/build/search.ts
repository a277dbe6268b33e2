import type { CstElement, CstNode } from "#grammar/spl";
import type { Span } from "../../diagnostics/source.ts";
import { isBareTerm } from "../quote.ts";
import type { SearchCompare, SearchDirective, SearchExpr } from "../tree.ts";
import {
  node,
  nodes,
  optionalNode,
  optionalToken,
  ordered,
  placeOf,
  type Reading,
  startOf,
  token,
  tokens,
} from "./cst.ts";
import { rawText, readMacro, searchText, unquoted } from "./text.ts";

/** Negations in a row: each makes the tree one deeper. */
const negationLimit = 100;

/** A condition of the search language: NOT binds tightest, then OR, then AND, which need not be written. */
export function terms(reading: Reading, cst: CstNode): SearchExpr {
  const groups: SearchExpr[][] = [];
  let joinsByOr = false;
  for (const element of ordered(cst)) {
    if (!("children" in element)) {
      joinsByOr = element.tokenType.name === "Or";
      continue;
    }
    const next = term(reading, element);
    const group = groups.at(-1);
    if (joinsByOr && group !== undefined) group.push(next);
    else groups.push([next]);
    joinsByOr = false;
  }
  return joined(
    "and",
    groups.map((group) => joined("or", group)),
  );
}

function joined(kind: "and" | "or", operands: readonly SearchExpr[]): SearchExpr {
  const [first] = operands;
  if (first === undefined) throw new Error("a condition without terms");
  if (operands.length === 1) return first;
  const start = first.span?.start ?? 0;
  const end = operands.at(-1)?.span?.end ?? start;
  return { kind, operands, span: { start, end } };
}

function term(reading: Reading, cst: CstNode): SearchExpr {
  const negations = tokens(cst, "Not");
  const span = placeOf(reading, cst);
  if (negations.length > negationLimit) {
    reading.findings.add("SPL004", span, `more than ${negationLimit} negations in a row`);
    return { kind: "term", text: "", quoted: true, span };
  }
  const inner = primary(reading, cst, span);
  return negations.reduceRight<SearchExpr>((operand, not) => {
    const start = placeOf(reading, not).start;
    return { kind: "not", operand, span: { start, end: span.end } };
  }, inner);
}

function primary(reading: Reading, cst: CstNode, span: Span): SearchExpr {
  const group = optionalNode(cst, "terms");
  if (group !== undefined) return reading.terms(group);
  const subsearch = optionalNode(cst, "subsearch");
  if (subsearch !== undefined) return reading.subsearch(subsearch);
  const macro = optionalToken(cst, "Macro");
  if (macro !== undefined) return readMacro(reading, macro);
  const alone = optionalNode(cst, "directive");
  if (alone !== undefined) return directive(reading, alone, null, span);
  const name = nameToken(node(cst, "name"));
  const compared = optionalNode(cst, "comparedValue");
  if (compared !== undefined) {
    const sign = optionalToken(cst, "Comparison")?.image ?? "=";
    return comparison(reading, searchText(name), operatorOf(sign), compared, span);
  }
  const list = optionalNode(cst, "list");
  if (list !== undefined) return inList(reading, searchText(name), list, span);
  noteWord(reading, name);
  const text = searchText(name);
  return { kind: "term", text, quoted: name.tokenType.name === "String" || !isBareTerm(text), span };
}

function nameToken(cst: CstNode): ReturnType<typeof token> {
  return optionalToken(cst, "String") ?? token(cst, "Word");
}

function operatorOf(sign: string): SearchCompare["operator"] {
  switch (sign) {
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return sign;
    default:
      return "=";
  }
}

function comparison(
  reading: Reading,
  field: string,
  operator: SearchCompare["operator"],
  value: CstNode,
  span: Span,
): SearchExpr {
  const macro = optionalToken(value, "Macro");
  if (macro !== undefined) return { kind: "computed", field, operator, value: readMacro(reading, macro), span };
  const subsearch = optionalNode(value, "subsearch");
  if (subsearch !== undefined) return { kind: "computed", field, operator, value: reading.subsearch(subsearch), span };
  const exact = optionalNode(value, "directive");
  if (exact !== undefined) {
    if (operator !== "=") {
      const written = `${operator}${token(exact, "Directive").image}(…)`;
      reading.findings.add("SPL006", span, `\`${written}\` is not read yet`, "write NOT and =");
    }
    return directive(reading, exact, field, span);
  }
  const written = node(value, "value");
  const quoted = optionalToken(written, "String");
  const word = optionalToken(written, "Word");
  const call = optionalNode(written, "parenthesized");
  if (call !== undefined) noteCall(reading, field, written);
  const text =
    quoted === undefined
      ? `${word === undefined ? "" : searchText(word)}${call === undefined ? "" : rawText(call)}`
      : searchText(quoted);
  return { kind: "compare", field, operator, value: text, span };
}

function directive(reading: Reading, cst: CstNode, field: string | null, span: Span): SearchDirective {
  const name = token(cst, "Directive").image;
  const open = token(cst, "LeftParen").startOffset + 1;
  const close = token(cst, "RightParen").startOffset;
  const written = reading.text.slice(open, close).trim();
  const parts = tokens(cst, "Filler").concat(tokens(cst, "String"), tokens(cst, "Word"));
  const [only] = parts;
  const text = parts.length === 1 && only?.tokenType.name === "String" ? unquoted(only.image) : written;
  return { kind: "directive", name: name === "CASE" || name === "PREFIX" ? name : "TERM", field, text, span };
}

function inList(reading: Reading, field: string, cst: CstNode, span: Span): SearchExpr {
  const macro = optionalToken(cst, "Macro");
  if (macro !== undefined) return { kind: "computed", field, operator: "IN", value: readMacro(reading, macro), span };
  const subsearch = optionalNode(cst, "subsearch");
  if (subsearch !== undefined) {
    return { kind: "computed", field, operator: "IN", value: reading.subsearch(subsearch), span };
  }
  return { kind: "in", field, values: nodes(cst, "name").map((n) => searchText(nameToken(n))), span };
}

/** Values are not worked out in the search language; only the bounds of time know `now()`. */
function noteCall(reading: Reading, field: string, value: CstNode): void {
  const text = rawText(value);
  if (!/^[a-z_]\w*\(/i.test(text)) return;
  if (text === "now()" && /^(?:_index_)?(?:earliest|latest)$/.test(field)) return;
  reading.findings.add(
    "SPL010",
    placeOf(reading, value),
    `\`${text.slice(0, 40)}\` is a text here`,
    "`where` works out expressions",
  );
}

/** The fields of every event: with `::` they are compared in the index. */
const indexedField = /^(?:host|source|sourcetype|index|splunk_server|punct|linecount|eventtype)::/i;

/** A word that the search looks for, where an operator may have been meant. */
function noteWord(reading: Reading, name: CstElement): void {
  if ("children" in name || name.tokenType.name !== "Word") return;
  const place = reading.origin({ start: startOf(name), end: startOf(name) + name.image.length });
  if (indexedField.test(name.image)) reading.findings.add("SPL006", place, "`::` is not read yet", "compare with =");
  if (!/^(?:and|or|not)$/i.test(name.image)) return;
  reading.findings.add(
    "SPL010",
    place,
    `\`${name.image}\` is a word to look for here`,
    `the operator is written ${name.image.toUpperCase()}`,
  );
}
