import { type CstNode, commandNames, type IToken } from "#grammar/spl";
import { nearest } from "../../diagnostics/suggest.ts";
import type { Assignment, Command, EvalExpr, Located, Option, PlainCommand } from "../tree.ts";
import { chart, stats, top, tstats } from "./aggregate.ts";
import {
  allTokens,
  firstToken,
  node,
  nodes,
  optionalNode,
  optionalToken,
  ordered,
  placeOf,
  type Reading,
  startOf,
  token,
} from "./cst.ts";
import { target } from "./eval.ts";
import { bin, convert, dedup, fields, fill, head, rename, sort, table } from "./fields.ts";
import { Arguments } from "./items.ts";
import {
  append,
  datamodel,
  foreach,
  from,
  inputlookup,
  join,
  lookup,
  outputlookup,
  transaction,
  union,
} from "./searches.ts";
import { rawText, readMacro } from "./text.ts";
import {
  format,
  iplocation,
  makemv,
  makeresults,
  mvcombine,
  mvexpand,
  nomv,
  regex,
  replace,
  returned,
  rex,
  spath,
} from "./values.ts";

/** A command from its complete concrete tree; wrong arguments go to the findings. */
export function command(reading: Reading, cst: CstNode): Command {
  const [part] = ordered(cst);
  if (part === undefined || !("children" in part)) throw new Error("a command without a rule");
  const at = { span: placeOf(reading, part) };
  const name = firstToken(part);
  if (hidesArguments(part, name))
    return { kind: "other", name: name.image.toLowerCase(), text: argumentText(part), ...at };
  switch (part.name) {
    case "search":
      return { kind: "search", expr: reading.terms(node(part, "terms")), ...at };
    case "where":
      return { kind: "where", expr: reading.evaluation(node(part, "expression")), ...at };
    case "eval":
      return { kind: "eval", assignments: nodes(part, "assignment").map((a) => assignment(reading, a)), ...at };
    case "headWhile":
      return headWhile(reading, part, at);
    case "stats":
      return stats(reading, name, part, at);
    case "tstats":
      return tstats(reading, name, part, at);
    case "chart":
      return chart(reading, name, part, at);
    case "top":
      return top(reading, name, part, at);
    case "dedup":
      return dedup(reading, name, part, at);
    case "lookup":
      return lookup(reading, name, part, at);
    case "inputlookup":
      return inputlookup(reading, name, part, at);
    case "regex":
      return regex(reading, name, part, at);
    case "replace":
      return replace(reading, name, part, at);
    case "transaction":
      return transaction(reading, part, at);
    case "listed":
      return listed(reading, name, part, at);
    case "macroStage":
      return macroStage(reading, part, at);
    default:
      return kept(reading, name, part, at);
  }
}

function assignment(reading: Reading, cst: CstNode): Assignment {
  const field = target(reading, node(cst, "target"));
  const value: EvalExpr = reading.evaluation(node(cst, "expression"));
  return { field, value, span: placeOf(reading, cst) };
}

function headWhile(reading: Reading, cst: CstNode, at: Required<Located>): Command {
  // The expression, then `name = value` in threes: the tokens are all that the grammar keeps of them.
  const words = ordered(cst)
    .filter((e): e is IToken => !("children" in e))
    .slice(3);
  const options: Option[] = [];
  for (let i = 0; i + 2 < words.length; i += 3) {
    options.push({ kind: "option", name: words[i]?.image ?? "", value: words[i + 2]?.image ?? "" });
  }
  return { kind: "headwhile", condition: reading.evaluation(node(cst, "expression")), options, ...at };
}

/** A command whose grammar is a list of options, names and searches. */
function listed(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const made = listReader(name)?.(args, at) ?? plain(args, name, cst, at);
  args.finish();
  return made;
}

type ListReader = (args: Arguments, at: Required<Located>) => Command;

/** The commands among them that have a node of their own. */
const listReaders: Readonly<Record<string, ListReader>> = {
  table,
  fields,
  rename,
  sort,
  head: (args, at) => head("head", args, at),
  tail: (args, at) => head("tail", args, at),
  rex,
  makemv,
  mvcombine,
  mvexpand,
  nomv,
  fillnull: (args, at) => fill("fillnull", args, at),
  filldown: (args, at) => fill("filldown", args, at),
  makeresults,
  append: (args, at) => append("append", args, at),
  appendpipe: (args, at) => append("appendpipe", args, at),
  appendcols: (args, at) => append("appendcols", args, at),
  join,
  union: (args, at) => union("union", args, at),
  multisearch: (args, at) => union("multisearch", args, at),
  foreach,
  outputlookup,
  bin,
  bucket: bin,
  convert,
  spath,
  format,
  return: returned,
  iplocation,
  from,
  datamodel,
};

function listReader(name: IToken): ListReader | undefined {
  const word = name.image.toLowerCase();
  return Object.hasOwn(listReaders, word) ? listReaders[word] : undefined;
}

/** Arguments that a list cannot hold, such as a call, keep the command as it is written. */
function plain(args: Arguments, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const names = args.named();
  args.options();
  args.macros();
  args.subsearches();
  if (args.touching || names.some((n) => n.call !== null || n.as !== null)) {
    return { kind: "other", name: name.image.toLowerCase(), text: argumentText(cst), ...at };
  }
  const list = args.items.flatMap((item): PlainCommand["args"][number][] => {
    if (item.kind === "comma" || item.kind === "as") return [];
    return [item.kind === "named" ? { kind: "word", text: item.text, span: item.span } : item];
  });
  return { kind: "plain", name: name.image.toLowerCase(), args: list, ...at };
}

/** Everything behind a command's name. */
function argumentText(cst: CstNode): string {
  return rawText(allTokens(cst).slice(1));
}

/** A macro stands among fields and options, where it may be any of them; only tstats and lists of anything have a place for it. */
function hidesArguments(cst: CstNode, name: IToken): boolean {
  const lists = ["items", "from", "by", "over", "output", "sortby"].filter((key) => {
    if (cst.name === "tstats") return key === "by";
    return cst.name !== "listed" || listReader(name) !== undefined;
  });
  return lists.some((key) =>
    nodes(cst, key).some((list) => nodes(list, "item").some((item) => optionalToken(item, "Macro") !== undefined)),
  );
}

/** A macro alone in its stage; with text behind it nothing is known about either. */
function macroStage(reading: Reading, cst: CstNode, at: Required<Located>): Command {
  const first = token(cst, "Macro");
  const text = argumentText(cst);
  if (text === "") return { kind: "macro", macro: readMacro(reading, first), ...at };
  return { kind: "other", name: first.image, text, ...at };
}

const known = new Set(commandNames);

function kept(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const text = argumentText(cst);
  const word = name.image.toLowerCase();
  if (!known.has(word)) {
    const place = reading.origin({ start: startOf(name), end: startOf(name) + name.image.length });
    const near = nearest(word, commandNames);
    const terms = /^(?:=|!=|<|>|OR\b|AND\b)/.test(text);
    const hint = terms ? "terms follow `search`" : near === undefined ? undefined : `did you mean \`${near}\`?`;
    reading.findings.add("SPL007", place, `\`${name.image}\` is not a command that is known here`, hint);
  }
  return { kind: "other", name: word, text, ...at };
}
