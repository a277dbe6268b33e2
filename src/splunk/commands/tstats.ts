import type { SearchExpr } from "../../spl/tree.ts";
import { type Dataset, datasetOf } from "../datamodel.ts";
import type { Engine } from "../engine.ts";
import { Options } from "../options.ts";
import { SplProblem } from "../problem.ts";
import { putAll, type Row } from "../row.ts";
import { compileSearch, type Fields } from "../search/compile.ts";
import { inRange, timeRangeOf, withoutTimeModifiers } from "../search/time-range.ts";
import { finish, groupRows, keyValues } from "../stats/group.ts";
import { type FieldValue, prepareAll } from "../stats/prepare.ts";
import { type Value, valuesOf } from "../value.ts";
import { binner } from "./bin.ts";
import type { NodeOf, Run } from "./run.ts";

const known = [
  "summariesonly",
  "allow_old_summaries",
  "fillnull_value",
  "prestats",
  "append",
  "local",
  "include_reduced_buckets",
  "chunk_size",
  "use_summary_index_values",
] as const;

/** Fields that every event has an index entry for. */
const indexed = new Set(["_time", "host", "source", "sourcetype", "index", "splunk_server"]);

/** What tstats cannot count. (tstats command: "Supported functions") */
const refused = new Set(["list", "per_day", "per_hour", "per_minute", "per_second", "sparkline"]);

/**
 * Aggregates events of a data model, or of the indexes by their indexed fields, without reading their text. A group with a null
 * field is left out unless `fillnull_value` fills it. (Search Reference: tstats)
 */
export const runTstats: Run<"tstats"> = (command, input, engine) => {
  const options = new Options("tstats", command.options, known);
  if (options.flag("prestats", false))
    throw new SplProblem("SPL203", options.node("prestats"), "prestats=true is not run here");
  const dataset = command.dataModel === null ? null : datasetOf(engine, command, command.dataModel);
  const field = fieldsOf(command, dataset);
  const rows = selected(engine, command.where, dataset, field);
  for (const aggregation of command.aggregations) checkAggregation(aggregation);
  const byField = (name: string): ((row: Row) => Value | undefined) => {
    const by = command.by.find((b) => b.field === name);
    const get =
      by?.field === "_time" && by.span !== null
        ? binner(engine, command, "_time", by.span, rows)
        : field(name, command);
    const filled = options.text("fillnull_value");
    if (filled === null) return get;
    return (row) => {
      const value = get(row);
      return valuesOf(value).length === 0 ? filled : value;
    };
  };
  const valueField: FieldValue = (name) => field(name, command);
  if (command.by.some((b) => b.field === "_time" && b.span === null)) {
    engine.warn(
      "SPL212",
      command,
      "tstats cuts `_time` into bins of its own choice unless `span` is given; here it is not cut",
    );
  }
  const aggregates = prepareAll(engine, command.aggregations, [], valueField);
  const by = command.by.map((b) => b.field);
  const groups = groupRows(rows, by, aggregates, false, byField);
  const names = aggregates.map((a) => a.name);
  const result = groups.map((group) => {
    const row: Row = new Map();
    putAll(row, by, keyValues(by, group));
    putAll(row, names, finish(group, aggregates));
    return row;
  });
  const order = [...by, ...names];
  return options.flag("append", false)
    ? { rows: [...input.rows, ...result], order: [...new Set([...input.order, ...order])] }
    : { rows: result, order };
};

function checkAggregation(aggregation: NodeOf<"tstats">["aggregations"][number]): void {
  if (refused.has(aggregation.function.toLowerCase())) {
    throw new SplProblem("SPL202", aggregation, `tstats has no function \`${aggregation.function}\``);
  }
  if (aggregation.argument?.kind === "eval")
    throw new SplProblem("SPL203", aggregation, "tstats takes no eval() inside a function");
}

function fieldsOf(
  command: NodeOf<"tstats">,
  dataset: Dataset | null,
): (name: string, node: SearchExpr | NodeOf<"tstats">) => (row: Row) => Value | undefined {
  return (name, node) => {
    if (dataset === null) {
      if (!indexed.has(name))
        throw new SplProblem("SPL203", node, `\`${name}\` is no indexed field`, "name a data model with FROM");
      return name === "index" ? (row) => row.get("index") ?? "main" : (row) => row.get(name);
    }
    const event = dataset.eventField(name);
    if (event === null) {
      throw new SplProblem(
        "SPL203",
        node.span === undefined ? command : node,
        `\`${name}\` is no field of the data model \`${dataset.name}\``,
        `fields begin with ${dataset.prefix}.`,
      );
    }
    return event === "index" ? (row) => row.get("index") ?? "main" : (row) => row.get(event);
  };
}

function selected(engine: Engine, where: SearchExpr | null, dataset: Dataset | null, field: Fields): readonly Row[] {
  const inModel = dataset?.constraint ? compileSearch(engine, dataset.constraint) : null;
  const range = where === null ? null : timeRangeOf(engine, where);
  const test = where === null ? null : compileSearch(engine, withoutTimeModifiers(engine, where), field);
  return engine.events.filter(
    (row) =>
      (inModel === null || inModel(row)) && (range === null || inRange(range, row)) && (test === null || test(row)),
  );
}
