import { twoPassReader } from "../base.ts";
import { KqlParser } from "./parser.ts";

export type { CstElement, CstNode, ILexingError, IRecognitionException, IToken } from "chevrotain";
export type { ParseResult } from "../base.ts";
export { infixWords, pipeOperators } from "./keywords.ts";
export { nameUse, tokenize } from "./tokens.ts";

/** Parses the tokens of a whole KQL text. */
export const parseTokens = twoPassReader((options) => new KqlParser(options));

/** Builds the parser with Chevrotain's checks of the grammar on; throws where the grammar is ambiguous. */
export function validateGrammar(): void {
  new KqlParser({ recover: true, validate: true });
}
