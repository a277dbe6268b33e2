import type { Note } from "../../diagnostics/fidelity.ts";
import { isH3 } from "../../functions/geo.ts";
import type { Plan } from "../../plan/nodes.ts";
import * as runtime from "../../runtime/index.ts";
import type { Column } from "../../types/scalar-type.ts";
import type { Datetime } from "../../types/time.ts";
import type { Value } from "../../types/value.ts";
import { moduleOf } from "./module.ts";

/** A plan that cannot be run: `notes` say what is missing and where. */
export class NotRunnable extends Error {
  readonly notes: readonly Note[];
  constructor(notes: readonly Note[]) {
    super(notes.find((note) => note.level === "unsupported")?.message ?? "the query cannot be run");
    this.name = "NotRunnable";
    this.notes = notes;
  }
}

export interface Execution {
  readonly columns: readonly Column[];
  /** Cells in the order of the columns. */
  readonly rows: AsyncIterable<readonly Value[]>;
}

export interface Inputs {
  readonly tables: Readonly<Record<string, runtime.Events>>;
  readonly now: Datetime;
}

/**
 * Runs a plan: prints it as the TypeScript target does, without types, and evaluates that. Tables that are not given are empty.
 * @throws NotRunnable
 */
export function executePlan(plan: Plan, inputs: Inputs): Execution {
  return preparePlan(plan)(inputs);
}

/**
 * The same for a plan that is run again and again: it is printed and read once.
 * @throws NotRunnable
 */
export function preparePlan(plan: Plan): (inputs: Inputs) => Execution {
  const module = moduleOf(plan, { types: false });
  if (module.notes.some((note) => note.level === "unsupported")) throw new NotRunnable(module.notes);
  const names = module.imports.join(", ");
  const script = `"use strict";\nconst { ${names} } = runtime;\n${module.declarations}\n${module.body}\nreturn ${module.functionName};`;
  const make = new Function("runtime", script);
  const load = (library: object): Run => {
    const run: unknown = make(library);
    if (typeof run !== "function") throw new TypeError("the module has no function");
    return (...inputs) => run(...inputs);
  };
  const run = module.imports.some(isH3) ? withH3(load) : load(runtime);
  const [only] = module.tables;
  return ({ tables, now }) => {
    const events = (table: string): runtime.Events => (Object.hasOwn(tables, table) ? tables[table] : undefined) ?? [];
    const sources =
      module.tables.length === 1 && only !== undefined
        ? events(only)
        : Object.fromEntries(module.tables.map((t) => [t, events(t)]));
    const found = module.tables.length === 0 ? run({ now }) : run(sources, { now });
    return { columns: plan.body.columns, rows: cells(found, plan.body.columns) };
  };
}

/** The function of a module. */
type Run = (...inputs: unknown[]) => AsyncIterable<Readonly<Record<string, Value>>>;

/** The library of H3 cells is large: it is loaded when rows are first asked for. */
function withH3(load: (library: object) => Run): Run {
  return async function* (...inputs) {
    const h3 = await import("../../h3/index.ts");
    yield* load({ ...runtime, ...h3 })(...inputs);
  };
}

async function* cells(
  rows: AsyncIterable<Readonly<Record<string, Value>>>,
  columns: readonly Column[],
): AsyncGenerator<readonly Value[]> {
  for await (const row of rows) yield columns.map((c) => row[c.name] ?? (c.type === "string" ? "" : null));
}
