import { commandNames, type IRecognitionException, type IToken, isCommand } from "#grammar/spl";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import { nearest } from "../diagnostics/suggest.ts";
import type { Expansion } from "./macros.ts";

interface Message {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

/** More findings than these help nobody. */
const limit = 20;

/** One finding for each command that has errors: the later ones in it follow from the first. */
export function reportSyntax(
  findings: Diagnostics,
  expansion: Expansion,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
): void {
  const boundaries = tokens.filter((t) => isBoundary(t)).map((t) => t.startOffset);
  const segment = (offset: number): number => boundaries.filter((boundary) => boundary < offset).length;
  const reported = new Set<number>();
  for (const error of errors) {
    if (findings.list.length >= limit) return;
    const { span, message, hint } = describe(tokens, error);
    const at = segment(span.end);
    const own = segment(span.start);
    if (reported.has(at) || reported.has(own)) continue;
    if (reported.size > 0 && /^[)\]]$/.test(error.token.image)) continue;
    reported.add(at).add(own);
    const macro = expansion.macroAt(span.start);
    const within = macro === null ? "" : ` (in the macro \`${macro}\`)`;
    findings.add("SPL001", expansion.origin(span), `${message}${within}`, hint);
  }
}

function isBoundary(token: IToken): boolean {
  return token.tokenType.name === "Pipe" || token.tokenType.name === "LeftBracket";
}

/** The command in which a token stands, and whether macros are among its arguments. */
export interface CommandRange {
  readonly name: IToken;
  readonly hasMacro: boolean;
}

/** The innermost command around a token; undefined for the first one without a name. */
export function commandOf(tokens: readonly IToken[], token: IToken): CommandRange | undefined {
  const place = tokens.indexOf(token);
  const end = place < 0 ? tokens.length : place;
  const open: (IToken | undefined)[] = [];
  let name: IToken | undefined;
  for (const [index, t] of tokens.entries()) {
    if (index > end) break;
    if (isCommand(t)) name = t;
    else if (index === end) break;
    else if (t.tokenType.name === "LeftBracket") {
      open.push(name);
      name = undefined;
    } else if (t.tokenType.name === "RightBracket") name = open.pop();
    else if (t.tokenType.name === "Pipe") name = undefined;
  }
  return name === undefined ? undefined : { name, hasMacro: hasMacro(tokens, tokens.indexOf(name)) };
}

function hasMacro(tokens: readonly IToken[], from: number): boolean {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    switch (tokens[i]?.tokenType.name) {
      case "LeftBracket":
        depth++;
        break;
      case "RightBracket":
        if (--depth < 0) return false;
        break;
      case "Pipe":
        if (depth === 0) return false;
        break;
      case "Macro":
        if (depth === 0) return true;
        break;
    }
  }
  return false;
}

function describe(tokens: readonly IToken[], error: IRecognitionException): Message {
  const place = tokens.indexOf(error.token);
  const found = place < 0 ? undefined : error.token;
  const before = place < 0 ? tokens[tokens.length - 1] : tokens[place - 1];
  const span = found === undefined ? behindOf(before) : spanOf(found);
  const rule = error.context.ruleStack[error.context.ruleStack.length - 1] ?? "";
  if (rule === "command") return missingCommand(found, before, span);
  const open = openBracket(tokens, place < 0 ? tokens.length : place);
  if (open !== undefined && (found === undefined || /^[|)\]]$/.test(found.image)) && !closes(open, found)) {
    const closing = open.image.endsWith("[") ? "]" : ")";
    return { span: spanOf(open), message: `this ${shown(open)} is not closed`, hint: `\`${closing}\` is missing` };
  }
  if (found !== undefined && /^[)\]]$/.test(found.image) && open === undefined) {
    return { span, message: `\`${found.image}\` closes nothing` };
  }
  if (found?.tokenType.name === "Macro") {
    return {
      span,
      message: `the macro ${shown(found)} cannot stand here`,
      hint: "name the file of the macros, so that it is expanded",
    };
  }
  if (error.message === "" || wantsName.has(error.message)) return missingPart(found, before, span, rule);
  return missingToken(error.message, found, before, span);
}

const wantsName = new Set(["Word", "String", "Identifier", "TargetPiece", "Number", "StringToken"]);

function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}
/** The place behind a token. */
function behindOf(token: IToken | undefined): Span {
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

function missingCommand(found: IToken | undefined, before: IToken | undefined, span: Span): Message {
  if (found === undefined || /^[|\])]$/.test(found.image)) {
    const hint = found?.image === "|" ? "OR joins two conditions" : undefined;
    const message = `a command is missing ${behind(before)}`;
    return hint === undefined ? { span, message } : { span, message, hint };
  }
  return { span, message: `${shown(found)} is not a command`, hint: "terms follow `search`" };
}

/** What is needed at the place of an error, by the rule of the grammar. */
const wanted: Readonly<Record<string, string>> = {
  term: "a condition",
  comparedValue: "a value",
  list: "a value",
  value: "a value",
  name: "a name",
  named: "a name",
  operand: "a value",
  target: "a field to set",
  setting: "a value",
  edge: "a value or a condition",
  call: "a field",
};

function missingPart(found: IToken | undefined, before: IToken | undefined, span: Span, rule: string): Message {
  const what = wanted[rule] ?? "a value";
  const message = `${what} is missing ${before === undefined && found !== undefined ? `before ${shown(found)}` : behind(before)}`;
  const hint = found === undefined ? undefined : signHint(found, rule);
  return hint === undefined ? { span, message } : { span, message, hint };
}

function signHint(found: IToken, rule: string): string | undefined {
  if (found.tokenType.name === "Not" || found.tokenType.name === "In")
    return "NOT stands before the field: `NOT field IN (…)`";
  if (found.image === "&") return "AND joins two conditions";
  if (found.image === "!") return "NOT negates a condition";
  if (rule === "comparedValue" && found.image === "(") return "several values: `field IN (a, b)`";
  if (/^[“”„‘’]/.test(found.image)) return 'a text stands in straight quotes, "…"';
  if (/^[[{}@#$:;?\\~^]$/.test(found.image))
    return "a field with other characters than letters and digits stands in '…'";
  if (found.image === "=" && rule === "operand") return "one = is enough";
  return undefined;
}

const spelled: Readonly<Record<string, string>> = {
  LeftParen: "(",
  RightParen: ")",
  LeftBracket: "[",
  RightBracket: "]",
  Comma: ",",
  Equals: "=",
  Pipe: "|",
  With: "with",
  As: "as",
  By: "by",
};

function missingToken(expected: string, found: IToken | undefined, before: IToken | undefined, span: Span): Message {
  if (found !== undefined && (expected === "EOF" || expected.startsWith("Right"))) {
    const hint = signHint(found, "operand") ?? commandHint(found, before);
    const message = `${shown(found)} cannot follow ${before === undefined ? "nothing" : shown(before)}`;
    return hint === undefined ? { span, message } : { span, message, hint };
  }
  const text = spelled[expected] ?? expected.toLowerCase();
  return { span, message: `\`${text}\` is missing ${found === undefined ? behind(before) : `before ${shown(found)}`}` };
}

/** A command without its pipe, or an operator that is misspelled. */
function commandHint(found: IToken, before: IToken | undefined): string | undefined {
  const word = found.image.toLowerCase();
  if (found.tokenType.name === "Identifier" && before?.image !== "|") {
    if (commandNames.includes(word)) return `a pipe is missing: \`| ${word}\``;
    const near = nearest(word, ["and", "or", "xor", "in", "like"]);
    return near === undefined ? "an operator or a comma is missing" : `did you mean \`${near.toUpperCase()}\`?`;
  }
  return undefined;
}

/** The bracket that is open before a token. */
function openBracket(tokens: readonly IToken[], index: number): IToken | undefined {
  let closed = 0;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined) break;
    if (/^[)\]]$/.test(token.image)) closed++;
    else if (/^(?:eval\s*)?[([]$/i.test(token.image) && closed-- === 0) return token;
  }
  return undefined;
}

function closes(open: IToken, token: IToken | undefined): boolean {
  return token !== undefined && token.image === (open.image.endsWith("[") ? "]" : ")");
}
