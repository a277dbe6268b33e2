import {
  type CstNode,
  forgetCommand,
  type IRecognitionException,
  type IToken,
  parseTokens,
  tokenize,
} from "#grammar/spl";
import { type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Comment } from "./build/cst.ts";
import { buildPipeline } from "./build/pipeline.ts";
import { reportTokens } from "./lexical-errors.ts";
import { expandMacros, type Macros } from "./macros.ts";
import { commandOf, reportSyntax } from "./syntax-errors.ts";
import type { Pipeline } from "./tree.ts";

export interface SplOptions {
  /**
   * Macros by name. With them every call is expanded before the text is read, and one that is not among them is a warning;
   * without them calls stay in the tree.
   */
  readonly macros?: Macros;
}

/**
 * What reading an SPL text gives. `pipeline` is null where `diagnostics` has an error; `cst` is null where nothing was parsed.
 * `tokens` and `cst` are those of the text with its macros expanded, all places in the tree and the findings those of the text.
 */
export interface SplReading {
  readonly pipeline: Pipeline | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly tokens: readonly IToken[];
  readonly cst: CstNode | null;
}

/** Reads an SPL text. Never throws: what is wrong with the text is in `diagnostics`, in the order of the text. */
export function parseSplText(text: string, options: SplOptions = {}): SplReading {
  const findings = new Diagnostics(text);
  const expanded = expandMacros(text, options.macros ?? null);
  for (const { code, span, message, hint } of expanded.findings) findings.add(code, span, message, hint);
  const { tokens, groups } = tokenize(expanded.text);
  const result = (pipeline: Pipeline | null, cst: CstNode | null): SplReading => {
    const diagnostics = findings.list.sort((a, b) => a.start - b.start);
    return { pipeline: findings.failed ? null : pipeline, diagnostics, tokens, cst };
  };
  if (!reportTokens(findings, expanded.origin, tokens) || findings.failed) return result(null, null);
  if (tokens.length === 0) {
    findings.add("SPL005", { start: 0, end: text.length }, "there is no search here");
    return result(null, null);
  }
  try {
    const { cst, errors } = parse(tokens);
    reportSyntax(findings, expanded, tokens, errors);
    if (cst === null && !findings.failed) findings.add("SPL001", { start: 0, end: 0 }, "this is not SPL");
    if (cst === null || errors.length > 0) return result(null, cst);
    const comments = (groups.comments ?? []).map(comment);
    const input = { text: expanded.text, origin: expanded.origin, comments };
    return result(buildPipeline(input, cst, findings), cst);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.add("SPL004", { start: 0, end: text.length }, "the search is nested too deep to be read");
    return result(null, null);
  }
}

/** How often commands may be given up on, each time all in which an error stands. */
const rounds = 3;

/** Commands in which a macro stands where nothing is known about it are kept as they are written. */
function parse(tokens: IToken[]): { readonly cst: CstNode | null; readonly errors: readonly IRecognitionException[] } {
  let parsed = parseTokens(tokens);
  for (let round = 0; round < rounds && parsed.errors.length > 0; round++) {
    const hidden = parsed.errors.map((error) => commandOf(tokens, error.token));
    if (!hidden.every((command) => command?.hasMacro === true)) break;
    for (const command of hidden) if (command !== undefined) forgetCommand(command.name);
    parsed = parseTokens(tokens);
  }
  return parsed;
}

function comment(token: IToken): Comment {
  return { text: token.image.slice(3, -3), start: token.startOffset, end: token.startOffset + token.image.length };
}
