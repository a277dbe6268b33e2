import { type PrintSubsearch, printEval, printEvalLines, printMacro } from "./print-eval.ts";
import { columns, fill, width, words } from "./print-layout.ts";
import { printSearch, printSearchLines } from "./print-search.ts";
import { assignedField, commandField, isBareTerm, optionValue, quoted, quotedRegex } from "./quote.ts";
import type {
  Aggregation,
  Assignment,
  ChartCommand,
  Command,
  LookupField,
  MstatsCommand,
  Option,
  PlainCommand,
  SortField,
  TransactionEdge,
  TstatsCommand,
} from "./tree.ts";

/** A command without the pipe before it, over several lines where it is long. */
export function printCommand(command: Command, subsearch: PrintSubsearch): string {
  switch (command.kind) {
    case "search":
      return `search ${printSearchLines(command.expr, subsearch, 4, 9, true)}`;
    case "where":
      return `where ${printEvalLines(command.expr, subsearch, 4, 8)}`;
    case "eval":
      return printAssignments(command.assignments, subsearch);
    case "stats":
    case "eventstats":
    case "streamstats": {
      const parts = [...command.options.map(option), ...command.aggregations.map((a) => aggregation(a, subsearch))];
      const by = command.by.map(commandField);
      const flat = words(command.kind, ...parts, ...(by.length === 0 ? [] : ["by", ...by]));
      if (flat.length + 2 <= width) return flat;
      if (by.length === 0) return fill(command.kind, parts);
      return `${fill(command.kind, parts)}\n    by ${columns(by, 7)}`;
    }
    case "tstats":
      return printTstats(command, subsearch);
    case "mstats":
      return printMstats(command, subsearch);
    case "chart":
    case "timechart":
      return printChart(command, subsearch);
    case "table":
    case "filldown":
      return fill(command.kind, command.fields.map(commandField));
    case "fields":
      return fill(command.mode === "-" ? "fields -" : "fields", command.fields.map(commandField));
    case "rename":
      return fill(
        "rename",
        command.pairs.map(
          (p, i) => `${commandField(p.from)} as ${commandField(p.to)}${i < command.pairs.length - 1 ? "," : ""}`,
        ),
      );
    case "dedup":
      return words(
        "dedup",
        command.count === null ? "" : String(command.count),
        ...command.fields.map(commandField),
        ...command.options.map(option),
        command.sortby === undefined ? "" : `sortby ${sortKeys(command.sortby)}`,
      );
    case "sort":
      return words("sort", command.limit === null ? "" : String(command.limit), sortKeys(command.keys));
    case "head":
    case "tail":
      return words(command.kind, String(command.limit));
    case "headwhile":
      return words("head", `(${printEval(command.condition, subsearch)})`, ...command.options.map(option));
    case "top":
    case "rare":
      return words(
        command.kind,
        command.limit === null ? "" : `limit=${command.limit}`,
        ...command.options.map(option),
        ...command.fields.map(commandField),
        ...(command.by.length === 0 ? [] : ["by", ...command.by.map(commandField)]),
      );
    case "rex":
      return words(
        "rex",
        command.field === null ? "" : `field=${commandField(command.field)}`,
        ...command.options.map(option),
        quotedRegex(command.pattern),
      );
    case "regex": {
      const operator = command.negated ? "!=" : "=";
      return command.field === null
        ? `regex ${quotedRegex(command.pattern)}`
        : `regex ${commandField(command.field)}${operator}${quotedRegex(command.pattern)}`;
    }
    case "replace":
      return fill("replace", [
        ...command.pairs.map(
          (p, i) => `${quoted(p.from)} with ${quoted(p.to)}${i < command.pairs.length - 1 ? "," : ""}`,
        ),
        ...(command.fields.length === 0 ? [] : ["in", ...command.fields.map(commandField)]),
      ]);
    case "makemv":
      return words(
        "makemv",
        ...command.options.map((o) => (o.name === "tokenizer" ? `tokenizer=${quotedRegex(o.value)}` : option(o))),
        commandField(command.field),
      );
    case "mvcombine":
      return words(
        "mvcombine",
        command.delim === null ? "" : `delim=${quoted(command.delim)}`,
        commandField(command.field),
      );
    case "nomv":
      return `nomv ${commandField(command.field)}`;
    case "mvexpand":
      return words("mvexpand", commandField(command.field), command.limit === null ? "" : `limit=${command.limit}`);
    case "fillnull":
      return fill(
        command.value === null ? "fillnull" : `fillnull value=${optionValue(command.value)}`,
        command.fields.map(commandField),
      );
    case "makeresults":
      return words("makeresults", ...command.options.map(option));
    case "append":
    case "appendpipe":
    case "appendcols":
      return `${words(command.kind, ...command.options.map(option))}\n    ${subsearch({ kind: "subsearch", search: command.search })}`;
    case "join":
      return `${words("join", ...command.options.map(option), ...command.fields.map(commandField))}\n    ${subsearch({ kind: "subsearch", search: command.search })}`;
    case "union":
    case "multisearch":
      return [
        words(command.kind, ...command.options.map(option)),
        ...command.datasets.map((d) => (d.kind === "dataset" ? commandField(d.name) : subsearch(d))),
      ].join("\n    ");
    case "foreach":
      return `${words("foreach", ...command.options.map(option), ...command.fields.map(commandField))}\n    ${subsearch({ kind: "subsearch", search: command.search })}`;
    case "lookup":
      return words(
        "lookup",
        ...command.options.map(option),
        optionValue(command.table),
        ...command.match.map(lookupField),
        ...(command.output === null ? [] : [command.output.keyword, ...command.output.fields.map(lookupField)]),
      );
    case "inputlookup":
      return words(
        "inputlookup",
        ...command.options.map(option),
        optionValue(command.table),
        command.where === null ? "" : `where ${printSearch(command.where, subsearch, false)}`,
      );
    case "outputlookup":
      return words("outputlookup", ...command.options.map(option), optionValue(command.table));
    case "bin":
      return words(
        "bin",
        ...command.options.map(option),
        commandField(command.field),
        command.as === null ? "" : `as ${commandField(command.as)}`,
      );
    case "convert":
      return words(
        "convert",
        command.timeformat === null ? "" : `timeformat=${quoted(command.timeformat)}`,
        ...command.conversions.map(
          (c) => `${c.function}(${commandField(c.field)})${c.as === null ? "" : ` as ${commandField(c.as)}`}`,
        ),
      );
    case "spath":
      return words(
        "spath",
        ...(["input", "output", "path"] as const).map((name) => {
          const value = command[name];
          return value === null ? "" : `${name}=${optionValue(value)}`;
        }),
      );
    case "format":
      return words("format", ...command.options.map(option), ...command.words.map(quoted));
    case "return":
      return words(
        "return",
        command.limit === null ? "" : String(command.limit),
        ...command.fields.map((f) =>
          f.valueOnly ? `$${f.field}` : f.as === null ? commandField(f.field) : `${f.as}=${commandField(f.field)}`,
        ),
      );
    case "transaction":
      return words(
        "transaction",
        ...command.fields.map(commandField),
        ...command.options.map(option),
        command.startswith === null ? "" : `startswith=${edge(command.startswith, subsearch)}`,
        command.endswith === null ? "" : `endswith=${edge(command.endswith, subsearch)}`,
      );
    case "iplocation":
      return words("iplocation", ...command.options.map(option), commandField(command.field));
    case "from":
      return `from ${command.source}:${optionValue(command.name)}`;
    case "datamodel":
      return words(
        "datamodel",
        ...[command.model, command.dataset, command.mode].flatMap((p) => (p === null ? [] : [commandField(p)])),
        ...command.options.map(option),
      );
    case "plain":
      return words(command.name, ...command.args.map((a) => plainArgument(a, subsearch)));
    case "macro":
      return printMacro(command.macro);
    case "comment":
      return "";
    case "other":
      return words(command.name, command.text);
  }
}

function printAssignments(assignments: readonly Assignment[], subsearch: PrintSubsearch): string {
  const all = assignments.map((a) => `${assignedField(a.field)}=${printEval(a.value, subsearch)}`);
  const flat = `eval ${all.join(", ")}`;
  if (flat.length + 2 <= width) return flat;
  const broken = assignments.map((a) => {
    const name = assignedField(a.field);
    return `${name}=${printEvalLines(a.value, subsearch, 4, 8 + name.length)}`;
  });
  return `eval ${broken.join(",\n    ")}`;
}

function printTstats(command: TstatsCommand, subsearch: PrintSubsearch): string {
  const model = command.dataModel === null ? [] : [`FROM datamodel=${optionValue(command.dataModel)}`];
  const what = [
    ...command.options.map((o) => (o.kind === "macro" ? printMacro(o) : option(o))),
    ...command.aggregations.map((a) => aggregation(a, subsearch)),
  ];
  const flat = words("tstats", ...what, ...model);
  const head = flat.length + 2 <= width ? flat : [fill("tstats", what), ...model.map((m) => `  ${m}`)].join("\n");
  const by = command.by.map((b) =>
    b.span === null ? commandField(b.field) : `${commandField(b.field)} span=${optionValue(b.span)}`,
  );
  return [head, ...where(command, subsearch), ...(by.length === 0 ? [] : [`  BY ${columns(by, 5)}`])].join("\n");
}

function printMstats(command: MstatsCommand, subsearch: PrintSubsearch): string {
  const head = words(
    "mstats",
    ...command.options.map((o) => (o.kind === "macro" ? printMacro(o) : option(o))),
    ...command.aggregations.map((a) => aggregation(a, subsearch)),
    command.timespan === null || command.by.length > 0 ? "" : `span=${optionValue(command.timespan)}`,
  );
  if (command.by.length === 0) return [head, ...where(command, subsearch)].join("\n");
  const span = command.timespan === null ? [] : [`span=${optionValue(command.timespan)}`];
  return [head, ...where(command, subsearch), `  BY ${columns([...command.by.map(commandField), ...span], 5)}`].join(
    "\n",
  );
}

function where(command: TstatsCommand | MstatsCommand, subsearch: PrintSubsearch): readonly string[] {
  return command.where === null ? [] : [`  WHERE ${printSearchLines(command.where, subsearch, 4, 8, false)}`];
}

function printChart(command: ChartCommand, subsearch: PrintSubsearch): string {
  const split = (keyword: string, field: ChartCommand["by"]): string =>
    field === null ? "" : words(keyword, commandField(field.field), ...field.options.map(option));
  return words(
    command.kind,
    ...command.options.map(option),
    ...command.aggregations.map((a) => aggregation(a, subsearch)),
    split("over", command.over),
    split("by", command.by),
    command.where === null ? "" : `where ${command.where}`,
  );
}

function option(o: Option): string {
  return `${o.name}=${optionValue(o.value)}`;
}

/** `eval` as a function is an expression of other aggregates: `timechart eval(max(x)/min(x))`. */
function aggregation(a: Aggregation, subsearch: PrintSubsearch): string {
  const as = a.as === null ? "" : ` as ${commandField(a.as)}`;
  if (a.argument === null) return `${a.function}${as}`;
  if (a.argument.kind === "field") return `${a.function}(${commandField(a.argument.name)})${as}`;
  const expr = `eval(${printEval(a.argument.expr, subsearch)})`;
  return a.function === "eval" ? `${expr}${as}` : `${a.function}(${expr})${as}`;
}

/** `- count` alone, `-count, name` in a list, where a minus with a blank is easily read as one for all the keys. */
function sortKeys(keys: readonly SortField[]): string {
  const minus = keys.length === 1 ? "- " : "-";
  return keys
    .map(({ field, descending, type }) => {
      const name = commandField(field);
      return `${descending ? minus : ""}${type === null ? name : `${type}(${name})`}`;
    })
    .join(", ");
}

function lookupField(f: LookupField): string {
  return f.as === null ? commandField(f.field) : `${commandField(f.field)} AS ${commandField(f.as)}`;
}

function edge(of: TransactionEdge, subsearch: PrintSubsearch): string {
  return of.kind === "eval" ? `eval(${printEval(of.expr, subsearch)})` : `(${printSearch(of.expr, subsearch, true)})`;
}

function plainArgument(argument: PlainCommand["args"][number], subsearch: PrintSubsearch): string {
  switch (argument.kind) {
    case "option":
      return option(argument);
    case "word":
      return isBareTerm(argument.text) ? argument.text : quoted(argument.text);
    case "macro":
      return printMacro(argument);
    case "subsearch":
      return subsearch(argument);
  }
}
