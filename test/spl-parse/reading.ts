import { expect } from "vitest";
import { parseSplText, type SplOptions } from "../../src/spl/parse.ts";
import type { Command, EvalExpr, Pipeline, SearchExpr } from "../../src/spl/tree.ts";
import { withoutPlaces } from "./same-tree.ts";

/** The tree of a text in which nothing is wrong. */
export function pipelineOf(text: string, options: SplOptions = {}): Pipeline {
  const { pipeline, diagnostics } = parseSplText(text, options);
  expect(diagnostics, text).toEqual([]);
  if (pipeline === null) throw new Error(`no tree for ${text}`);
  return pipeline;
}

/** The last command of a text, without places. */
export function commandOf(text: string): unknown {
  return withoutPlaces(pipelineOf(text).commands.at(-1));
}

function last<K extends Command["kind"]>(text: string, kind: K): Extract<Command, { kind: K }> {
  const found = pipelineOf(text).commands.find((c): c is Extract<Command, { kind: K }> => c.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} in ${text}`);
  return found;
}

/** A condition of the search language, every group in brackets. */
export function searched(text: string): string {
  return grouped(last(text, "search").expr);
}

/** An expression of eval, every pair of operands in brackets. */
export function evaluated(text: string): string {
  return groupedEval(last(`| where ${text}`, "where").expr);
}

function grouped(e: SearchExpr): string {
  switch (e.kind) {
    case "and":
    case "or":
      return `[${e.operands.map(grouped).join(` ${e.kind} `)}]`;
    case "not":
      return `[not ${grouped(e.operand)}]`;
    case "compare":
      return `${e.field}${e.operator}<${e.value}>`;
    case "in":
      return `${e.field} in <${e.values.join("|")}>`;
    case "term":
      return e.quoted ? `"${e.text}"` : e.text;
    case "directive":
      return `${e.field === null ? "" : `${e.field}=`}${e.name}(${e.text})`;
    case "macro":
      return `macro ${e.name}`;
    case "computed":
      return `${e.field} ${e.operator} ${grouped(e.value)}`;
    case "subsearch":
      return `search of ${e.search.commands.length}`;
  }
}

function groupedEval(e: EvalExpr): string {
  switch (e.kind) {
    case "string":
      return `"${e.value}"`;
    case "number":
      return e.text;
    case "field":
      return `'${e.name}'`;
    case "template":
      return `<<${e.name}>>`;
    case "call":
      return `${e.name}(${e.args.map(groupedEval).join(", ")})`;
    case "binary":
      return `[${groupedEval(e.left)} ${e.operator} ${groupedEval(e.right)}]`;
    case "negative":
      return `[- ${groupedEval(e.operand)}]`;
    case "in":
      return `[${groupedEval(e.operand)} in ${e.items.map(groupedEval).join("|")}]`;
    case "and":
    case "or":
    case "xor":
      return `[${e.operands.map(groupedEval).join(` ${e.kind} `)}]`;
    case "not":
      return `[not ${groupedEval(e.operand)}]`;
    case "macro":
      return `macro ${e.name}`;
    case "subsearch":
      return `search of ${e.search.commands.length}`;
  }
}
