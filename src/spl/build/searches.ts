import type { CstNode, IToken } from "#grammar/spl";
import type { Command, Located, LookupField, Option, TransactionEdge, UnionCommand } from "../tree.ts";
import { node, nodes, optionalNode, optionalToken, placeOf, type Reading, token } from "./cst.ts";
import { Arguments, type Named } from "./items.ts";
import { nameText } from "./text.ts";

export function append(kind: "append" | "appendpipe" | "appendcols", args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  return { kind, options, search: args.subsearch().search, ...at };
}

export function join(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  const fields = args.fields();
  if (args.items.some((item) => item.kind === "named" && !item.quoted && item.text.toLowerCase() === "where")) {
    args.misplaced(at.span, "`join` with `where` is not read yet", "rename the fields on which the sides agree");
  }
  return { kind: "join", options, fields, search: args.subsearch().search, ...at };
}

export function union(kind: "union" | "multisearch", args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  const datasets = args.items.flatMap((item): UnionCommand["datasets"][number][] => {
    if (item.kind === "subsearch") return [item];
    return item.kind === "named" ? [{ kind: "dataset", name: item.text }] : [];
  });
  args.fields();
  args.subsearches();
  if (datasets.length === 0) args.missing("a search in brackets");
  return { kind, options, datasets, ...at };
}

export function foreach(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  const fields = args.fields();
  return { kind: "foreach", options, fields, search: args.subsearch().search, ...at };
}

function lookupFields(names: readonly Named[]): readonly LookupField[] {
  return names.map((name) => ({ field: name.field, as: name.as }));
}

export function lookup(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const options: Option[] = [...args.options()];
  const [table, ...match] = lookupFields(args.named());
  if (table === undefined) args.missing("the name of a lookup");
  else if (table.as !== null) args.misplaced(at.span, "the name of the lookup comes first");
  if (table !== undefined && match.length === 0) args.missing("a field to look up");
  args.finish();
  const keyword = optionalToken(cst, "Output");
  const out = new Arguments(reading, name, optionalNode(cst, "output"));
  options.push(...out.options());
  const fields = lookupFields(out.named());
  if (keyword !== undefined && fields.length === 0) out.missing(`a field after \`${keyword.image}\``);
  out.finish();
  const output =
    keyword === undefined
      ? null
      : { keyword: keyword.image.toLowerCase() === "outputnew" ? ("OUTPUTNEW" as const) : ("OUTPUT" as const), fields };
  return { kind: "lookup", options, table: table?.field ?? "", match, output, ...at };
}

export function inputlookup(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const options = args.options();
  const table = args.only("the name of a lookup", args.fields());
  args.finish();
  const condition = optionalNode(cst, "terms");
  return {
    kind: "inputlookup",
    options,
    table,
    where: condition === undefined ? null : reading.terms(condition),
    ...at,
  };
}

export function outputlookup(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  return { kind: "outputlookup", options, table: args.only("the name of a lookup", args.fields()), ...at };
}

/** `from datamodel:Web.Web`, `from datamodel Web.Web`, `from inputlookup:"a b"`. */
export function from(args: Arguments, at: Required<Located>): Command {
  const option = args.items.find((item) => item.kind === "option");
  args.options();
  const words = args.fields();
  const text =
    option?.kind === "option" ? `${option.name}:${option.value}` : words.join(words[0]?.endsWith(":") ? "" : ":");
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1 || words.length > 2 || (option !== undefined && words.length > 0)) {
    args.missing("a kind of dataset and its name, such as `datamodel:Web.Web`");
  }
  return { kind: "from", source: text.slice(0, colon), name: text.slice(colon + 1), ...at };
}

export function datamodel(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  const [model = null, dataset = null, mode = null, ...others] = args.fields();
  if (others.length > 0) args.misplaced(at.span, "`datamodel` takes a model, a dataset and a mode");
  return { kind: "datamodel", model, dataset, mode, options, ...at };
}

export function transaction(reading: Reading, cst: CstNode, at: Required<Located>): Command {
  const options: Option[] = [];
  const edges: { startswith: TransactionEdge | null; endswith: TransactionEdge | null } = {
    startswith: null,
    endswith: null,
  };
  for (const part of nodes(cst, "edge")) {
    const name = token(part, "Word").image;
    const key = name.toLowerCase();
    const edge = edgeOf(reading, part);
    if (key === "startswith" || key === "endswith") edges[key] = edge;
    else if (optionalNode(part, "value") !== undefined) {
      options.push({ kind: "option", name, value: nameText(node(part, "value")), span: placeOf(reading, part) });
    } else reading.findings.add("SPL001", placeOf(reading, part), `\`${name}\` takes a value, not a condition`);
  }
  return { kind: "transaction", fields: nodes(cst, "name").map(nameText), options, ...edges, ...at };
}

/** The condition of the first or last event: a search, an expression, or a phrase to look for. */
function edgeOf(reading: Reading, cst: CstNode): TransactionEdge {
  const terms = optionalNode(cst, "terms");
  if (terms !== undefined) return { kind: "search", expr: reading.terms(terms) };
  const expression = optionalNode(cst, "evalArgument");
  if (expression !== undefined) return { kind: "eval", expr: reading.evaluation(node(expression, "expression")) };
  const text = nameText(node(cst, "value"));
  return { kind: "search", expr: { kind: "term", text, quoted: true, span: placeOf(reading, cst) } };
}
