import type { CstNode, ILexingError, IRecognitionException, IToken } from "chevrotain";
import { KqlParser } from "./parser.ts";

export { infixWords, pipeOperators } from "./keywords.ts";
export { nameUse, tokenize } from "./tokens.ts";
export type { CstElement, CstNode, ILexingError, IRecognitionException, IToken } from "chevrotain";

/**
 * The concrete tree of a token list; with errors it has holes. An error's message is the name of the token type that
 * was expected, or "" where there were several.
 */
export interface ParseResult {
  readonly cst: CstNode;
  readonly errors: readonly IRecognitionException[];
}

let parser: KqlParser | undefined;

/** Parses the tokens of a whole KQL text. The parser is built on the first call. */
export function parseTokens(tokens: IToken[]): ParseResult {
  parser ??= new KqlParser(false);
  parser.input = tokens;
  const cst = parser.program();
  return { cst, errors: parser.errors };
}

/** Builds the parser with Chevrotain's checks of the grammar on; throws where the grammar is ambiguous. */
export function validateGrammar(): void {
  new KqlParser(true);
}
