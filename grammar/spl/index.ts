import { twoPassReader } from "../base.ts";
import { SplParser } from "./parser.ts";

export type { CstElement, CstNode, ILexingError, IRecognitionException, IToken } from "chevrotain";
export type { ParseResult } from "../base.ts";
export { commandNames, commandSyntax, generatingCommands } from "./commands.ts";
export { forgetCommand, isCommand, macroPattern, tokenize } from "./tokens.ts";

/** Parses the tokens of a whole SPL text. */
export const parseTokens = twoPassReader((options) => new SplParser(options));

/** Builds the parser with Chevrotain's checks of the grammar on; throws where the grammar is ambiguous. */
export function validateGrammar(): void {
  new SplParser({ recover: true, validate: true });
}
