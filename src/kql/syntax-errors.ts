import { type IRecognitionException, type IToken, infixWords, nameUse, pipeOperators } from "#grammar/kql";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import { nearest } from "../diagnostics/suggest.ts";

interface Message {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

/** More findings than these help nobody. */
const limit = 20;

/** One finding for each operator that has errors: the later ones in it follow from the first. */
export function reportSyntax(
  findings: Diagnostics,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
): void {
  if (errors.length === 0) return;
  const boundaries = tokens.filter((t) => t.image === "|" || t.image === ";").map((t) => t.startOffset);
  const segment = (offset: number): number => countBefore(boundaries, offset, (boundary) => boundary);
  const reported = new Set(findings.list.map((finding) => segment(finding.start)));
  for (const error of errors) {
    if (findings.list.length >= limit) return;
    const { span, message, hint } = describe(tokens, error);
    const at = segment(span.end);
    const own = segment(span.start);
    if (reported.has(at) || reported.has(own)) continue;
    if (reported.size > 0 && /^[)\]}]$/.test(error.token.image) && opened(tokens, indexOf(tokens, error.token)))
      continue;
    reported.add(at).add(own);
    findings.add("KQL001", span, message, hint);
  }
}

/** How many of the sorted items stand before an offset. */
function countBefore<T>(items: readonly T[], offset: number, place: (item: T) => number): number {
  let low = 0;
  for (let high = items.length; low < high; ) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && place(item) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of a token in the list; -1 for the end of the text. */
function indexOf(tokens: readonly IToken[], token: IToken): number {
  const index = countBefore(tokens, token.startOffset, (other) => other.startOffset);
  return tokens[index] === token ? index : -1;
}

function describe(tokens: readonly IToken[], error: IRecognitionException): Message {
  const index = indexOf(tokens, error.token);
  const found = index < 0 ? undefined : error.token;
  const before = index < 0 ? tokens[tokens.length - 1] : tokens[index - 1];
  const after = index < 0 ? undefined : tokens[index + 1];
  const span = found === undefined ? endOf(before) : spanOf(found);
  const rule = error.context.ruleStack[error.context.ruleStack.length - 1] ?? "";
  const expected = error.message;
  const open = expected.startsWith("Right") ? openBracket(tokens, index < 0 ? tokens.length : index) : undefined;
  if (rule === "operator") return missingOperator(found, before, span);
  if (found?.image === "," && before !== undefined && isWord(before) && nameUse(before.image) !== "free") {
    return { span, message: `a value is missing ${behind(before)}` };
  }
  if (expected === "" || expected === "AssignableName" || expected === "Name" || expected === "Word") {
    return missingValue(found, before, span, rule);
  }
  return continued(found, before, after, span) ?? missingToken(expected, found, before, span, open);
}

function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}
/** The place behind the last token. */
function endOf(token: IToken | undefined): Span {
  const end = token === undefined ? 0 : token.startOffset + token.image.length;
  return { start: end, end };
}
function shown(token: IToken): string {
  const line = token.image.replace(/\s+/g, " ");
  return `\`${line.length > 40 ? `${line.slice(0, 37)}…` : line}\``;
}
function behind(token: IToken | undefined): string {
  return token === undefined ? "here" : `after ${shown(token)}`;
}
const isWord = (token: IToken): boolean => /^!?[A-Za-z_$]/.test(token.image);
const operators: readonly string[] = pipeOperators;

function missingOperator(found: IToken | undefined, before: IToken | undefined, span: Span): Message {
  if (found === undefined || !isWord(found)) {
    return {
      span,
      message: `an operator is missing ${behind(before)}`,
      hint: "such as `where`, `extend` or `summarize`",
    };
  }
  const near = nearest(found.image, operators);
  const message = `${shown(found)} is not an operator`;
  return {
    span,
    message,
    hint: near === undefined ? "a condition follows `where`, a new column `extend`" : `did you mean \`${near}\`?`,
  };
}

function missingValue(found: IToken | undefined, before: IToken | undefined, span: Span, rule: string): Message {
  const what = rule === "json" ? "a constant" : (wanted[rule] ?? "a value");
  if (before === undefined) {
    return {
      span,
      message: `a query cannot begin with ${found === undefined ? "nothing" : shown(found)}`,
      hint: "name a table first",
    };
  }
  if (found !== undefined && isWord(found) && nameUse(found.image) !== "free" && rule !== "json") {
    return {
      span,
      message: `${what} is missing before the keyword ${shown(found)}`,
      hint: `as a name it is written ['${found.image}']`,
    };
  }
  const message = `${what} is missing ${behind(before)}`;
  if (found?.image === "{") return { span, message, hint: "fill in what stands for a value in braces" };
  return { span, message };
}

const wanted: Readonly<Record<string, string>> = {
  letStatement: "a name",
  setStatement: "a name",
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
};

/** What follows is a value, a word or a bracket that cannot go on what stands before it. */
function continued(
  found: IToken | undefined,
  before: IToken | undefined,
  after: IToken | undefined,
  span: Span,
): Message | null {
  if (found === undefined || before === undefined) return null;
  const { image } = found;
  if (operators.includes(image) && before.image !== "|") {
    return { span, message: `a pipe \`|\` is missing before \`${image}\``, hint: `write \`| ${image}\`` };
  }
  if (image === "let" || image === "set") {
    return { span, message: `a semicolon is missing before \`${image}\``, hint: "every `let` ends in `;`" };
  }
  if (image === "=") return { span, message: "`=` gives a name and does not compare", hint: "`==` compares" };
  const infix: readonly string[] = infixWords;
  if (infix.includes(image)) {
    return {
      span,
      message: `${shown(found)} cannot follow ${shown(before)}`,
      hint: "put what stands before it in parentheses",
    };
  }
  if (!isWord(found)) return null;
  const lower = image.toLowerCase();
  if (infix.includes(lower))
    return { span, message: `${shown(found)} is not an operator`, hint: `write \`${lower}\` in lower case` };
  if (after === undefined || !/^["'@h([$\w]/.test(after.image)) return null;
  const near = nearest(image, infix);
  return near === undefined
    ? null
    : { span, message: `${shown(found)} is not an operator`, hint: `did you mean \`${near}\`?` };
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
  Semicolon: ";",
  Pipe: "|",
  Star: "*",
};

function missingToken(
  expected: string,
  found: IToken | undefined,
  before: IToken | undefined,
  span: Span,
  open: IToken | undefined,
): Message {
  if (open !== undefined && (found === undefined || /^[;|)\]}]$/.test(found.image))) {
    return {
      span: spanOf(open),
      message: `this \`${open.image}\` is not closed`,
      hint: `\`${spelled[expected] ?? ")"}\` is missing`,
    };
  }
  if (found !== undefined && (expected === "EOF" || open !== undefined)) {
    if (/^[)\]}]$/.test(found.image)) return { span, message: `\`${found.image}\` closes nothing` };
    if (before === undefined)
      return { span, message: `a query cannot begin with ${shown(found)}`, hint: "name a table first" };
    if (found.image === ";" || found.image === "|")
      return { span, message: `${shown(found)} cannot follow ${shown(before)}` };
    return { span, message: `an operator or a comma is missing before ${shown(found)}` };
  }
  const text = spelled[expected] ?? expected.toLowerCase();
  return { span, message: `\`${text}\` is missing ${found === undefined ? behind(before) : `before ${shown(found)}`}` };
}

/** A closing bracket has an opening one. */
function opened(tokens: readonly IToken[], index: number): boolean {
  return openBracket(tokens, index) !== undefined;
}

/** The bracket that is open before a token. */
function openBracket(tokens: readonly IToken[], index: number): IToken | undefined {
  let closed = 0;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined) break;
    if (/^[)\]}]$/.test(token.image)) closed++;
    else if (/^[([{]$/.test(token.image) && closed-- === 0) return token;
  }
  return undefined;
}
