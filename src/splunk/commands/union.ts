import { datasetOf } from "../datamodel.ts";
import type { Engine } from "../engine.ts";
import { newestFirst } from "../events.ts";
import { lookupTable } from "../lookups.ts";
import { modelEvents } from "../model-events.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { copyRows, type Row, type Table } from "../row.ts";
import type { NodeOf, Run } from "./run.ts";

/** The rows of several searches or datasets after each other, after those before it. (Search Reference: union) */
export const runUnion: Run<"union"> = (command, input, engine) => {
  new Options("union", command.options, ["maxout", "maxtime", "timeout"]);
  const tables = command.datasets.map((dataset) => datasetRows(command, dataset, engine));
  return { rows: [...input.rows, ...tables.flatMap((t) => t.rows)], order: input.order };
};

/** The events of several searches together, newest first. (Search Reference: multisearch) */
export const runMultisearch: Run<"multisearch"> = (command, _, engine) => {
  const rows = command.datasets.flatMap((dataset) => datasetRows(command, dataset, engine).rows);
  return { rows: [...newestFirst(rows)], order: [] };
};

function datasetRows(command: NodeOf<"union">, dataset: NodeOf<"union">["datasets"][number], engine: Engine): Table {
  if (dataset.kind === "subsearch") return engine.run(dataset.search);
  return namedDataset(engine, command, dataset.name);
}

/** `datamodel:Web.Web`, `lookup:hosts`, `inputlookup:hosts`: the rows of something that has a name. (from command) */
export function namedDataset(engine: Engine, node: NodeOf<"union"> | NodeOf<"from">, name: string): Table {
  const [, kind = "", rest = ""] = /^(\w+):(.*)$/s.exec(name.replace(/^"(.*)"$/s, "$1")) ?? [];
  switch (kind.toLowerCase()) {
    case "datamodel": {
      const dataset = datasetOf(engine, node, rest.replaceAll('"', ""));
      return { rows: [...modelEvents(engine, dataset, false)], order: [] };
    }
    case "lookup":
    case "inputlookup": {
      const rows: Row[] = copyRows(lookupTable(engine, node, rest));
      return { rows, order: [] };
    }
    default:
      throw new SplProblem("SPL205", node, `the dataset \`${name}\` is not known here`);
  }
}
