import type { CstNode, IToken } from "#grammar/spl";
import type { Command, Located, SortField } from "../tree.ts";
import { wholeNumber } from "./aggregate.ts";
import { optionalNode, type Reading } from "./cst.ts";
import { Arguments, type Item, type Named } from "./items.ts";

/** `fields`, `fields + a`, `fields - a b`; a sign may touch the first field. */
export function fields(args: Arguments, at: Required<Located>): Command {
  const names = args.fields();
  const [first, ...others] = names;
  const isWord = isUnquoted(args.items.find((item) => item.kind === "named"));
  const isSign = isWord && (first === "-" || first === "+");
  const glued = !isSign && isWord && first !== undefined && /^[+-]./.test(first);
  const list = isSign ? others : glued ? [first.slice(1), ...others] : names;
  if (list.length === 0) args.missing("a field");
  return {
    kind: "fields",
    mode: first?.startsWith("-") === true && (isSign || glued) ? "-" : "+",
    fields: list,
    ...at,
  };
}

function isUnquoted(item: Item | undefined): boolean {
  return item?.kind === "named" && !item.quoted;
}

export function table(args: Arguments, at: Required<Located>): Command {
  const list = args.fields();
  if (list.length === 0) args.missing("a field");
  return { kind: "table", fields: list, ...at };
}

export function rename(args: Arguments, at: Required<Located>): Command {
  const pairs = args.named().map((name) => {
    if (name.as === null)
      args.misplaced(name.span, `\`${name.field.slice(0, 40)}\` has no new name`, "write `as` and the name");
    return { from: name.field, to: name.as ?? "" };
  });
  if (pairs.length === 0) args.missing("a field and its new name");
  return { kind: "rename", pairs, ...at };
}

export function dedup(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const count = args.count();
  const options = [...args.options()];
  const list = args.fields();
  if (list.length === 0) args.missing("a field");
  args.finish();
  const order = optionalNode(cst, "sortby");
  const base = { kind: "dedup", count, fields: list, options, ...at } as const;
  if (order === undefined) return base;
  const sort = new Arguments(reading, name, order);
  options.push(...sort.options());
  const sortby = sortFields(sort);
  if (sortby.length === 0) sort.missing("a field after `sortby`");
  sort.finish();
  return { ...base, sortby };
}

/** `sort 0 - a, +b, str(c)`; `desc` behind the fields turns each of them round. */
export function sort(args: Arguments, at: Required<Located>): Command {
  const written = args.option("limit");
  const leading = args.count();
  const limit = written === null ? leading : wholeNumber(args, written, at);
  const keys = sortFields(args);
  const isReversed = keys.length > 1 && endsWithDesc(args);
  if (isReversed) keys.pop();
  if (keys.length === 0) args.missing("a field");
  return {
    kind: "sort",
    limit,
    keys: isReversed ? keys.map((k) => ({ ...k, descending: !k.descending })) : keys,
    ...at,
  };
}

function endsWithDesc(args: Arguments): boolean {
  const last = args.items.at(-1);
  const before = args.items.at(-2);
  const isWord = last?.kind === "named" && !last.quoted && last.call === null && /^(?:d|desc)$/i.test(last.text);
  return isWord && before?.kind === "named" && !/^[+-]$/.test(before.text);
}

function sortFields(args: Arguments): SortField[] {
  const keys: SortField[] = [];
  let sign = "";
  for (const name of args.named()) {
    if (!name.quoted && name.call === null && /^[+-]$/.test(name.text)) {
      sign = name.text;
      continue;
    }
    keys.push(sortField(args, name, sign));
    sign = "";
  }
  if (sign !== "") args.missing(`a field after \`${sign}\``);
  return keys;
}

function sortField(args: Arguments, name: Named, before: string): SortField {
  const own = name.quoted ? "" : (/^[+-]/.exec(name.text)?.[0] ?? "");
  const text = name.text.slice(own.length);
  const descending = (own === "" ? before : own) === "-";
  if (name.as !== null) args.misplaced(name.span, "`as` has no place here");
  const type = text.toLowerCase();
  const inner = name.call?.more === false && name.call.argument?.kind === "field" ? name.call.argument.name : null;
  if (inner !== null && (type === "auto" || type === "num" || type === "str" || type === "ip")) {
    return { field: inner, descending, type, span: name.span };
  }
  return { field: name.field.slice(own.length), descending, type: null, span: name.span };
}

/** `head 5`, `tail limit=5`; without a number 10. */
export function head(kind: "head" | "tail", args: Arguments, at: Required<Located>): Command {
  const written = args.option("limit");
  const limit = written === null ? args.count() : wholeNumber(args, written, at);
  return { kind, limit: limit ?? 10, ...at };
}

export function fill(kind: "fillnull" | "filldown", args: Arguments, at: Required<Located>): Command {
  if (kind === "filldown") return { kind, fields: args.fields(), ...at };
  const value = args.option("value");
  return { kind, value, fields: args.fields(), ...at };
}

export function bin(args: Arguments, at: Required<Located>): Command {
  const options = args.options();
  const [name, ...others] = args.named();
  if (name === undefined) args.missing("a field");
  if (others.length > 0) args.misplaced(at.span, "one field is cut into bins at a time");
  return { kind: "bin", options, field: name?.field ?? "", as: name?.as ?? args.alias(), ...at };
}

export function convert(args: Arguments, at: Required<Located>): Command {
  const timeformat = args.option("timeformat");
  const conversions = args.named().map((name) => {
    const field = name.call?.argument?.kind === "field" && !name.call.more ? name.call.argument.name : null;
    if (field === null)
      args.misplaced(name.span, "a conversion and its field are needed here", "such as `ctime(_time)`");
    return { function: name.text, field: field ?? "", as: name.as };
  });
  if (conversions.length === 0) args.missing("a conversion such as `ctime(_time)`");
  return { kind: "convert", timeformat, conversions, ...at };
}
