import type { CstNode, IToken } from "#grammar/spl";
import type { Command, Located, Option, ReturnCommand } from "../tree.ts";
import { wholeNumber } from "./aggregate.ts";
import { node, nodes, optionalNode, optionalToken, placeOf, type Reading } from "./cst.ts";
import { Arguments } from "./items.ts";
import { nameText } from "./text.ts";

/** `rex field=f "(?<x>…)"`, `rex mode=sed "s/a/b/"`. */
export function rex(args: Arguments, at: Required<Located>): Command {
  const field = args.option("field");
  const options = args.options();
  const pattern = args.only("an expression in double quotes", args.fields());
  return { kind: "rex", field, options, pattern, ...at };
}

export function regex(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const first = nameText(node(cst, "name"));
  const pattern = optionalNode(cst, "pattern");
  if (pattern === undefined) return { kind: "regex", field: null, negated: false, pattern: first, ...at };
  const sign = optionalToken(cst, "Comparison");
  if (sign !== undefined && sign.image !== "!=" && sign.image !== "==") {
    reading.findings.add(
      "SPL001",
      placeOf(reading, sign),
      `\`${name.image}\` compares with = or !=, not with ${sign.image}`,
    );
  }
  return { kind: "regex", field: first, negated: sign?.image === "!=", pattern: nameText(pattern), ...at };
}

export function replace(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const pairs = nodes(cst, "replacement").map((pair) => {
    const [from, to] = nodes(pair, "name").map(nameText);
    return { from: from ?? "", to: to ?? "" };
  });
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const fields = args.fields();
  if (optionalToken(cst, "ReplaceIn") !== undefined && fields.length === 0) args.missing("a field after `in`");
  args.finish();
  return { kind: "replace", pairs, fields, ...at };
}

export function makemv(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  return { kind: "makemv", options, field: args.only("a field", args.fields()), ...at };
}

export function mvcombine(args: Arguments, at: Required<Located>): Command {
  const delim = args.option("delim");
  return { kind: "mvcombine", delim, field: args.only("a field", args.fields()), ...at };
}

export function nomv(args: Arguments, at: Required<Located>): Command {
  return { kind: "nomv", field: args.only("a field", args.fields()), ...at };
}

export function mvexpand(args: Arguments, at: Required<Located>): Command {
  const written = args.option("limit");
  const limit = written === null ? null : wholeNumber(args, written, at);
  return { kind: "mvexpand", field: args.only("a field", args.fields()), limit, ...at };
}

/** `spath input=f output=x path=a{}.b`; the path may stand alone. */
export function spath(args: Arguments, at: Required<Located>): Command {
  const input = args.option("input");
  const output = args.option("output");
  const written = args.option("path");
  const [alone, ...others] = args.fields();
  if (others.length > 0 || (alone !== undefined && written !== null)) args.misplaced(at.span, "`spath` reads one path");
  return { kind: "spath", input, output, path: written ?? alone ?? null, ...at };
}

export function iplocation(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  return { kind: "iplocation", options, field: args.only("a field", args.fields()), ...at };
}

export function format(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  const words = args.fields();
  if (words.length !== 0 && words.length !== 6) args.misplaced(at.span, "`format` takes six texts or none");
  return { kind: "format", options, words, ...at };
}

/** `return 10 a`, `return $a`, `return x=a`. */
export function returned(args: Arguments, at: Required<Located>): Command {
  const limit = args.count();
  const fields = args.items.flatMap((item): ReturnCommand["fields"][number][] => {
    if (item.kind === "option") return [{ field: item.value, as: item.name, valueOnly: false }];
    if (item.kind !== "named" || (limit !== null && item === args.items.find((i) => i.kind === "named"))) return [];
    const valueOnly = !item.quoted && item.text.startsWith("$");
    return [{ field: valueOnly ? item.text.slice(1) : item.text, as: null, valueOnly }];
  });
  args.options();
  args.fields();
  if (fields.length === 0) args.missing("a field");
  return { kind: "return", limit, fields, ...at };
}

export function makeresults(args: Arguments, at: Required<Located>): Command {
  const options: readonly Option[] = args.options();
  return { kind: "makeresults", options, ...at };
}
