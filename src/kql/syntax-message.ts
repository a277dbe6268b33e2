import { type IRecognitionException, type IToken, nameUse, pipeOperators } from "#grammar/kql";
import type { Span } from "../diagnostics/source.ts";
import { nearest } from "../diagnostics/suggest.ts";
import { behind, clauseWords, infix, infront, type Message, missingPart, missingValue } from "./syntax-missing.ts";
import {
  beginsValue,
  contextOf,
  endOf,
  isCall,
  isClosing,
  isOperator,
  isWord,
  openingText,
  shown,
  spanOf,
  type TokenContext,
} from "./token-context.ts";

/** What is wrong where the grammar's parser stopped, in the words of the language. */
export function describe(text: string, tokens: readonly IToken[], error: IRecognitionException): Message {
  const context = contextOf(text, tokens, error.token);
  const { found, before } = context;
  const span = found === undefined ? endOf(before) : spanOf(found);
  const rule = error.context.ruleStack[error.context.ruleStack.length - 1] ?? "";
  const expected = error.message;
  if (rule === "operator") return missingOperator(context, span);
  const comment = blockComment(context);
  if (comment !== null) return comment;
  if (found?.image === "," && before !== undefined && isWord(before) && nameUse(before.image) !== "free") {
    return { span, message: `a value is missing ${behind(before)}` };
  }
  const particular = missingPart(context, rule, expected, span);
  if (particular !== null) return particular;
  if (expected === "" || /^(?:AssignableName|CallableName|Name|Word)$/.test(expected)) {
    return missingValue(context, span, rule);
  }
  return unclosed(context, expected, span) ?? continued(context, span) ?? missingToken(context, expected, span);
}

/** A comment as other languages write it. */
function blockComment({ tokens, index }: TokenContext): Message | null {
  const star = [index, index - 1].find((at) => tokens[at]?.image === "*" && tokens[at - 1]?.image === "/");
  const slash = star === undefined ? undefined : tokens[star - 1];
  if (slash === undefined) return null;
  const span = { start: slash.startOffset, end: slash.startOffset + 2 };
  return { span, message: "`/*` begins no comment", hint: "a comment starts with // and ends with its line" };
}

function missingOperator({ found, before, after }: TokenContext, span: Span): Message {
  if (found === undefined || !isWord(found)) {
    const hint = "such as `where`, `extend` or `summarize`";
    return { span, message: `an operator is missing ${behind(before)}`, hint };
  }
  const message = `${shown(found)} is not an operator`;
  const near = found.image.length < 3 ? undefined : nearest(found.image, pipeOperators);
  if (near !== undefined) return { span, message, hint: `did you mean \`${near}\`?` };
  const name = shown(found).slice(1, -1);
  if (after?.image === "=") return { span, message, hint: `write \`extend ${name} = …\` for a new column` };
  if (after !== undefined && (after.image === "(" || infix.includes(after.image) || /^[=!<>]/.test(after.image))) {
    return { span, message, hint: `write \`where\` before a condition` };
  }
  return { span, message, hint: "a condition follows `where`, a new column `extend`" };
}

const closes: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A bracket that should be closed where reading stopped. */
function unclosed(context: TokenContext, expected: string, span: Span): Message | null {
  const { found, before, open } = context;
  const close = open === undefined ? undefined : closes[open.image];
  if (open === undefined || close === undefined || !/^(?:Right|Comma|DotDot)/.test(expected)) return null;
  if (found !== undefined && isClosing(found) && found.image !== close) {
    const message = `${shown(found)} closes nothing here`;
    return { span, message, hint: `${openingText(context, open)} is open: close it with \`${close}\`` };
  }
  const ends = found === undefined || /^[;|]$/.test(found.image) || clauseWords.has(found.image);
  if (!ends || (expected === "DotDot" && found !== undefined)) return null;
  return {
    span: endOf(before),
    message: `${openingText(context, open)} is not closed`,
    hint: `\`${close}\` is missing here`,
  };
}

/** What follows is a value, a word or a bracket that cannot go on what stands before it. */
function continued(context: TokenContext, span: Span): Message | null {
  const { found, before, after, operator } = context;
  if (found === undefined || before === undefined) return null;
  const { image } = found;
  if (isOperator(image) && before.image !== "|" && image !== "as") {
    return { span, message: `a pipe \`|\` is missing before \`${image}\``, hint: `write \`| ${image}\`` };
  }
  if (image === "let" || image === "set") {
    return { span, message: `a semicolon is missing before \`${image}\``, hint: `every \`${image}\` ends in \`;\`` };
  }
  if (image === "=") return unexpectedEquals(context, span);
  if (infix.includes(image)) {
    const message = `${shown(found)} cannot follow ${shown(before)}`;
    return { span, message, hint: "put what stands before it in parentheses" };
  }
  if (!isWord(found)) return null;
  if (clauseWords.has(image)) {
    const message = `${shown(found)} cannot follow ${shown(before)}`;
    return image === "as" ? { span, message, hint: "a name stands in front: `name = value`" } : { span, message };
  }
  if (image[0] === "!") {
    return { span, message: `${shown(found)} is not an operator`, hint: "`not(…)` negates a condition" };
  }
  const lower = image.toLowerCase();
  if (infix.includes(lower)) {
    return { span, message: `${shown(found)} is not an operator`, hint: `write \`${lower}\` in lower case` };
  }
  if (after === undefined || !beginsValue(after)) return null;
  if ((image === "starts" || image === "ends") && after.image === "with") {
    return { span, message: `${shown(found)} is not an operator`, hint: `did you mean \`${image}with\`?` };
  }
  if (image === "matches") {
    return { span, message: `${shown(found)} is not an operator`, hint: "write `matches regex`, with one blank" };
  }
  if (image === "is" || image === "not") {
    const negated = infix.includes(`!${after.image}`) ? `write \`!${after.image}\`` : undefined;
    const hint = negated ?? "write `isnull(…)`, `isempty(…)` or `not(…)`";
    return { span, message: `${shown(found)} is not an operator`, hint };
  }
  const near = nearest(image, operator === undefined ? infix : [...infix, ...clauseWords]);
  if (near === undefined) return null;
  return { span, message: `${shown(found)} is not an operator`, hint: `did you mean \`${near}\`?` };
}

/** Operators whose expressions may have names before `=`. */
const naming = new Set(["extend", "project", "summarize", "distinct", "print", "mv-expand", "mv-apply", "make-series"]);

function unexpectedEquals({ tokens, index, operator }: TokenContext, span: Span): Message {
  if (operator === undefined || !naming.has(operator)) {
    return { span, message: "`=` gives a name and does not compare", hint: "`==` compares" };
  }
  let first = index;
  while (
    first > 0 &&
    /^(?:[\w.-]+|\s)$/.test(tokens[first - 1]?.image ?? "") &&
    tokens[first - 1]?.image !== operator
  ) {
    first--;
  }
  const name = tokens.slice(first, index);
  const start = name[0]?.startOffset ?? span.start;
  if (name.length < 2)
    return { span, message: "`=` cannot follow a value", hint: "`==` compares; a name stands alone before `=`" };
  const text = name.map((token) => token.image).join("");
  const quoted = `write ['${text}']`;
  return { span: { start, end: endOf(tokens[index - 1]).end }, message: `\`${text}\` is not a name`, hint: quoted };
}

const spelled: Readonly<Record<string, string>> = {
  LeftParen: "(",
  RightParen: ")",
  LeftBracket: "[",
  RightBracket: "]",
  LeftBrace: "{",
  RightBrace: "}",
  Comma: ",",
  Colon: ":",
  Equals: "=",
  DotDot: "..",
  Dot: ".",
  Semicolon: ";",
  Pipe: "|",
  Star: "*",
  Minus: "-",
  Comparison: "<",
};

function missingToken(context: TokenContext, expected: string, span: Span): Message {
  const { found, before, open } = context;
  if (found !== undefined && (expected === "EOF" || open !== undefined)) {
    if (isClosing(found) && open === undefined) return { span, message: `\`${found.image}\` closes nothing` };
    if (before === undefined) {
      return { span, message: `a query cannot begin with ${shown(found)}`, hint: "name a table first" };
    }
    if (found.image === ";" || found.image === "|") {
      return { span, message: `${shown(found)} cannot follow ${shown(before)}` };
    }
    if (expected === "EOF" || /^Right/.test(expected)) return missingSeparator(context, found, before, span);
  }
  return { span, message: `\`${spelled[expected] ?? expected.toLowerCase()}\` is missing ${infront(found, before)}` };
}

/** Two values side by side: a comma is missing in a list, an operator in a condition, a semicolon between queries. */
function missingSeparator(context: TokenContext, found: IToken, before: IToken, span: Span): Message {
  const { after, open, operator } = context;
  if (before.image === "not") {
    return { span, message: "`(` is missing after `not`", hint: "write `not(…)`" };
  }
  if (!beginsValue(found) || found.image === "(") {
    return { span, message: `${shown(found)} cannot follow ${shown(before)}` };
  }
  const gap = context.text.slice(endOf(before).end, found.startOffset);
  if (open === undefined && after?.image === "|" && isWord(found) && gap.includes("\n")) {
    return { span, message: `a semicolon is missing before ${shown(found)}`, hint: "`;` separates queries" };
  }
  const inList = open !== undefined && operator === undefined ? open.image !== "(" || isCall(context, open) : false;
  if (operator === "summarize" && open === undefined) {
    return { span, message: `a comma or \`by\` is missing before ${shown(found)}` };
  }
  if (inList || (operator !== undefined && listing.has(operator))) {
    return { span, message: `a comma is missing before ${shown(found)}` };
  }
  if (operator === "where" || operator === "filter" || open !== undefined) {
    const hint = "such as `and`, `==` or `has`";
    return { span, message: `an operator is missing before ${shown(found)}`, hint };
  }
  return { span, message: `an operator, a comma or a semicolon is missing before ${shown(found)}` };
}

/** Operators whose items have commas between them. */
const listing = new Set([
  ...naming,
  "project-away",
  "project-keep",
  "project-rename",
  "project-reorder",
  "project-by-names",
  "sort",
  "order",
  "union",
]);
