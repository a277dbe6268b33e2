import type { Located, SearchExpr } from "../spl/tree.ts";
import type { Engine } from "./engine.ts";
import { SplProblem } from "./problem.ts";

/** Fields that have no prefix in any dataset. */
const plainFields = new Set([
  "_time",
  "host",
  "source",
  "sourcetype",
  "index",
  "_raw",
  "splunk_server",
  "eventtype",
  "tag",
]);

/** The datasets that `Model` or `Model.Dataset` names, with the constraint as a tree. */
export interface Dataset {
  readonly name: string;
  readonly prefix: string;
  readonly constraint: SearchExpr | null;
  /** The event field behind a name as a search writes it: `Processes.dest`. null: not a field of this dataset. */
  readonly eventField: (name: string) => string | null;
  /** Fields with their prefix → event field; null where every event field is one. */
  readonly fields: ReadonlyMap<string, string> | null;
}

/** Finds a declared dataset. A model's own name stands for its only declared dataset, or the one that is named like it. */
export function datasetOf(engine: Engine, node: Located, name: string): Dataset {
  const models = engine.dataModels;
  const declared = Object.keys(models);
  const candidates = Object.hasOwn(models, name) ? [name] : declared.filter((key) => key.startsWith(`${name}.`));
  const same = candidates.find((key) => key === `${name}.${name}`);
  const found = same ?? (candidates.length === 1 ? candidates[0] : undefined);
  const object = found === undefined ? undefined : models[found];
  if (found === undefined || object === undefined) {
    if (candidates.length > 1) {
      throw new SplProblem("SPL205", node, `the data model \`${name}\` has several datasets: ${candidates.join(", ")}`);
    }
    throw new SplProblem(
      "SPL205",
      node,
      `the data model \`${name}\` is not declared`,
      "give its fields in `dataModels`",
    );
  }
  const prefix = object.prefix ?? found.slice(found.lastIndexOf(".") + 1);
  const constraint = object.search === undefined ? null : constraintOf(engine, node, found, object.search);
  const fields =
    object.fields === undefined
      ? null
      : new Map(Object.entries(object.fields).map(([field, event]) => [`${prefix}.${field}`, event]));
  const eventField = (field: string): string | null => {
    if (plainFields.has(field)) return field;
    if (fields !== null) return fields.get(field) ?? null;
    return field.startsWith(`${prefix}.`) ? field.slice(prefix.length + 1) : null;
  };
  return { name: found, prefix, constraint, eventField, fields };
}

function constraintOf(engine: Engine, node: Located, name: string, text: string): SearchExpr {
  const [command, ...rest] = engine.parse(text).commands;
  if (command?.kind !== "search" || rest.length > 0) {
    throw new SplProblem("SPL205", node, `the constraint of the data model \`${name}\` is not one search expression`);
  }
  return command.expr;
}
