import { type CstNode, type IToken, tokenize } from "#grammar/kql";
import { type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Comment, Query } from "./ast.ts";
import { buildQuery } from "./build/query.ts";
import { reportCharacters, reportDirectives, reportTokens } from "./lexical-errors.ts";
import { readAll } from "./recovery.ts";
import { reportSyntax } from "./syntax-errors.ts";

/** What reading a KQL text gives. `query` is null where `diagnostics` has an error; `cst` is null where it has an error of syntax. */
export interface KqlReading {
  readonly query: Query | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly tokens: readonly IToken[];
  readonly cst: CstNode | null;
}

/** Reads a KQL text. Never throws: what is wrong with the text is in `diagnostics`, in the order of the text. */
export function parseKqlText(text: string): KqlReading {
  const findings = new Diagnostics(text);
  const { tokens, groups, errors } = tokenize(text);
  reportCharacters(findings, errors);
  reportDirectives(findings, groups.directives ?? [], tokens[0]);
  const readable = reportTokens(findings, tokens);
  const result = (query: Query | null, cst: CstNode | null): KqlReading => {
    const diagnostics = findings.list.sort((a, b) => a.start - b.start);
    return { query: findings.failed ? null : query, diagnostics, tokens, cst };
  };
  if (!readable) return result(null, null);
  if (tokens.length === 0) {
    if (!findings.failed) findings.add("KQL005", { start: 0, end: text.length }, "there is no query here");
    return result(null, null);
  }
  try {
    const parsed = readAll(tokens);
    reportSyntax(findings, tokens, parsed.errors);
    if (parsed.cst === null) return result(null, null);
    const comments = [...(groups.comments ?? []), ...(groups.directives ?? [])].map((token) => comment(text, token));
    return result(buildQuery(text, parsed.cst, comments, findings), parsed.cst);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.add(
      "KQL004",
      { start: 0, end: text.length },
      "the query is nested too deep to be read",
      "split it with `let`",
    );
    return result(null, null);
  }
}

function comment(text: string, token: IToken): Comment {
  const start = token.startOffset;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const span = { start, end: start + token.image.length };
  if (token.image[0] === "#") return { text: token.image.slice(1), directive: true, span };
  return { text: token.image.slice(2), ownLine: line.trim() === "", span };
}
