import type { CstNode, IToken } from "#grammar/spl";
import type { Span } from "../../diagnostics/source.ts";
import type { Aggregation, EvalExpr, Macro, Option, Subsearch } from "../tree.ts";
import { endOf, node, nodes, optionalNode, optionalToken, placeOf, type Reading, startOf, token } from "./cst.ts";
import { isQuoted, nameText, rawText, readMacro } from "./text.ts";

/** A name with what may follow it: `f`, `f(x)`, `f(eval(…))`, each with `as y`. */
export interface Named {
  readonly kind: "named";
  readonly text: string;
  /** In double quotes: no number, sign or keyword. */
  readonly quoted: boolean;
  readonly call: Call | null;
  /** The name with its parentheses: to most commands `avg(x)` is a field like any other. */
  readonly field: string;
  readonly as: string | null;
  readonly span: Span;
}
export interface Call {
  /** `eval(…)`, or a name; null for `f()`. */
  readonly argument:
    | { readonly kind: "eval"; readonly expr: EvalExpr }
    | { readonly kind: "field"; readonly name: string }
    | null;
  /** `sparkline(avg(x), 1h)`: more than one name in the parentheses. */
  readonly more: boolean;
}

/** One of the arguments of a command. */
export type Item = Option | Named | Alias | Subsearch | Macro | { readonly kind: "comma"; readonly span: Span };

/** `as y` that stands behind an option. */
export interface Alias {
  readonly kind: "as";
  readonly name: string;
  readonly span: Span;
}

function readItem(reading: Reading, cst: CstNode): Item {
  const span = placeOf(reading, cst);
  const option = optionalNode(cst, "setting");
  if (option !== undefined) return readOption(reading, option);
  const name = optionalNode(cst, "named");
  if (name !== undefined) return readNamed(reading, name);
  const subsearch = optionalNode(cst, "subsearch");
  if (subsearch !== undefined) return reading.subsearch(subsearch);
  const macro = optionalToken(cst, "Macro");
  if (macro !== undefined) return readMacro(reading, macro);
  const alias = optionalNode(cst, "alias");
  if (alias !== undefined) return { kind: "as", name: nameText(node(alias, "name")), span };
  return { kind: "comma", span };
}

export function readOption(reading: Reading, cst: CstNode): Option {
  return {
    kind: "option",
    name: token(cst, "Word").image,
    value: nameText(node(cst, "value")),
    span: placeOf(reading, cst),
  };
}

function readNamed(reading: Reading, cst: CstNode): Named {
  const span = placeOf(reading, cst);
  const asName = optionalNode(cst, "as");
  const as = asName === undefined ? null : fieldText(asName, optionalNode(cst, "asCall"));
  const expression = optionalNode(cst, "evalArgument");
  if (expression !== undefined) {
    const expr = reading.evaluation(node(expression, "expression"));
    const call: Call = { argument: { kind: "eval", expr }, more: false };
    return { kind: "named", text: "eval", quoted: false, call, field: rawText(expression), as, span };
  }
  const name = node(cst, "name");
  const call = optionalNode(cst, "call");
  const quoted = isQuoted(name);
  const text = nameText(name);
  if (!quoted && text.startsWith("'")) {
    reading.findings.add(
      "SPL006",
      span,
      `${text.slice(0, 40)} is a name in single quotes, which only eval and where read`,
      "write it in double quotes",
    );
  }
  const field = fieldText(name, call);
  return { kind: "named", text, quoted, call: call === undefined ? null : readCall(reading, call), field, as, span };
}

function fieldText(name: CstNode, call: CstNode | undefined): string {
  return `${nameText(name)}${call === undefined ? "" : rawText(call)}`;
}

function readCall(reading: Reading, cst: CstNode): Call {
  const expression = optionalNode(cst, "evalArgument");
  if (expression !== undefined) {
    return { argument: { kind: "eval", expr: reading.evaluation(node(expression, "expression")) }, more: false };
  }
  const [first, ...others] = nodes(cst, "name");
  if (first === undefined) return { argument: null, more: false };
  const more = others.length > 0 || optionalNode(cst, "call") !== undefined;
  return { argument: { kind: "field", name: nameText(first) }, more };
}

/** Takes the items of a command one kind after the other; what is left has no place in it. */
export class Arguments {
  readonly items: readonly Item[];
  /** Somewhere nothing stands between two arguments: `"a"b"c"`. */
  readonly touching: boolean;
  private readonly used = new Set<Item>();
  private readonly reading: Reading;
  private readonly command: IToken;

  constructor(reading: Reading, command: IToken, cst: CstNode | undefined) {
    this.reading = reading;
    this.command = command;
    const parts = cst === undefined ? [] : nodes(cst, "item");
    this.items = parts.map((part) => readItem(reading, part));
    this.touching = parts.some((part, i) => touches(parts[i - 1], part));
    for (const item of this.items) if (item.kind === "comma") this.used.add(item);
  }

  private get left(): readonly Item[] {
    return this.items.filter((item) => !this.used.has(item));
  }

  options(): readonly Option[] {
    return this.take((item): item is Option => item.kind === "option");
  }

  /** The value of one option, or null. The option counts as used. */
  option(...names: readonly string[]): string | null {
    const found = this.left.filter((item) => item.kind === "option" && names.includes(item.name.toLowerCase()));
    for (const item of found) this.used.add(item);
    const last = found.at(-1);
    return last?.kind === "option" ? last.value : null;
  }

  named(): readonly Named[] {
    return this.take((item): item is Named => item.kind === "named");
  }

  /** Names alone: fields. `as` among them is reported. */
  fields(): readonly string[] {
    return this.named().map((name) => {
      if (name.as !== null) this.misplaced(name.span, "`as` has no place here");
      return name.field;
    });
  }

  /** A number as the first name, such as a limit; null without one. */
  count(): number | null {
    const first = this.left.find((item) => item.kind === "named");
    if (first?.kind !== "named" || first.quoted || first.call !== null || !/^\d{1,15}$/.test(first.text)) return null;
    this.used.add(first);
    return Number(first.text);
  }

  /** `as y` that stands behind an option, or null. */
  alias(): string | null {
    const [first] = this.take((item): item is Alias => item.kind === "as");
    return first?.name ?? null;
  }

  macros(): readonly Macro[] {
    return this.take((item): item is Macro => item.kind === "macro");
  }

  subsearches(): readonly Subsearch[] {
    return this.take((item): item is Subsearch => item.kind === "subsearch");
  }

  /** The only subsearch; reported where it is missing. */
  subsearch(): Subsearch {
    const [first, ...others] = this.subsearches();
    for (const other of others) this.misplaced(other.span, "one search in brackets is enough");
    if (first !== undefined) return first;
    this.missing("a search in brackets");
    return { kind: "subsearch", search: { kind: "pipeline", commands: [] } };
  }

  /** The only name; reported where it is missing or more than one. */
  only(what: string, names: readonly string[]): string {
    const [first, second] = names;
    if (first === undefined) this.missing(what);
    if (second !== undefined)
      this.misplaced(
        placeOf(this.reading, this.command),
        `\`${this.command.image}\` takes one, not ${names.length}`,
        what,
      );
    return first ?? "";
  }

  missing(what: string): void {
    this.reading.findings.add("SPL001", placeOf(this.reading, this.command), `\`${this.command.image}\` needs ${what}`);
  }

  misplaced(span: Span | undefined, message: string, hint?: string): void {
    this.reading.findings.add("SPL001", span ?? placeOf(this.reading, this.command), message, hint);
  }

  /** Reports what no part of the command has taken. */
  finish(): void {
    const [first] = this.left;
    if (first !== undefined) this.misplaced(first.span, `${shown(first)} has no place in \`${this.command.image}\``);
  }

  private take<T extends Item>(is: (item: Item) => item is T): readonly T[] {
    const found = this.left.filter(is);
    for (const item of found) this.used.add(item);
    return found;
  }
}

function shown(item: Item): string {
  switch (item.kind) {
    case "option":
      return `\`${item.name}=\``;
    case "named":
      return `\`${item.text.slice(0, 40)}\``;
    case "macro":
      return `the macro \`${item.name}\``;
    case "subsearch":
      return "a search in brackets";
    case "as":
      return "`as`";
    case "comma":
      return "`,`";
  }
}

function touches(before: CstNode | undefined, item: CstNode): boolean {
  if (before === undefined || endOf(before) !== startOf(item)) return false;
  return optionalToken(before, "Comma") === undefined && optionalToken(item, "Comma") === undefined;
}

/** `count`, `values(x) as y`, `count(eval(…))`. */
export function readAggregation(reading: Reading, name: Named): Aggregation {
  if (name.call?.more === true) {
    reading.findings.add("SPL006", name.span, `\`${name.text}\` with more than one argument is not read yet`);
  }
  const as = name.as;
  return { function: name.text, argument: name.call?.argument ?? null, as, span: name.span };
}
