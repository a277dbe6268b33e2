import { type CstNode, generatingCommands } from "#grammar/spl";
import type { Diagnostics } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Command, Pipeline, SearchExpr, Subsearch } from "../tree.ts";
import { command } from "./command.ts";
import {
  type Comment,
  endOf,
  node,
  nodes,
  optionalNode,
  optionalToken,
  placeOf,
  type Reading,
  startOf,
} from "./cst.ts";
import { evaluation } from "./eval.ts";
import { terms } from "./search.ts";

export interface BuildInput {
  /** The text that was parsed, and the place of its ranges in the user's text. */
  readonly text: string;
  readonly origin: (span: Span) => Span;
  readonly comments: readonly Comment[];
}

/** The tree of a text from its complete concrete tree; wrong arguments and their like go to `findings`. */
export function buildPipeline(input: BuildInput, cst: CstNode, findings: Diagnostics): Pipeline {
  const reading: Reading = {
    ...input,
    findings,
    evaluation: (part) => evaluation(reading, part),
    terms: (part) => terms(reading, part),
    subsearch: (part) => subsearch(reading, part),
    pipeline: (commands, from, to) => pipeline(reading, commands, from, to),
  };
  const first = optionalNode(cst, "first");
  const stages = nodes(cst, "command");
  const all = first === undefined ? stages : [first, ...stages];
  return pipeline(reading, all, 0, input.text.length);
}

function subsearch(reading: Reading, cst: CstNode): Subsearch {
  const search = reading.pipeline(nodes(cst, "command"), startOf(cst), endOf(cst));
  return { kind: "subsearch", search, span: placeOf(reading, cst) };
}

/**
 * Commands and the comments among them. A comment inside a command stands before it, one inside brackets belongs to the
 * search there.
 */
function pipeline(reading: Reading, stages: readonly CstNode[], from: number, to: number): Pipeline {
  const comments = commentsOf(reading, stages, from, to);
  const commands: Command[] = [];
  let next = 0;
  const commentsBefore = (place: number): void => {
    for (let c = comments[next]; c !== undefined && c.start < place; c = comments[next]) {
      commands.push({ kind: "comment", text: c.text, span: reading.origin(c) });
      next++;
    }
  };
  for (const stage of stages) {
    commentsBefore(endOf(stage));
    commands.push(stage.name === "first" ? first(reading, stage) : command(reading, stage));
  }
  commentsBefore(to);
  return { kind: "pipeline", commands, span: reading.origin({ start: from, end: to }) };
}

/** The comments of a range that stand in no brackets inside it. */
function commentsOf(reading: Reading, stages: readonly CstNode[], from: number, to: number): readonly Comment[] {
  const around = reading.comments.filter((c) => c.start >= from && c.end <= to);
  if (around.length === 0) return [];
  const inner = stages.flatMap(bracketsOf);
  return around.filter((c) => !inner.some((b) => c.start >= startOf(b) && c.end <= endOf(b)));
}

/** The outermost searches in brackets inside a command that are read as searches. */
function bracketsOf(cst: CstNode): CstNode[] {
  if (cst.name === "subsearch") return [cst];
  return Object.values(cst.children)
    .flat()
    .flatMap((element) => ("children" in element ? bracketsOf(element) : []));
}

/** The first command, whose name need not be written. */
function first(reading: Reading, cst: CstNode): Command {
  const expr = reading.terms(node(cst, "terms"));
  if (optionalToken(cst, "searchCommand") === undefined) noteCommand(reading, expr);
  return { kind: "search", expr, span: placeOf(reading, cst) };
}

/** `tstats count …` without its pipe looks for the words. */
function noteCommand(reading: Reading, expr: SearchExpr): void {
  const term = expr.kind === "and" ? expr.operands[0] : expr;
  if (term?.kind !== "term" || term.quoted || term.span === undefined) return;
  if (!generatingCommands.includes(term.text.toLowerCase())) return;
  reading.findings.add(
    "SPL010",
    term.span,
    `\`${term.text}\` is a word to look for here`,
    `the command is written \`| ${term.text}\``,
  );
}
