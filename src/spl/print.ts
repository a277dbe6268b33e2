import { printCommand } from "./print-command.ts";
import type { PrintSubsearch } from "./print-eval.ts";
import { indented, width } from "./print-layout.ts";
import { printSearch, printSearchLines } from "./print-search.ts";
import type { Command, Pipeline, SearchExpr } from "./tree.ts";

/** Commands that have a pipe before them at the start of a subsearch too; elsewhere they read as terms of a search. */
const generating = new Set<Command["kind"]>([
  "tstats",
  "mstats",
  "makeresults",
  "inputlookup",
  "from",
  "datamodel",
  "union",
  "other",
  "plain",
]);

/**
 * An SPL search as text: one command a line. All quotes, escapes and parentheses are made here. Reading the text again gives the
 * same tree.
 */
export function printPipeline(pipeline: Pipeline): string {
  return lines(pipeline, false, subsearches()).join("\n");
}

/** Prints searches in brackets, each once: a line that is too long is laid out again. */
function subsearches(): PrintSubsearch {
  const printed = new Map<Pipeline, string>();
  const print: PrintSubsearch = ({ search }) => {
    const text = printed.get(search) ?? `[ ${indented(lines(search, true, print).join("\n"), 6)} ]`;
    printed.set(search, text);
    return text;
  };
  return print;
}

/** `inside`: in the brackets of another search, where the first command has its name and needs no pipe. */
function lines(pipeline: Pipeline, inside: boolean, subsearch: PrintSubsearch): readonly string[] {
  let first = true;
  return pipeline.commands.map((command) => {
    if (command.kind === "comment") return comment(command.text);
    const isFirst = first;
    first = false;
    if (isFirst && command.kind === "search") return printFirst(command.expr, inside ? "search " : "", subsearch);
    if (isFirst && inside && !generating.has(command.kind)) return printCommand(command, subsearch);
    return `| ${printCommand(command, subsearch)}`;
  });
}

function comment(text: string): string {
  return `\`\`\`${text.replaceAll("```", "'''")}\`\`\``;
}

/** The terms of the first command; the selecting ones stay together on the first line. */
function printFirst(expr: SearchExpr, leader: string, subsearch: PrintSubsearch): string {
  const terms = printTerms(expr, leader.length, subsearch);
  // The name of the command is written where the first term would be taken for it.
  return `${leader === "" && /^search(?![^\s(])/i.test(terms) ? "search " : leader}${terms}`;
}

function printTerms(expr: SearchExpr, used: number, subsearch: PrintSubsearch): string {
  const flat = printSearch(expr, subsearch, true);
  if (used + flat.length <= width || expr.kind !== "and") return printSearchLines(expr, subsearch, 4, used, true);
  const isSelecting = (e: SearchExpr): boolean =>
    e.kind === "macro" ||
    (e.kind === "compare" &&
      /^(?:index|source|sourcetype|eventtype|category|EventCode|earliest|latest)$/.test(e.field));
  const end = expr.operands.findIndex((o) => !isSelecting(o));
  if (end < 0) return flat;
  if (end < 1) return printSearchLines(expr, subsearch, 4, used, true);
  const head = expr.operands
    .slice(0, end)
    .map((o) => printSearch(o, subsearch, true))
    .join(" ");
  const rest = printSearchLines({ kind: "and", operands: expr.operands.slice(end) }, subsearch, 4, 4, true);
  return `${head}\n    ${rest}`;
}
