import type { Command, EvalExpr, Pipeline, SearchExpr } from "../spl/tree.ts";
import { Dictionary } from "./dictionary.ts";

/** The fields of the events that a field of the rows is made of. */
type Lineage = Map<string, ReadonlySet<string>>;

/** What a search says about the fields of its events. */
export function dictionaryOfSpl(pipeline: Pipeline): Dictionary {
  const reader = new PipelineReader();
  for (const command of pipeline.commands) reader.command(command);
  return reader.dictionary;
}

/** Terms of a search that are no fields of the events. */
const modifiers = new Set([
  "earliest",
  "latest",
  "index",
  "_index_earliest",
  "_index_latest",
  "splunk_server",
  "_time",
]);
const patternArgument: Readonly<Record<string, number>> = { match: 1, replace: 1, searchmatch: 0, rex: 1 };

class PipelineReader {
  readonly dictionary = new Dictionary();
  readonly #lineage: Lineage = new Map();
  #prefix = "";

  #fields(name: string): ReadonlySet<string> {
    const plain = this.#prefix !== "" && name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : name;
    return this.#lineage.get(plain) ?? new Set(modifiers.has(plain) || plain.includes("*") ? [] : [plain]);
  }

  command(command: Command): void {
    switch (command.kind) {
      case "search":
        this.#search(command.expr);
        return;
      case "where":
        this.#eval(command.expr);
        return;
      case "tstats":
        this.#prefix = `${command.dataModel?.split(".").at(-1) ?? ""}.`;
        if (command.where !== null) this.#search(command.where);
        for (const { field } of command.by) this.#group(field);
        return;
      case "stats":
      case "eventstats":
      case "streamstats":
        for (const a of command.aggregations) {
          if (a.argument?.kind === "eval") this.#eval(a.argument.expr);
          const fields = a.argument?.kind === "field" ? this.#fields(a.argument.name) : new Set<string>();
          if (a.as !== null) this.#lineage.set(a.as, fields);
        }
        for (const field of command.by) this.#group(field);
        return;
      case "eval":
        for (const { field, value } of command.assignments) this.#lineage.set(field, this.#eval(value));
        return;
      case "rename":
        for (const { from, to } of command.pairs) if (!from.includes("*")) this.#lineage.set(to, this.#fields(from));
        return;
      case "rex":
      case "regex": {
        const fields = this.#fields(command.field ?? "_raw");
        for (const field of fields) this.dictionary.field(field).patterns.add(command.pattern);
        if (command.kind === "rex") {
          for (const [, name] of command.pattern.matchAll(/\(\?P?<(\w+)>/g))
            if (name !== undefined) this.#lineage.set(name, fields);
        }
        return;
      }
      case "dedup":
        for (const field of command.fields) this.#group(field);
        return;
      case "makemv":
        for (const field of this.#fields(command.field)) {
          for (const option of command.options)
            if (option.name === "delim") this.dictionary.field(field).separators.add(option.value);
        }
        return;
      default:
    }
  }

  #group(name: string): void {
    for (const field of this.#fields(name)) this.dictionary.field(field).grouped = true;
  }

  #add(fields: Iterable<string>, value: string): void {
    for (const field of fields) {
      const words = this.dictionary.field(field);
      if (value === "") continue;
      words.texts.add(value);
      if (/^-?\d+(?:\.\d+)?$/.test(value)) words.numbers.add(Number(value));
    }
  }

  #search(expr: SearchExpr): void {
    switch (expr.kind) {
      case "compare":
        for (const part of expr.value.split("*")) this.#add(this.#fields(expr.field), part);
        if (expr.value.includes("*")) this.#add(this.#fields(expr.field), expr.value.replaceAll("*", "x"));
        return;
      case "in":
        for (const value of expr.values) for (const part of value.split("*")) this.#add(this.#fields(expr.field), part);
        return;
      case "directive":
        if (expr.field !== null) this.#add(this.#fields(expr.field), expr.text);
        return;
      case "and":
      case "or":
        for (const operand of expr.operands) this.#search(operand);
        return;
      case "not":
        this.#search(expr.operand);
        return;
      case "term":
      case "computed":
      case "macro":
      case "subsearch":
    }
  }

  #eval(expr: EvalExpr): ReadonlySet<string> {
    switch (expr.kind) {
      case "field": {
        const fields = this.#fields(expr.name);
        for (const field of fields) this.dictionary.field(field);
        return fields;
      }
      case "string":
      case "number":
      case "template":
      case "macro":
      case "subsearch":
        return new Set();
      case "call":
        return this.#operands(expr.args, patternArgument[expr.name], expr.name === "split");
      case "binary":
        return this.#operands([expr.left, expr.right], undefined, false);
      case "in":
        return this.#operands([expr.operand, ...expr.items], undefined, false);
      case "negative":
      case "not":
        return this.#eval(expr.operand);
      case "and":
      case "or":
      case "xor":
        return new Set(expr.operands.flatMap((o) => [...this.#eval(o)]));
    }
  }

  #operands(operands: readonly EvalExpr[], pattern: number | undefined, separator: boolean): ReadonlySet<string> {
    const fields = new Set(operands.flatMap((o) => [...this.#eval(o)]));
    operands.forEach((operand, i) => {
      if (operand.kind === "number") this.#add(fields, operand.text);
      if (operand.kind !== "string") return;
      if (i === pattern) for (const field of fields) this.dictionary.field(field).patterns.add(operand.value);
      else if (separator && i === 1)
        for (const field of fields) this.dictionary.field(field).separators.add(operand.value);
      else this.#add(fields, operand.value.replaceAll("%", ""));
    });
    return fields;
  }
}
