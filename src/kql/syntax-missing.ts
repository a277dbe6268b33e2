import { type IToken, infixWords, nameUse } from "#grammar/kql";
import type { Span } from "../diagnostics/source.ts";
import {
  beginsValue,
  endOf,
  isCall,
  isClosing,
  isOperator,
  isWord,
  openingText,
  shown,
  type TokenContext,
} from "./token-context.ts";

export interface Message {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

export const infix: readonly string[] = infixWords;
/** Words within operators, at which what stands before them ends. */
export const clauseWords = new Set([
  "by",
  "on",
  "with",
  "asc",
  "desc",
  "to",
  "from",
  "step",
  "of",
  "as",
  "limit",
  "nulls",
]);

export function behind(token: IToken | undefined): string {
  return token === undefined ? "here" : `after ${shown(token)}`;
}
export function infront(found: IToken | undefined, before: IToken | undefined): string {
  return found === undefined ? behind(before) : `before ${shown(found)}`;
}

/** Parts that only one operator or source has. */
export function missingPart(
  { found, before }: TokenContext,
  rule: string,
  expected: string,
  span: Span,
): Message | null {
  const place = infront(found, before);
  switch (rule) {
    case "makeSeries":
    case "seriesSteps":
      if (expected !== "" && expected !== "STEP") return null;
      return {
        span,
        message: `\`step\` is missing ${place}`,
        hint: "write `from start to end step 1h`, or `in range(start, end, 1h)`",
      };
    case "json":
      if (found === undefined || before === undefined || !/^[[{,]$/.test(before.image) || isClosing(found)) return null;
      return missingConstant(found, before, span);
    case "values":
      if (expected !== "") return null;
      return { span, message: `\`[\` is missing ${behind(before)}`, hint: "the values stand in brackets" };
    case "declareStatement":
      if (expected !== "") return null;
      return { span, message: `\`query_parameters\` or \`pattern\` is missing ${place}` };
    case "functionLiteral":
    case "body":
      if (expected !== "LeftBrace") return null;
      return { span, message: `\`{\` is missing ${place}`, hint: "a function's body stands in braces" };
    case "arguments":
      if (expected !== "LeftParen" || before === undefined) return null;
      return { span, message: `\`(\` is missing ${behind(before)}`, hint: `write \`${before.image}(…)\`` };
    default:
      return null;
  }
}

/** A name or a value is missing. */
export function missingValue(context: TokenContext, span: Span, rule: string): Message {
  const { found, before, after, open } = context;
  if (found?.image === "datatable" || found?.image === "externaldata") {
    const hint = `write \`${found.image} (name: type, …) […]\``;
    return { span, message: `the columns of \`${found.image}\` are missing`, hint };
  }
  const what = before?.image === "=" ? "a value" : (wanted[rule] ?? "a value");
  if (before === undefined) {
    const message = `a query cannot begin with ${found === undefined ? "nothing" : shown(found)}`;
    return { span, message, hint: "name a table first" };
  }
  const message = `${what} is missing ${behind(before)}`;
  if (found === undefined) return { span, message };
  if (rule === "json") return missingConstant(found, before, span);
  if (open !== undefined && open === before && clauseWords.has(found.image) && isCall(context, open)) {
    return { span: endOf(before), message: `${openingText(context, open)} is not closed`, hint: "`)` is missing here" };
  }
  if (infix.includes(found.image)) {
    return { span, message: `${what} is missing before ${shown(found)}`, hint: "name the column that it compares" };
  }
  if (isOperator(found.image) && nameUse(found.image) !== "free" && /^[=(;{]$/.test(before.image)) {
    return { span, message: `a table is missing before ${shown(found)}`, hint: `write \`Table | ${found.image} …\`` };
  }
  if (isWord(found) && nameUse(found.image) !== "free") {
    return {
      span,
      message: `${what} is missing before the keyword ${shown(found)}`,
      hint: `as a name it is written ['${found.image}']`,
    };
  }
  if (before.image === "," && (isClosing(found) || found.image === "|" || found.image === ";")) {
    return { span, message, hint: "take the comma out" };
  }
  if (found.image === "[" && (after === undefined || beginsValue(after))) {
    return { span, message, hint: "a name stands in ['…'], an array in dynamic([…])" };
  }
  if (found.image === "{" || (found.image === "<" && after !== undefined && isWord(after))) {
    return { span, message, hint: "fill in what stands for a value in braces" };
  }
  if (found.image === "=") {
    return { span, message, hint: before.image === "=" ? "`==` compares, `=` gives a name" : "take one `=` out" };
  }
  if (isClosing(found) && open === undefined) return { span, message: `\`${found.image}\` closes nothing` };
  return { span, message };
}

function missingConstant(found: IToken, before: IToken, span: Span): Message {
  const message = `a constant is missing ${behind(before)}`;
  if (isClosing(found) && before.image === ",") return { span, message, hint: "take the comma out" };
  if (!isWord(found)) return { span, message };
  return { span, message, hint: "names are not constants: `pack_array` and `bag_pack` take values" };
}

const wanted: Readonly<Record<string, string>> = {
  json: "a constant",
  letStatement: "a name",
  setStatement: "a name",
  aliasStatement: "a name",
  parameter: "a name and its type",
  column: "a column",
  pattern: "a column",
  rename: "a column",
  setting: "a setting",
  settingValue: "a value",
  as: "a name",
  render: "a kind of chart",
  range: "a column",
  count: "a name",
  parseStep: "a text or a column",
  call: "a function",
  partition: "a query in parentheses",
  fork: "a query in parentheses",
  branch: "a query in parentheses",
  macroExpand: "a name",
  path: "a column",
  scanStep: "a name",
  graphOutput: "`nodes` or `edges`",
  graphNodes: "a column",
  makeGraph: "a column",
};
