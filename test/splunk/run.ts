import { type RunSplOptions, runSpl } from "../../src/run-spl.ts";
import type { SplCell } from "../../src/splunk/run.ts";

export type Cells = Record<string, SplCell>;

/** Rows as objects, without the fields that have no value. */
export async function rows(
  search: string,
  events: Iterable<object> = [],
  options: RunSplOptions = {},
): Promise<Cells[]> {
  const result = await runSpl(search, { now: 1_700_000_000, ...options, events });
  return result.rows.map((row) =>
    Object.fromEntries(result.columns.flatMap(({ name }, i) => (row[i] === null ? [] : [[name, row[i] ?? null]]))),
  );
}

/** One column of a result. */
export async function column(
  search: string,
  name: string,
  events: Iterable<object> = [],
  options: RunSplOptions = {},
): Promise<SplCell[]> {
  return (await rows(search, events, options)).map((row) => row[name] ?? null);
}

/** The value of an expression in a row with these fields. */
export async function value(expression: string, fields: object = {}, options: RunSplOptions = {}): Promise<SplCell> {
  const [row] = await rows(`| eval _value=${expression}`, [fields], options);
  return row?._value ?? null;
}

/** Whether a row with these fields passes `where`. */
export async function passes(condition: string, fields: object = {}): Promise<boolean> {
  return (await rows(`| where ${condition}`, [fields])).length === 1;
}

/** The codes of the warnings of a search. */
export async function warnings(search: string, events: Iterable<object> = []): Promise<string[]> {
  const result = await runSpl(search, { now: 1_700_000_000, events });
  return result.warnings.map((w) => w.code);
}

/** Code and marked text of what makes a search impossible to run. */
export async function problem(
  search: string,
  options: RunSplOptions = {},
): Promise<readonly [code: string, marked: string]> {
  try {
    await runSpl(search, { now: 1_700_000_000, ...options });
  } catch (error) {
    if (error instanceof Error && "diagnostics" in error && Array.isArray(error.diagnostics)) {
      const [first] = error.diagnostics;
      return [first.code, search.slice(first.start, first.end)];
    }
    throw error;
  }
  throw new Error(`nothing is wrong with ${search}`);
}
