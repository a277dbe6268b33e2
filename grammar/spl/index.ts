import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import { SplParser, TooManyErrors } from "./parser.ts";

export type { CstElement, CstNode, ILexingError, IRecognitionException, IToken } from "chevrotain";
export { commandNames, commandSyntax, generatingCommands } from "./commands.ts";
export { forgetCommand, isCommand, macroPattern, tokenize } from "./tokens.ts";

/**
 * The concrete tree of a token list. With errors it has holes, or is null where there were too many of them. An error's
 * message is the name of the token type that was expected, or "" where there were several.
 */
export interface ParseResult {
  readonly cst: CstNode | null;
  readonly errors: readonly IRecognitionException[];
}

const errorLimit = 12;
const budget = { left: errorLimit };
const parsers: { strict?: SplParser; recovering?: SplParser } = {};

/** Parses the tokens of a whole SPL text. The parsers are built when they are first needed. */
export function parseTokens(tokens: IToken[]): ParseResult {
  parsers.strict ??= new SplParser({ recover: false, budget, validate: false });
  const result = parseWith(parsers.strict, tokens);
  if (result.errors.length === 0) return result;
  parsers.recovering ??= new SplParser({ recover: true, budget, validate: false });
  return parseWith(parsers.recovering, tokens);
}

function parseWith(parser: SplParser, tokens: IToken[]): ParseResult {
  budget.left = errorLimit;
  parser.input = tokens;
  try {
    const cst = parser.program();
    return { cst, errors: parser.errors };
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    return { cst: null, errors: parser.errors };
  }
}

/** Builds the parser with Chevrotain's checks of the grammar on; throws where the grammar is ambiguous. */
export function validateGrammar(): void {
  new SplParser({ recover: true, budget: { left: 0 }, validate: true });
}
