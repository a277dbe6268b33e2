import type { Dataset } from "./datamodel.ts";
import type { Engine } from "./engine.ts";
import type { Row } from "./row.ts";
import { compileSearch } from "./search/compile.ts";

/**
 * The events of a dataset with its fields: under the dataset's prefix as `datamodel` gives them, or bare as `from` does. Where the
 * dataset names no fields, the event's own are its fields.
 */
export function modelEvents(engine: Engine, dataset: Dataset, prefixed: boolean): readonly Row[] {
  const test = dataset.constraint === null ? () => true : compileSearch(engine, dataset.constraint);
  return engine.events.filter(test).map((event) => {
    if (dataset.fields === null) {
      if (!prefixed) return new Map(event);
      return new Map(
        [...event].map(([name, value]) => [name.startsWith("_") ? name : `${dataset.prefix}.${name}`, value]),
      );
    }
    const row: Row = new Map();
    for (const name of ["_time", "_raw", "host", "source", "sourcetype", "index"]) {
      const value = event.get(name);
      if (value !== undefined) row.set(name, value);
    }
    for (const [name, field] of dataset.fields) {
      const value = event.get(field);
      if (value !== undefined) row.set(prefixed ? name : name.slice(dataset.prefix.length + 1), value);
    }
    return row;
  });
}
