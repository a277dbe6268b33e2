import { type CstNode, type IToken, parseTokens, tokenize } from "#grammar/kql";
import { compileKql } from "../../compile.ts";
import { type Code, codes, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { locate } from "../../diagnostics/locate.ts";
import type { Source } from "../../diagnostics/source.ts";
import { parseKqlText } from "../../kql/parse.ts";
import { printPlan } from "../../plan/print.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { jsonText } from "../json-text.ts";
import { findingsIn, hasErrors, loadQuery, writeFindings } from "../load-rule.ts";
import { outline } from "../outline.ts";
import { loadSchemas } from "../schema-files.ts";
import type { Terminal } from "../terminal.ts";
import { renderTable } from "../text-table.ts";

export const stages = ["tokens", "cst", "ast", "plan"] as const;
export type Stage = (typeof stages)[number];

export interface ExplainOptions {
  readonly format: "text" | "json";
  readonly variant?: string;
  readonly schema?: readonly string[];
}

/** Shows what a stage makes of a query: words, syntax tree as parsed, syntax tree, or plan; or the page of a code. */
export async function explain(
  path: string,
  stage: Stage,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const page = await pageOf(path);
  if (page !== null) {
    await terminal.out(page);
    return exitCodes.fine;
  }
  const schemas = await loadSchemas(options.schema);
  const { query } = await loadQuery(path, options.variant, terminal);
  const text = query.text;
  const parsed = parseKqlText(text);
  const findings = (list: readonly Diagnostic[]): ExitCode => {
    const found = findingsIn(query, list);
    writeFindings(found, terminal);
    return hasErrors(found) ? exitCodes.findings : exitCodes.fine;
  };
  const show = (tree: unknown, print: () => string) =>
    terminal.out(options.format === "json" ? `${jsonText(tree, 2)}\n` : print());

  switch (stage) {
    case "tokens": {
      const tokens = tokenize(text).tokens.map((token) => describe(query, token));
      await show(tokens, () => tokenTable(tokens, terminal));
      return findings(parsed.diagnostics);
    }
    case "cst": {
      // The guard against deep nesting is the parser's caller's.
      const tooDeep = parsed.diagnostics.some((d) => d.code === "KQL004");
      const cst = tooDeep ? null : parseTokens(tokenize(text).tokens).cst;
      if (cst !== null) {
        const tree = nodeOf(cst);
        await show(tree, () => outline(tree));
      }
      return findings(parsed.diagnostics);
    }
    case "ast":
      if (parsed.query !== null) await show(parsed.query, () => outline(parsed.query));
      else
        terminal.err(
          "there is no tree, because of the errors below: the stages `tokens` and `cst` show what was read\n",
        );
      return findings(parsed.diagnostics);
    case "plan": {
      const { plan, diagnostics } = compileKql(text, { schemas });
      if (plan !== null) await show(plan, () => printPlan(plan));
      else terminal.err("there is no plan, because of the errors below: the stages before it show what was read\n");
      return findings(diagnostics);
    }
  }
}

/** What there is to say about a code such as KQL206; null for anything else. */
async function pageOf(word: string): Promise<string | null> {
  if (!/^[A-Z]{3,4}\d{3}$/i.test(word)) return null;
  const code = (Object.keys(codes) as Code[]).find((c) => c === word.toUpperCase());
  if (code === undefined) return null;
  const { warningPage } = await import("../../lint/pages.ts");
  return warningPage(code) ?? `${code}: ${codes[code].meaning}\n`;
}

interface TokenRow {
  readonly line: number;
  readonly column: number;
  readonly type: string;
  readonly text: string;
}

function describe(source: Source, token: IToken): TokenRow {
  const at = locate(source, { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 });
  return { line: at.start.line, column: at.start.column, type: token.tokenType.name, text: token.image };
}

function tokenTable(tokens: readonly TokenRow[], terminal: Terminal): string {
  const columns = [{ title: "place", align: "right" as const }, { title: "type" }, { title: "text" }];
  const rows = tokens.map((token) => [`${token.line}:${token.column}`, token.type, token.text]);
  return renderTable(columns, rows, { width: terminal.width });
}

/** A node of the concrete tree without the parser's bookkeeping, children in the order of the text. */
function nodeOf(node: CstNode): object {
  const children = Object.entries(node.children).flatMap(([label, elements]) =>
    elements.map((element) => ({ label, element })),
  );
  children.sort((a, b) => startOf(a.element) - startOf(b.element));
  return {
    kind: node.name,
    children: children.map(({ label, element }) =>
      "children" in element ? nodeOf(element) : { kind: label, text: element.image },
    ),
  };
}

function startOf(element: CstNode | IToken): number {
  if (!("children" in element))
    return Number.isNaN(element.startOffset) ? Number.POSITIVE_INFINITY : element.startOffset;
  return Math.min(Number.POSITIVE_INFINITY, ...Object.values(element.children).flat().map(startOf));
}
