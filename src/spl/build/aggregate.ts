import type { CstNode, IToken } from "#grammar/spl";
import type {
  ChartCommand,
  Command,
  Located,
  Macro,
  MstatsCommand,
  Option,
  SearchExpr,
  SplitField,
  StatsCommand,
  TstatsCommand,
} from "../tree.ts";
import { optionalNode, optionalToken, type Reading } from "./cst.ts";
import { Arguments, type Item, readAggregation } from "./items.ts";
import { rawText } from "./text.ts";

/** `stats`, `eventstats`, `streamstats`; options may stand anywhere. */
export function stats(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): StatsCommand {
  const kind = name.image.toLowerCase();
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const by = new Arguments(reading, name, optionalNode(cst, "by"));
  const options = [...args.options(), ...by.options()];
  const aggregations = args.named().map((n) => readAggregation(reading, n));
  if (aggregations.length === 0) args.missing("an aggregate such as `count`");
  args.finish();
  const fields = by.fields();
  if (optionalNode(cst, "by") !== undefined && fields.length === 0 && optionalToken(cst, "By") !== undefined)
    by.missing("a field after `by`");
  by.finish();
  const known = kind === "eventstats" || kind === "streamstats" ? kind : "stats";
  return { kind: known, options, aggregations, by: fields, ...at };
}

export function tstats(
  reading: Reading,
  name: IToken,
  cst: CstNode,
  at: Required<Located>,
): TstatsCommand | MstatsCommand {
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const from = new Arguments(reading, name, optionalNode(cst, "from"));
  const by = new Arguments(reading, name, optionalNode(cst, "by"));
  const dataModel = from.option("datamodel") ?? args.option("datamodel");
  const inOrder = [...args.items, ...from.items];
  const aggregations = args.named().map((n) => readAggregation(reading, n));
  const options: readonly (Option | Macro)[] = [
    ...args.options(),
    ...args.macros(),
    ...from.options(),
    ...from.macros(),
  ];
  const given = inOrder.filter((item): item is Option | Macro => options.some((o) => o === item));
  if (optionalToken(cst, "From") !== undefined && dataModel === null) from.missing("`datamodel=` after `from`");
  args.finish();
  from.finish();
  const condition = optionalNode(cst, "terms");
  const where = condition === undefined ? null : reading.terms(condition);
  if (optionalToken(cst, "By") !== undefined && by.items.length === 0) by.missing("a field after `by`");
  if (name.image.toLowerCase() === "mstats") return mstats({ given, aggregations, where, by, args }, at);
  if (aggregations.length === 0) args.missing("an aggregate such as `count`");
  return { kind: "tstats", options: given, aggregations, dataModel, where, by: spans(by), ...at };
}

/** `a _time span=1h b`: a span belongs to the field before it. */
function spans(by: Arguments): TstatsCommand["by"] {
  const fields: { readonly field: string; readonly span: string | null }[] = [];
  const options = by.options();
  for (const item of by.items) {
    if (item.kind === "named") fields.push({ field: item.field, span: null });
    const last = fields.at(-1);
    if (item.kind !== "option" || !options.includes(item)) continue;
    if (item.name.toLowerCase() === "span" && last?.span === null)
      fields[fields.length - 1] = { ...last, span: item.value };
    else by.misplaced(item.span, `\`${item.name}=\` has no place after \`by\``);
  }
  by.fields();
  by.finish();
  return fields;
}

interface MetricParts {
  readonly given: readonly (Option | Macro)[];
  readonly aggregations: TstatsCommand["aggregations"];
  readonly where: SearchExpr | null;
  readonly by: Arguments;
  readonly args: Arguments;
}

/** The span of mstats may stand before its condition, in it or behind its fields. */
function mstats({ given, aggregations, where, by, args }: MetricParts, at: Required<Located>): MstatsCommand {
  const isSpan = (option: Item | SearchExpr): boolean =>
    option.kind === "option" && option.name.toLowerCase() === "span";
  const early = given.find(isSpan);
  const written = where === null ? null : spanInside(where);
  const timespan = by.option("span") ?? written?.span ?? (early?.kind === "option" ? early.value : null);
  if (aggregations.length === 0) args.missing("an aggregate such as `avg(cpu.load)`");
  const fields = by.fields();
  by.finish();
  const options = given.filter((o) => !isSpan(o));
  return {
    kind: "mstats",
    options,
    aggregations,
    where: written === null ? where : written.rest,
    by: fields,
    timespan,
    ...at,
  };
}

/** `index=x span=30s`: reads like a condition, and is none. */
function spanInside(where: SearchExpr): { readonly span: string; readonly rest: SearchExpr | null } | null {
  const operands = where.kind === "and" ? where.operands : [where];
  const found = operands.find((o) => o.kind === "compare" && o.field === "span" && o.operator === "=");
  if (found?.kind !== "compare") return null;
  const rest = operands.filter((o) => o !== found);
  const [only] = rest;
  if (only === undefined) return { span: found.value, rest: null };
  return { span: found.value, rest: rest.length === 1 || where.kind !== "and" ? only : { ...where, operands: rest } };
}

/** Options that cut a field into bins belong to the field before them. */
const binOptions = new Set(["bins", "span", "start", "end", "aligntime", "minspan"]);

export function chart(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): ChartCommand {
  const kind = name.image.toLowerCase() === "timechart" ? "timechart" : "chart";
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const overItems = optionalNode(cst, "over");
  const byItems = optionalNode(cst, "by");
  const options: Option[] = [...args.options()];
  const aggregations = args.named().map((n) => readAggregation(reading, n));
  if (aggregations.length === 0) args.missing("an aggregate such as `count`");
  args.finish();
  const over = splits(reading, name, overItems, options);
  const by = splits(reading, name, byItems, options);
  const fields = [...over, ...by];
  const most = kind === "timechart" ? 1 : 2;
  if (fields.length > most || over.length > 1 || (kind === "timechart" && over.length > 0)) {
    args.misplaced(at.span, `\`${name.image}\` splits by ${most === 1 ? "one field" : "two fields"} at most`);
  }
  if (
    (overItems !== undefined && over.length === 0 && optionalToken(cst, "Over") !== undefined) ||
    (by.length === 0 && optionalToken(cst, "By") !== undefined)
  ) {
    args.missing("a field to split by");
  }
  const raw = optionalNode(cst, "raw");
  const where = raw === undefined || optionalToken(cst, "WhereWord") === undefined ? null : rawText(raw);
  const [first = null, second = null] = fields;
  const [row, column] = kind === "timechart" ? [null, first] : [first, second];
  return { kind, options, aggregations, over: row, by: column, where, ...at };
}

function splits(reading: Reading, name: IToken, cst: CstNode | undefined, options: Option[]): readonly SplitField[] {
  const args = new Arguments(reading, name, cst);
  const found: SplitField[] = [];
  const given = args.options();
  args.fields();
  for (const item of args.items) {
    if (item.kind === "named") found.push({ field: item.field, options: [] });
    if (item.kind !== "option" || !given.includes(item)) continue;
    const last = found.at(-1);
    if (last !== undefined && binOptions.has(item.name.toLowerCase())) {
      found[found.length - 1] = { ...last, options: [...last.options, item] };
    } else options.push(item);
  }
  args.finish();
  return found;
}

export function top(reading: Reading, name: IToken, cst: CstNode, at: Required<Located>): Command {
  const args = new Arguments(reading, name, optionalNode(cst, "items"));
  const by = new Arguments(reading, name, optionalNode(cst, "by"));
  const written = args.option("limit");
  const leading = args.count();
  const options = [...args.options(), ...by.options()];
  const limit = written === null ? leading : wholeNumber(args, written, at);
  const fields = args.fields();
  if (fields.length === 0) args.missing("a field");
  args.finish();
  const byFields = by.fields();
  by.finish();
  return { kind: name.image.toLowerCase() === "rare" ? "rare" : "top", limit, options, fields, by: byFields, ...at };
}

/** An option that must be a whole number. */
export function wholeNumber(args: Arguments, text: string, at: Located): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  args.misplaced(at.span, `\`${text.slice(0, 40)}\` is not a whole number`);
  return null;
}
