import type { ScalarFunction } from "../../src/functions/row.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { foldConstants } from "../../src/rewrite/fold-constants.ts";
import { executePlan, NotRunnable } from "../../src/targets/typescript/execute.ts";
import { type Column, scalarTypeOf } from "../../src/types/scalar-type.ts";
import type { Value } from "../../src/types/value.ts";
import { clock, compiled, type Tables } from "./agreement.ts";
import { misfit, shown } from "./cells.ts";
import type { Choices } from "./choices.ts";
import { argumentOf, countOf, typesOf, written } from "./expressions.ts";
import { literals, schema, type Type } from "./tables.ts";

export interface RandomCall {
  readonly text: string;
  readonly args: readonly string[];
}

const columns: readonly Column[] = Object.entries(schema).map(([name, type]) => ({ name, type }));

/** A call with columns of T and constants, or with constants alone. */
export function randomCall(row: ScalarFunction, c: Choices, constantsAlone: boolean): RandomCall {
  const leaf = (type: Type): string => {
    const column = c.any(columns.filter((k) => k.type === type));
    return constantsAlone || column === undefined || c.oneIn(4) ? c.of(literals[type]) : written(column.name);
  };
  const args = Array.from({ length: countOf(row, c) }, (_, i) => argumentOf(row, i, c, leaf));
  return { text: `${row.name}(${args.join(", ")})`, args };
}

export interface CallProblem {
  readonly call: string;
  readonly problem: string;
}

/** Calls of one function on events of T: what is wrong with their values, and how many of them can be run. */
export async function problemsOf(
  row: ScalarFunction,
  calls: readonly RandomCall[],
  events: readonly object[],
): Promise<{ readonly ran: number; readonly problems: readonly CallProblem[] }> {
  const problems: CallProblem[] = [];
  let ran = 0;
  for (const { text, args } of calls) {
    const kql = `T | project ${[...args.map((arg, i) => `a${i} = ${arg}`), `v = ${text}`].join(", ")}`;
    const plan = compiled(kql);
    const last = plan?.body.kind === "project" ? plan.body.values.at(-1)?.value : undefined;
    if (plan === null || last === undefined) continue;
    try {
      const found = await resultOf(plan, { T: events });
      ran++;
      const given = plan.body.columns.slice(0, -1);
      for (const cells of found) {
        const [args, value] = [cells.slice(0, -1), cells.at(-1) ?? null];
        const wrong = misfit(value, last.type) ?? nullProblem(row, args, given, value);
        if (wrong === null) continue;
        problems.push({ call: text, problem: `${wrong} for (${args.map(shown).join(", ")})` });
        break;
      }
      // A constant real beyond 64 bits becomes another long than one of a row does, in the engine too.
      if (row.name === "tolong") continue;
      const lines = (rows: readonly (readonly Value[])[]): string =>
        rows.map((cells) => cells.map(shown).join()).join("\n");
      const folded = foldConstants(plan);
      if (folded.body !== plan.body && lines(await resultOf(folded, { T: events })) !== lines(found))
        problems.push({ call: text, problem: "the folded call gives something else" });
    } catch (error) {
      if (error instanceof NotRunnable) continue;
      // Says so where the engine's answer is not known.
      if (error instanceof RangeError && error.message.startsWith(row.name)) continue;
      problems.push({ call: text, problem: `threw ${String(error)}` });
    }
  }
  return { ran, problems };
}

async function resultOf(plan: Plan, tables: Tables): Promise<readonly (readonly Value[])[]> {
  const { rows } = executePlan(plan, { tables, now: clock });
  const all: (readonly Value[])[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** Whether the row's word about nulls is broken. */
function nullProblem(
  row: ScalarFunction,
  args: readonly Value[],
  given: readonly Column[],
  value: Value,
): string | null {
  if (row.total === true && value === null) return "null, and it never should be";
  if (row.nulls !== "propagate" || value === null || value === "") return null;
  const at = args.findIndex((arg, i) => arg === null && takesNull(row, i, given[i]));
  return at < 0 ? null : `${shown(value)} of a null argument ${at + 1}`;
}

/** A dynamic null among texts is an empty text. */
function takesNull(row: ScalarFunction, index: number, column: Column | undefined): boolean {
  const parameter = row.parameters[index] ?? row.rest ?? "any";
  const texts = parameter === "text" || parameter === "regex" || typesOf(parameter).includes("string");
  return !(texts && scalarTypeOf(column?.type ?? "") !== "string");
}
