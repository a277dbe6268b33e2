import { printEval, printEvalLines, printMacro } from "./print-eval.ts";
import { printSearch, printSearchLines } from "./print-search.ts";
import { assignedField, commandField, optionValue, quoted, quotedRegex } from "./quote.ts";
import type {
  Aggregation,
  Command,
  EvalExpr,
  LookupField,
  Option,
  Pipeline,
  SearchExpr,
  SortField,
  Subsearch,
  TstatsCommand,
} from "./tree.ts";

const width = 100;

/** Commands that begin a search with a pipe. */
const generating = new Set(["tstats", "makeresults", "inputlookup"]);

/** An SPL search as text: one command a line. All quotes, escapes and parentheses are made here. */
export function printPipeline(pipeline: Pipeline): string {
  return lines(pipeline, "").join("\n");
}

function lines(pipeline: Pipeline, leader: string): readonly string[] {
  let first = true;
  return pipeline.commands.map((command) => {
    if (command.kind === "comment") return comment(command.text);
    const isFirst = first;
    first = false;
    if (!isFirst) return `| ${print(command)}`;
    if (command.kind === "search") return `${leader}${printFirst(command.expr, leader)}`;
    if (command.kind === "macro") return printMacro(command.macro);
    return generating.has(command.kind) || command.kind === "other" ? `| ${print(command)}` : print(command);
  });
}

function comment(text: string): string {
  return `\`\`\`${text.replaceAll("```", "'''")}\`\`\``;
}

/** The terms of the first command; the selecting ones stay together on the first line. */
function printFirst(expr: SearchExpr, leader: string): string {
  const flat = printSearch(expr, subsearch, true);
  if (leader.length + flat.length <= width || expr.kind !== "and")
    return printSearchLines(expr, subsearch, 4, leader.length, true);
  const isSelecting = (e: SearchExpr): boolean =>
    e.kind === "macro" ||
    (e.kind === "compare" &&
      /^(?:index|source|sourcetype|eventtype|category|EventCode|earliest|latest)$/.test(e.field));
  const end = expr.operands.findIndex((o) => !isSelecting(o));
  if (end < 0) return flat;
  if (end < 1) return printSearchLines(expr, subsearch, 4, leader.length, true);
  const head = expr.operands
    .slice(0, end)
    .map((o) => printSearch(o, subsearch, true))
    .join(" ");
  const rest = printSearchLines({ kind: "and", operands: expr.operands.slice(end) }, subsearch, 4, 4, true);
  return `${head}\n    ${rest}`;
}

function subsearch(expr: Subsearch): string {
  return `[ ${lines(expr.search, "search ").join("\n").replaceAll("\n", "\n      ")} ]`;
}

function print(command: Command): string {
  switch (command.kind) {
    case "search":
      return `search ${printSearchLines(command.expr, subsearch, 4, 9, true)}`;
    case "where":
      return `where ${printEvalLines(command.expr, subsearch, 4, 8)}`;
    case "eval":
      return printEvalCommand(command.assignments);
    case "stats":
    case "eventstats":
    case "streamstats": {
      const parts = [...command.options.map(option), ...command.aggregations.map(aggregation)];
      const by = command.by.map(commandField);
      const flat = words(command.kind, ...parts, ...(by.length === 0 ? [] : ["by", ...by]));
      if (flat.length + 2 <= width) return flat;
      if (by.length === 0) return fill(command.kind, parts);
      return `${fill(command.kind, parts)}\n    by ${columns(by, 7)}`;
    }
    case "tstats":
      return printTstats(command);
    case "table":
      return fill("table", command.fields.map(commandField));
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
      );
    case "sort":
      return words("sort", command.limit === null ? "" : String(command.limit), command.keys.map(sortKey).join(", "));
    case "head":
    case "tail":
      return words(command.kind, String(command.limit));
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
    case "macro":
      return printMacro(command.macro);
    case "comment":
      return comment(command.text);
    case "other":
      return words(command.name, command.text);
  }
}

function words(...parts: readonly string[]): string {
  return parts.filter((p) => p !== "").join(" ");
}

/** Parts after a command's name, on further lines where one is too short. */
function fill(name: string, parts: readonly string[]): string {
  const flat = words(name, ...parts);
  if (flat.length + 2 <= width) return flat;
  const out: string[] = [];
  let line = name;
  for (const part of parts) {
    if (line.length + part.length + 3 > width) {
      out.push(line);
      line = `    ${part}`;
    } else line += ` ${part}`;
  }
  return [...out, line].join("\n");
}

function printEvalCommand(assignments: readonly { readonly field: string; readonly value: EvalExpr }[]): string {
  const all = assignments.map((a) => `${assignedField(a.field)}=${printEval(a.value, subsearch)}`);
  const flat = `eval ${all.join(", ")}`;
  if (flat.length + 2 <= width) return flat;
  const broken = assignments.map((a) => {
    const name = assignedField(a.field);
    return `${name}=${printEvalLines(a.value, subsearch, 4, 8 + name.length)}`;
  });
  return `eval ${broken.join(",\n    ")}`;
}

function printTstats(command: TstatsCommand): string {
  const head = words(
    "tstats",
    ...command.options.map((o) => (o.kind === "macro" ? printMacro(o) : option(o))),
    ...command.aggregations.map(aggregation),
    command.dataModel === null ? "" : `FROM datamodel=${command.dataModel}`,
  );
  const where = command.where === null ? [] : [`  WHERE ${printSearchLines(command.where, subsearch, 4, 8, false)}`];
  const by = command.by.map((b) =>
    b.span === null ? commandField(b.field) : `${commandField(b.field)} span=${b.span}`,
  );
  return [head, ...where, ...(by.length === 0 ? [] : [`  BY ${columns(by, 5)}`])].join("\n");
}

/** A BY list, filled line by line. */
function columns(fields: readonly string[], indent: number): string {
  const out: string[] = [];
  let line = "";
  for (const field of fields) {
    if (line !== "" && line.length + field.length + 1 > 84) {
      out.push(line);
      line = field;
    } else line = line === "" ? field : `${line} ${field}`;
  }
  return [...out, line].join(`\n${" ".repeat(indent)}`);
}

function option(o: Option): string {
  return `${o.name}=${optionValue(o.value)}`;
}

function aggregation(a: Aggregation): string {
  const argument =
    a.argument === null
      ? ""
      : a.argument.kind === "field"
        ? `(${commandField(a.argument.name)})`
        : `(eval(${printEval(a.argument.expr, subsearch)}))`;
  return `${a.function}${argument}${a.as === null ? "" : ` as ${commandField(a.as)}`}`;
}

function sortKey(key: SortField): string {
  const name = commandField(key.field);
  return `${key.descending ? "- " : ""}${key.type === null ? name : `${key.type}(${name})`}`;
}

function lookupField(f: LookupField): string {
  return f.as === null ? commandField(f.field) : `${commandField(f.field)} AS ${commandField(f.as)}`;
}
