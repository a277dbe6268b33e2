import type { ILexingResult, IMultiModeLexerDefinition, IToken, Lexer as LexerType, TokenType } from "chevrotain";
import { createToken, Lexer } from "../chevrotain.ts";
import { commandSyntax, type Syntax } from "./commands.ts";

const category = (name: string, ...parents: TokenType[]): TokenType =>
  createToken({ name, pattern: Lexer.NA, categories: parents });

/** Any token but brackets and `|`: what the arguments of a command that is not known consist of. */
export const Filler = category("Filler");
/** What may be part of the name that eval sets: the parts stand without blanks. */
export const TargetPiece = category("TargetPiece", Filler);
/** Infix operators of eval with one operand on their right; IN has a list. */
export const InfixOperator = category("InfixOperator", Filler);
/** The name of a command, known or not. */
export const AnyCommand = category("AnyCommand", Filler);

// Three languages, one lexer mode each: what follows a pipe is a command's name ("start"), what follows the name are
// words ("words") or an expression ("eval"; "inner" inside its parentheses). Brackets put a search into any of them.

export const Whitespace = createToken({
  name: "Whitespace",
  pattern: /\s+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const CommentToken = createToken({
  name: "Comment",
  pattern: /```[\s\S]*?```/,
  group: "comments",
  line_breaks: true,
});
export const UnclosedComment = createToken({ name: "UnclosedComment", pattern: /```[\s\S]*/, line_breaks: true });
/** `` `name` ``, `` `name(a, "b")` ``; a quoted argument may have a backtick. */
export const macroPattern = /`\s*[\w.:-]+\s*(?:\((?:[^`"\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*")*\)\s*)?`/;
export const MacroToken = createToken({
  name: "Macro",
  pattern: macroPattern,
  line_breaks: true,
  categories: [Filler],
});
export const UnclosedMacro = createToken({ name: "UnclosedMacro", pattern: /`[^\n]*/ });
const StartMacro = createToken({
  name: "StartMacro",
  pattern: macroPattern,
  line_breaks: true,
  pop_mode: true,
  push_mode: "words",
  categories: [MacroToken],
});
export const StringToken = createToken({
  name: "String",
  pattern: /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/,
  line_breaks: true,
  categories: [Filler],
});
export const UnclosedString = createToken({ name: "UnclosedString", pattern: /"[\s\S]*/, line_breaks: true });

export const Pipe = createToken({ name: "Pipe", pattern: "|", pop_mode: true, push_mode: "start" });
export const LeftBracket = createToken({ name: "LeftBracket", pattern: "[", push_mode: "start" });
export const RightBracket = createToken({ name: "RightBracket", pattern: "]", pop_mode: true });
export const LeftParen = createToken({ name: "LeftParen", pattern: "(", categories: [Filler] });
export const RightParen = createToken({ name: "RightParen", pattern: ")", categories: [Filler] });
export const Comma = createToken({ name: "Comma", pattern: ",", categories: [Filler] });
export const Equals = createToken({ name: "Equals", pattern: "=", categories: [InfixOperator] });
/** `==` `!=` `<=` `>=` `<` `>` */
export const Comparison = createToken({
  name: "Comparison",
  pattern: /==|!=|<=|>=|<|>/,
  categories: [InfixOperator],
});

// start

const evalCommand = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, pop_mode: true, push_mode: "eval", categories: [AnyCommand] });

export const Where = evalCommand("Where", /where(?![\w-])/i);
export const Eval = evalCommand("Eval", /eval(?![\w-])/i);
/** `head (…)`: the condition of an expression. */
export const HeadWhile = evalCommand("HeadWhile", /head(?=\s*\()/i);
export const CommandName = createToken({
  name: "CommandName",
  pattern: /[A-Za-z_]\w*/,
  pop_mode: true,
  push_mode: "words",
  categories: [AnyCommand],
});
/** What cannot begin a command. */
export const Misplaced = createToken({
  name: "Misplaced",
  pattern: /[^\s|[\]`"]/,
  pop_mode: true,
  push_mode: "words",
  categories: [Filler],
});

// words

/** A word of the search language, a field, a value: anything without blanks and signs. */
export const Word = createToken({
  name: "Word",
  pattern: /(?:\\["\\|]|<<\w+>>|!(?!=)|[^\s"`()[\]|,=<>!\\]|\\)+/,
  line_breaks: false,
  categories: [Filler],
});
/** `eval(` inside the arguments of a command. */
export const EvalOpen = createToken({
  name: "EvalOpen",
  pattern: /eval\s*\(/i,
  line_breaks: true,
  push_mode: "inner",
  categories: [Filler],
});

// eval

const InnerOpen = createToken({ name: "InnerOpen", pattern: "(", push_mode: "inner", categories: [LeftParen] });
const InnerClose = createToken({ name: "InnerClose", pattern: ")", pop_mode: true, categories: [RightParen] });
/** `<<FIELD>>` */
export const Template = createToken({ name: "Template", pattern: /<<\w+>>/, categories: [TargetPiece] });
/** A field with any characters, in single quotes. */
export const QuotedName = createToken({
  name: "QuotedName",
  pattern: /'[^'\\]*(?:\\[\s\S][^'\\]*)*'/,
  line_breaks: true,
  categories: [TargetPiece],
});
export const UnclosedName = createToken({ name: "UnclosedName", pattern: /'[^\n|]*/ });
export const NumberToken = createToken({
  name: "Number",
  pattern: /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w])/,
  categories: [TargetPiece],
});
export const Identifier = createToken({
  name: "Identifier",
  pattern: /[\w\u0080-\uffff]+/,
  categories: [TargetPiece],
});
const sign = (name: string, pattern: string): TokenType =>
  createToken({ name, pattern, categories: [TargetPiece, InfixOperator] });
export const Plus = sign("Plus", "+");
export const Minus = sign("Minus", "-");
export const Dot = sign("Dot", ".");
const Star = sign("Star", "*");
const Slash = sign("Slash", "/");
const Percent = sign("Percent", "%");
/** Any other character: part of a name that eval sets, or out of place. */
export const Other = createToken({ name: "Other", pattern: /[^\s]/, categories: [TargetPiece] });

// words that are more than words, in the commands that know them

const wordFor = (name: string, ...parents: TokenType[]): TokenType => category(name, Filler, ...parents);

export const And = wordFor("And", TargetPiece, InfixOperator);
export const Or = wordFor("Or", TargetPiece, InfixOperator);
export const Xor = wordFor("Xor", TargetPiece, InfixOperator);
export const Like = wordFor("Like", TargetPiece, InfixOperator);
export const Not = wordFor("Not", TargetPiece);
export const In = wordFor("In", TargetPiece);
/** `TERM(…)`, `CASE(…)`, `PREFIX(…)` */
export const Directive = wordFor("Directive");
export const As = wordFor("As");
export const By = wordFor("By");
export const Over = wordFor("Over");
export const From = wordFor("From");
export const WhereWord = wordFor("WhereWord");
export const Output = wordFor("Output");
export const Sortby = wordFor("Sortby");
export const With = wordFor("With");
export const ReplaceIn = wordFor("ReplaceIn");

const syntaxTypes = new Map<Syntax, TokenType>();
const namesToTypes = new Map<string, { readonly syntax: Syntax; readonly type: TokenType }>();
for (const [syntax, names] of Object.entries(commandSyntax) as [Syntax, readonly string[]][]) {
  const type =
    syntax === "where"
      ? Where
      : syntax === "eval"
        ? Eval
        : syntax === "headwhile"
          ? HeadWhile
          : category(`${syntax}Command`, AnyCommand);
  syntaxTypes.set(syntax, type);
  for (const name of names) namesToTypes.set(name.toLowerCase(), { syntax, type });
}

/** The token type of the names of commands that are read in one way. */
export function commandType(syntax: Syntax): TokenType {
  const type = syntaxTypes.get(syntax);
  if (type === undefined) throw new Error(`no syntax ${syntax}`);
  return type;
}

const anywhere = [Whitespace, CommentToken, UnclosedComment];
const quotes = [StringToken, UnclosedString];
const brackets = [Pipe, LeftBracket, RightBracket];
const operators = [Comparison, Equals, Plus, Minus, Dot, Star, Slash, Percent];
const expression = [
  ...anywhere,
  MacroToken,
  UnclosedMacro,
  ...quotes,
  ...brackets,
  Comma,
  Template,
  QuotedName,
  UnclosedName,
  NumberToken,
  Identifier,
  ...operators,
];

/** Nothing: the mode in which a text begins stays below the others, for Chevrotain cannot replace the last one. */
const Begin = createToken({ name: "Begin", pattern: /(?=[\s\S])/, group: Lexer.SKIPPED, push_mode: "words" });

const definition: IMultiModeLexerDefinition = {
  modes: {
    begin: [Begin],
    start: [
      ...anywhere,
      StartMacro,
      UnclosedMacro,
      ...quotes,
      ...brackets,
      Where,
      Eval,
      HeadWhile,
      CommandName,
      Misplaced,
    ],
    words: [
      ...anywhere,
      MacroToken,
      UnclosedMacro,
      ...quotes,
      ...brackets,
      LeftParen,
      RightParen,
      Comma,
      EvalOpen,
      Word,
      Comparison,
      Equals,
    ],
    eval: [...expression, InnerOpen, RightParen, Other],
    inner: [...expression, InnerOpen, InnerClose, Other],
  },
  defaultMode: "begin",
};

/** All token types, for the parser. */
export const vocabulary: TokenType[] = [
  ...new Set([
    ...Object.values(definition.modes).flat(),
    ...syntaxTypes.values(),
    Filler,
    TargetPiece,
    InfixOperator,
    AnyCommand,
    And,
    Or,
    Xor,
    Like,
    Not,
    In,
    Directive,
    As,
    By,
    Over,
    From,
    WhereWord,
    Output,
    Sortby,
    With,
    ReplaceIn,
  ]),
];

let lexer: LexerType | undefined;

/**
 * The tokens of an SPL text, commands and the words that a command knows told from other words, comments in
 * `groups.comments`. Of positions they have offsets only; `endOffset` is that of the last character.
 */
export function tokenize(text: string): ILexingResult {
  lexer ??= new Lexer(definition, { positionTracking: "onlyOffset", skipValidations: true });
  const result = lexer.tokenize(text);
  for (const token of result.tokens) token.endOffset = token.startOffset + token.image.length - 1;
  giveRoles(result.tokens);
  return result;
}

function retype(token: IToken, type: TokenType): void {
  if (type.tokenTypeIdx === undefined) return;
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx;
}

/** The words that a syntax knows, in small letters. */
const known: Readonly<Partial<Record<Syntax, Readonly<Record<string, TokenType>>>>> = {
  stats: { as: As, by: By },
  tstats: { as: As, by: By, groupby: By, from: From, where: WhereWord },
  chart: { as: As, by: By, over: Over, where: WhereWord },
  top: { by: By },
  rename: { as: As },
  dedup: { sortby: Sortby },
  bin: { as: As },
  convert: { as: As },
  lookup: { as: As, output: Output, outputnew: Output },
  inputlookup: { where: WhereWord },
  replace: { with: With, in: ReplaceIn },
};

const evalWords: Readonly<Record<string, TokenType>> = { and: And, or: Or, xor: Xor, not: Not, in: In, like: Like };
/** The operators of the search language are written in capitals. */
const searchWords: Readonly<Record<string, TokenType>> = { AND: And, OR: Or, NOT: Not };

/** The command whose arguments are being read, and whether they are conditions of the search language by now. */
interface Place {
  syntax: Syntax | null;
  conditions: boolean;
  /** Inside `TERM(…)`, where a word is a word. */
  verbatim: boolean;
}

const placeIn = (syntax: Syntax | null, conditions = false): Place => ({ syntax, conditions, verbatim: false });

function giveRoles(tokens: readonly IToken[]): void {
  const places: Place[] = [];
  let place = placeIn("search", true);
  for (const [index, token] of tokens.entries()) {
    switch (token.tokenType) {
      case LeftBracket:
        places.push(place);
        place = placeIn(null);
        break;
      case RightBracket:
        place = places.pop() ?? place;
        break;
      case RightParen:
        place.verbatim = false;
        break;
      case Pipe:
        place = placeIn(null);
        break;
      case Where:
        place = placeIn("where");
        break;
      case Eval:
        place = placeIn("eval");
        break;
      case HeadWhile:
        place = placeIn("headwhile");
        break;
      case CommandName: {
        const found = namesToTypes.get(token.image.toLowerCase());
        if (found !== undefined) retype(token, found.type);
        const syntax = found?.syntax ?? null;
        place = placeIn(syntax, syntax === "search" || syntax === "transaction");
        break;
      }
      case Identifier: {
        const type = ownValue(evalWords, token.image.toLowerCase());
        if (type !== undefined) retype(token, type);
        break;
      }
      case Word:
        if (index === 0 && token.image.toLowerCase() === "search" && !isOperator(tokens[1])) {
          retype(token, commandType("search"));
        } else giveWordRole(token, tokens[index + 1], place);
        break;
    }
  }
}

function isOperator(token: IToken | undefined): boolean {
  return token?.tokenType === Equals || token?.tokenType === Comparison;
}

function giveWordRole(token: IToken, next: IToken | undefined, place: Place): void {
  if (place.verbatim) return;
  if (place.conditions) {
    const type = ownValue(searchWords, token.image);
    if (type !== undefined) {
      retype(token, type);
      return;
    }
    const opens = next?.tokenType === LeftParen;
    if (opens && token.image.toLowerCase() === "in") {
      retype(token, In);
      return;
    }
    if (
      opens &&
      next.startOffset === token.startOffset + token.image.length &&
      /^(?:TERM|CASE|PREFIX)$/.test(token.image)
    ) {
      retype(token, Directive);
      place.verbatim = true;
      return;
    }
  }
  const words = place.syntax === null ? undefined : known[place.syntax];
  const type = words === undefined ? undefined : ownValue(words, token.image.toLowerCase());
  if (type === undefined) return;
  retype(token, type);
  place.conditions = type === WhereWord && place.syntax !== "chart";
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Makes the command of a name one that is not known, so that its arguments are kept as they are written. */
export function forgetCommand(token: IToken): void {
  retype(token, CommandName);
}

/** Begins a command: its name. */
export function isCommand(token: IToken): boolean {
  return token.tokenType === CommandName || token.tokenType.CATEGORIES?.includes(AnyCommand) === true;
}
