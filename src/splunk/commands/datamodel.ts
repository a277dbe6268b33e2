import { datasetOf } from "../datamodel.ts";
import { modelEvents } from "../model-events.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import type { Run } from "./run.ts";
import { namedDataset } from "./union.ts";

/** The events of a dataset, with its fields under their prefix (`search`) or bare (`flat`). (Search Reference: datamodel) */
export const runDatamodel: Run<"datamodel"> = (command, _, engine) => {
  new Options("datamodel", command.options, ["strict_fields", "allow_old_summaries", "summariesonly", "nodename"]);
  const mode = command.mode?.toLowerCase();
  if (command.model === null || command.dataset === null || (mode !== "search" && mode !== "flat")) {
    throw new SplProblem("SPL201", command, "the definition of a data model is not here", "end it with `search`");
  }
  const dataset = datasetOf(engine, command, `${command.model}.${command.dataset}`);
  return { rows: [...modelEvents(engine, dataset, mode === "search")], order: [] };
};

/** The rows of a data model or lookup. (Search Reference: from) */
export const runFrom: Run<"from"> = (command, _, engine) =>
  namedDataset(engine, command, `${command.source}:${command.name}`);
