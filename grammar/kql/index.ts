import { reader, twoPassReader } from "../base.ts";
import { KqlParser } from "./parser.ts";

export type { CstElement, CstNode, ILexingError, IRecognitionException, IToken } from "chevrotain";
export type { ParseResult } from "../base.ts";
export { infixWords, pipeOperators } from "./keywords.ts";
export { nameUse, placeholder, tokenize } from "./tokens.ts";

/** Parses the tokens of a whole KQL text, up to a first error. */
export const parseUntilError = reader((options) => new KqlParser(options));

/** Parses the tokens of a whole KQL text; a text with errors has a tree with holes. */
export const parseTokens = twoPassReader((options) => new KqlParser(options));

/** Builds the parser with Chevrotain's checks of the grammar on; throws where the grammar is ambiguous. */
export function validateGrammar(): void {
  new KqlParser({ recover: true, validate: true });
}
