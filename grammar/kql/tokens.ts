import type { ILexingResult, IToken, ITokenConfig, Lexer as LexerType, TokenType } from "chevrotain";
import { createToken, Lexer } from "../chevrotain.ts";
import { assignableWords, freeWords, negatedWords, reservedWords, typeWords } from "./keywords.ts";

/**
 * A token type that no text has by itself. Its categories are plain data until the lexer is built, which works out all of
 * them at once: done for each of some hundred words, that takes longer than reading a query.
 */
const untexted = (name: string, parents: readonly TokenType[]): TokenType => ({
  name,
  PATTERN: Lexer.NA,
  CATEGORIES: [...parents],
});
const category = (name: string, ...parents: TokenType[]): TokenType => untexted(name, parents);

/** A token type by its pattern. */
function lexed(config: ITokenConfig, ...categories: TokenType[]): TokenType {
  const type = createToken(config);
  type.CATEGORIES = categories;
  return type;
}

/** Any word: after a dot, and as the value of a parameter. */
export const Word = category("Word");
/** What may stand before the parentheses of a call. */
export const CallableName = category("CallableName", Word);
/** What may stand before `=`. */
export const AssignableName = category("AssignableName", CallableName);
/** What may name something anywhere. */
export const Name = category("Name", AssignableName);
/** Infix operators with an operand on their right; `in` and `between` have rules of their own. */
export const BinaryOperator = category("BinaryOperator");
export const InOperator = category("InOperator");
export const BetweenOperator = category("BetweenOperator");
export const Sign = category("Sign");
/** `long(1)`, `1d`, `1.5`, `true`: one token that is a value. */
export const Scalar = category("Scalar");
export const Text = category("Text");

export type KeywordText =
  | (typeof freeWords)[number]
  | (typeof assignableWords)[number]
  | (typeof typeWords)[number]
  | (typeof reservedWords)[number]
  | (typeof negatedWords)[number];

const infix: readonly string[] = [
  "and",
  "or",
  "contains",
  "!contains",
  "contains_cs",
  "containscs",
  "!contains_cs",
  "notcontains",
  "notcontainscs",
  "startswith",
  "!startswith",
  "startswith_cs",
  "!startswith_cs",
  "endswith",
  "!endswith",
  "endswith_cs",
  "!endswith_cs",
  "has",
  "!has",
  "has_cs",
  "!has_cs",
  "hasprefix",
  "!hasprefix",
  "hasprefix_cs",
  "!hasprefix_cs",
  "hassuffix",
  "!hassuffix",
  "hassuffix_cs",
  "!hassuffix_cs",
  "matches regex",
  "like",
  "notlike",
  "likecs",
  "notlikecs",
];
const listInfix: readonly string[] = ["in", "!in", "in~", "!in~", "has_any", "has_all"];

function roles(word: string, parent: TokenType | undefined): TokenType[] {
  const all = parent === undefined ? [] : [parent];
  if (infix.includes(word)) all.push(BinaryOperator);
  if (listInfix.includes(word)) all.push(InOperator);
  if (word === "between" || word === "!between") all.push(BetweenOperator);
  return all;
}

const keywordTypes = new Map<string, TokenType>();
for (const [words, parent] of [
  [freeWords, Name],
  [assignableWords, AssignableName],
  [typeWords, CallableName],
  [reservedWords, Word],
  [negatedWords, undefined],
] as const) {
  for (const word of words) {
    keywordTypes.set(word, untexted(word.toUpperCase(), roles(word, parent)));
  }
}

/** The token type of a keyword; its name is the word in capitals. */
export function keyword(text: KeywordText): TokenType {
  const type = keywordTypes.get(text);
  if (type === undefined) throw new Error(`no keyword ${text}`);
  return type;
}

/** How far a word may be used as a name without brackets. */
export function nameUse(word: string): "free" | "assignable" | "callable" | "reserved" {
  const type = keywordTypes.get(word);
  if (type === undefined) return /^(?:true|True|TRUE|false|False|FALSE)$/.test(word) ? "reserved" : "free";
  const categories = type.CATEGORIES ?? [];
  if (categories.includes(Name)) return "free";
  if (categories.includes(AssignableName)) return "assignable";
  return categories.includes(CallableName) ? "callable" : "reserved";
}

const simple = (name: string, pattern: string, ...categories: TokenType[]): TokenType =>
  lexed({ name, pattern }, ...categories);

const quoted = String.raw`"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"|'[^'\\\r\n]*(?:\\[^\r\n][^'\\\r\n]*)*'|@"[^"\r\n]*(?:""[^"\r\n]*)*"|@'[^'\r\n]*(?:''[^'\r\n]*)*'`;
const unit =
  "micro(?:seconds?|s)?|milli(?:seconds?|s)?|nano(?:seconds?|s)?|ticks?|sec(?:onds?)?|min(?:utes?)?|ms|hours?|hrs?|days?|[dhms]";
const typed = "bool|datetime|date|decimal|double|guid|int32|int64|int|long|real|timespan|time";

// Where each token may begin: Chevrotain would work it out from the patterns, which takes longer than reading a query.
const digits = [..."0123456789"];
const lowerCase = [..."abcdefghijklmnopqrstuvwxyz"];
const upperCase = lowerCase.map((letter) => letter.toUpperCase());
const blanks = [
  ..."\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff",
];

export const Whitespace = createToken({
  name: "Whitespace",
  start_chars_hint: blanks,
  pattern: /[\s\u200b]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const CommentToken = createToken({
  name: "Comment",
  start_chars_hint: ["/"],
  pattern: /\/\/[^\r\n]*/,
  group: "comments",
});
/** `#connect …`: a line for a client program, before the query. */
export const DirectiveToken = createToken({
  name: "Directive",
  start_chars_hint: ["#"],
  pattern: /#[^\r\n]*/,
  group: "directives",
});

export const MultiLineString = lexed(
  {
    name: "MultiLineString",
    start_chars_hint: ["h", "H", "`", "~"],
    pattern: /[hH]?(?:```[\s\S]*?```|~~~[\s\S]*?~~~)/,
    line_breaks: true,
  },
  Text,
);
export const StringToken = lexed(
  {
    name: "String",
    start_chars_hint: ['"', "'", "@", "h", "H"],
    pattern: new RegExp(`[hH]?(?:${quoted})`),
  },
  Text,
);
/** A string without its end: the rest of the line, or of the text for a multi-line string. */
export const UnclosedString = lexed(
  {
    name: "UnclosedString",
    start_chars_hint: ['"', "'", "@", "h", "H", "`", "~"],
    pattern: /[hH]?(?:@?["'][^\r\n]*|(?:```|~~~)[\s\S]*)/,
    line_breaks: true,
  },
  Text,
);
/** `['a b']`: a name with any characters, or an index by a text. */
export const BracketedName = lexed(
  {
    name: "BracketedName",
    start_chars_hint: ["["],
    pattern: new RegExp(String.raw`\[\s*(?:${quoted})\s*\]`),
    line_breaks: true,
  },
  Name,
);
/** A type and its value: `datetime(2020-01-01)`. */
export const TypedLiteral = lexed(
  {
    name: "TypedLiteral",
    start_chars_hint: [..."bdgilrt"],
    pattern: new RegExp(String.raw`(?:${typed})\([^()\r\n]*\)`),
  },
  Scalar,
);
/** `74be27de-…` without `guid(…)` around it, which is refused by a message. */
export const RawGuidToken = lexed(
  {
    name: "RawGuid",
    start_chars_hint: [...digits, ..."abcdefABCDEF"],
    pattern: /[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![A-Za-z0-9_])/,
  },
  Scalar,
);
export const TimespanToken = lexed(
  {
    name: "Timespan",
    start_chars_hint: digits,
    pattern: new RegExp(String.raw`\d+(?:\.\d+)?(?:${unit})(?![A-Za-z0-9_])`),
  },
  Scalar,
);
export const RealToken = lexed(
  {
    name: "Real",
    start_chars_hint: digits,
    pattern: /\d+(?:\.(?!\.)\d*(?:[eE][+-]?\d+)?|[eE][+-]?\d+)(?![A-Za-z0-9_])/,
  },
  Scalar,
);
export const LongToken = lexed(
  {
    name: "Long",
    start_chars_hint: digits,
    pattern: /(?:0[xX][0-9a-fA-F]+|\d+)(?![A-Za-z0-9_])/,
  },
  Scalar,
);
export const BoolToken = lexed(
  {
    name: "Bool",
    start_chars_hint: [..."tTfF"],
    pattern: /(?:true|True|TRUE|false|False|FALSE)(?![A-Za-z0-9_])/,
  },
  Scalar,
);
const HyphenWord = createToken({
  name: "HyphenWord",
  start_chars_hint: lowerCase,
  pattern: new RegExp(
    `(?:${[...reservedWords, ...assignableWords].filter((w) => w.includes("-")).join("|")}|matches regex|in~)(?![A-Za-z0-9_])`,
  ),
});
export const Identifier = lexed(
  {
    name: "Identifier",
    start_chars_hint: ["$", "_", ...digits, ...lowerCase, ...upperCase],
    pattern: /\$?[A-Za-z0-9_]+/,
  },
  Name,
);
const NegatedWord = createToken({
  name: "NegatedWord",
  start_chars_hint: ["!"],
  pattern: /![A-Za-z][A-Za-z_]*~?/,
});

export const Semicolon = simple("Semicolon", ";");
export const Pipe = simple("Pipe", "|");
export const LeftParen = simple("LeftParen", "(");
export const RightParen = simple("RightParen", ")");
export const LeftBracket = simple("LeftBracket", "[");
export const RightBracket = simple("RightBracket", "]");
export const LeftBrace = simple("LeftBrace", "{");
export const RightBrace = simple("RightBrace", "}");
export const Comma = simple("Comma", ",");
export const DotDot = simple("DotDot", "..");
export const Dot = simple("Dot", ".");
export const Colon = simple("Colon", ":", BinaryOperator);
export const Plus = simple("Plus", "+", Sign, BinaryOperator);
export const Minus = simple("Minus", "-", Sign, BinaryOperator);
export const Star = simple("Star", "*", BinaryOperator);
const Slash = simple("Slash", "/", BinaryOperator);
const Percent = simple("Percent", "%", BinaryOperator);
/** `==` `!=` `<>` `=~` `!~` `<=` `>=` `<` `>` */
export const Comparison = lexed(
  {
    name: "Comparison",
    start_chars_hint: [..."=!<>"],
    pattern: /==|!=|<>|=~|!~|<=|>=|<|>/,
  },
  BinaryOperator,
);
/** `=>` before the assignments of a step of scan. */
export const Arrow = simple("Arrow", "=>");
export const Equals = simple("Equals", "=");

const texted: TokenType[] = [
  Whitespace,
  CommentToken,
  DirectiveToken,
  MultiLineString,
  StringToken,
  UnclosedString,
  BracketedName,
  TypedLiteral,
  RawGuidToken,
  TimespanToken,
  RealToken,
  LongToken,
  BoolToken,
  HyphenWord,
  Identifier,
  NegatedWord,
  Semicolon,
  Pipe,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  DotDot,
  Dot,
  Colon,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
  Comparison,
  Arrow,
  Equals,
];

/** All token types, for the parser. */
export const vocabulary: TokenType[] = [
  ...texted,
  ...keywordTypes.values(),
  Word,
  CallableName,
  AssignableName,
  Name,
  BinaryOperator,
  InOperator,
  BetweenOperator,
  Sign,
  Scalar,
  Text,
];

let lexer: LexerType | undefined;

/**
 * The tokens of a KQL text, keywords told from other words, comments in `groups.comments`, lines for client programs in
 * `groups.directives`. Of positions they have
 * offsets only; `endOffset` is that of the last character.
 */
export function tokenize(text: string): ILexingResult {
  lexer ??= new Lexer(vocabulary, { positionTracking: "onlyOffset", ensureOptimizations: true, skipValidations: true });
  const result = lexer.tokenize(text);
  for (const token of result.tokens) {
    token.endOffset = token.startOffset + token.image.length - 1;
    const type = token.tokenType;
    if (type === Identifier || type === HyphenWord || type === NegatedWord) retype(token);
  }
  return result;
}

/** A token that may stand for a table, an operator and a statement: the word `count`, under another image. */
export function placeholder(startOffset: number, image: string): IToken {
  const tokenType = keyword("count");
  return { image, startOffset, endOffset: startOffset, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0 };
}

function retype(token: IToken): void {
  const type = keywordTypes.get(token.image);
  if (type?.tokenTypeIdx === undefined) return;
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx;
}
