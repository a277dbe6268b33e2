import type { EvalExpr, Pipeline } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { isArray, jsonText, parseJson } from "../json/json.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { expandNames, fieldNames, namePattern, type Table } from "../row.ts";
import { valuesOf, valueText } from "../value.ts";
import type { Run } from "./run.ts";

/**
 * Runs a search once for each field that a list with wildcards means, `<<FIELD>>` standing for its name; or for each value of
 * one field (`mode=multivalue`, `json_array`), `<<ITEM>>` standing for the value. (Search Reference: foreach)
 */
export const runForeach: Run<"foreach"> = (command, input, engine) => {
  const options = new Options("foreach", command.options, [
    "mode",
    "fieldstr",
    "matchstr",
    "matchseg1",
    "matchseg2",
    "matchseg3",
    "itemstr",
    "iterstr",
  ]);
  const mode = options.oneOf("mode", ["multifield", "multivalue", "json_array", "auto_collections"], "multifield");
  if (mode === "auto_collections")
    throw new SplProblem("SPL203", options.node("mode"), "mode=auto_collections is not run here");
  const name = (option: string, usual: string): string =>
    (options.text(option) ?? `<<${usual}>>`).replace(/^<<|>>$/g, "");
  if (mode !== "multifield")
    return eachValue(
      engine,
      command.search,
      command.fields,
      input,
      mode,
      name("itemstr", "ITEM"),
      name("iterstr", "ITER"),
    );
  let table = input;
  for (const pattern of command.fields) {
    const expression = namePattern(pattern);
    for (const field of expandNames([pattern], fieldNames(input))) {
      const segments = expression.exec(field)?.slice(1) ?? [];
      const words = new Map([
        [name("fieldstr", "FIELD"), field],
        [name("matchstr", "MATCHSTR"), segments.join("") || field],
      ]);
      for (const [i, segment] of segments.entries()) words.set(name(`matchseg${i + 1}`, `MATCHSEG${i + 1}`), segment);
      table = engine.continueWith(substituted(engine, command.search, words), table);
    }
  }
  return table;
};

function eachValue(
  engine: Engine,
  search: Pipeline,
  fields: readonly string[],
  input: Table,
  mode: "multivalue" | "json_array",
  item: string,
  iter: string,
): Table {
  const rows = input.rows.flatMap((row) => {
    let current = [row];
    for (const field of fields) {
      const value = row.get(field);
      if (value === undefined) continue;
      const json = mode === "json_array" ? parseJson(valueText(value)) : undefined;
      const items =
        mode === "multivalue"
          ? valuesOf(value)
          : json !== undefined && isArray(json)
            ? json.map((j) => jsonText(j) ?? "")
            : [];
      items.forEach((text, i) => {
        const words = new Map([
          [item, text],
          [iter, String(i)],
        ]);
        current = engine.continueWith(substituted(engine, search, words, true), { rows: current, order: [] }).rows;
      });
    }
    return current;
  });
  return { rows, order: input.order };
}

/** The search with each `<<WORD>>` replaced: in texts and names by what it stands for, bare by what that reads as. */
function substituted(engine: Engine, search: Pipeline, words: ReadonlyMap<string, string>, asText = false): Pipeline {
  const replaceIn = (text: string): string => text.replace(/<<(\w+)>>/g, (all, word: string) => words.get(word) ?? all);
  const visit = (node: unknown): unknown => {
    if (typeof node === "string") return replaceIn(node);
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== "object" || node === null) return node;
    if ("kind" in node && node.kind === "template" && "name" in node && typeof node.name === "string") {
      const text = words.get(node.name);
      return text === undefined ? node : bareExpression(engine, text, asText);
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === "kind" ? value : visit(value)]));
  };
  return visit(search) as Pipeline;
}

/** What a bare word in an expression reads as: a field, a number, or whatever its characters make of it. */
function bareExpression(engine: Engine, text: string, asText: boolean): EvalExpr {
  if (/^\d+(?:\.\d+)?$/.test(text)) return { kind: "number", text };
  if (asText) return { kind: "string", value: text };
  if (/^[A-Za-z_]\w*$/.test(text)) return { kind: "field", name: text };
  const [command] = engine.parse(`| where ${text}`).commands;
  return command?.kind === "where" ? command.expr : { kind: "field", name: text };
}
