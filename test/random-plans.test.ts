import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { NotRunnable } from "../src/targets/typescript/execute.ts";
import { compiled, type Road, roads, roadsOfText, rowsOf } from "./random-plans/agreement.ts";
import { Choices } from "./random-plans/choices.ts";
import { type Making, query } from "./random-plans/queries.ts";
import { event, otherEvent } from "./random-plans/tables.ts";

// Random queries over random events: whatever road a query takes, its rows are the same.

/** RUNS=5000 SEED=7 looks further. */
const settings = { seed: Number(process.env.SEED ?? 20251014), numRuns: Number(process.env.RUNS ?? 300) };
const tally = { right: 0, tried: 0 };
const counts = { run: 0, rows: 0, notRunnable: 0, operators: new Map<string, number>() };

const step = fc.array(fc.nat(9999), { minLength: 5, maxLength: 40, size: "max" });
const cases = fc
  .tuple(
    fc.array(step, { minLength: 2, maxLength: 7, size: "max" }),
    fc.array(event, { maxLength: 6 }),
    fc.array(otherEvent, { maxLength: 4 }),
  )
  .map(([numbers, T, U]) => ({ kql: queryOf(numbers), tables: { T, U } }));

function queryOf(numbers: readonly (readonly number[])[]): string {
  const making: Making = { lets: [], names: 0, tally, columnsOf: (text) => compiled(text)?.body.columns ?? null };
  const lists = numbers.map((list) => new Choices(list));
  return query(making, lists);
}

function countOperators(kql: string): void {
  for (const [, name = ""] of kql.matchAll(/\| *([a-z-]+)/g))
    counts.operators.set(name, (counts.operators.get(name) ?? 0) + 1);
}

describe("random queries", () => {
  afterAll(() => {
    const { run, rows, notRunnable, operators } = counts;
    console.log(
      `${run} queries run, ${rows} rows, ${notRunnable} not runnable; ${tally.right} of ${tally.tried} steps right; ${[
        ...operators,
      ]
        .sort()
        .map(([name, n]) => `${name} ${n}`)
        .join(", ")}`,
    );
  });

  it("give the same rows by every road", async () => {
    const property = fc.asyncProperty(cases, async ({ kql, tables }) => {
      const plan = compiled(kql);
      if (plan === null) throw new Error("does not compile as a whole");
      const check = async (found: AsyncIterable<Road>): Promise<void> => {
        for await (const road of found) expect(road.rows, `${road.name}:\n${road.text}`).toEqual(road.wanted);
      };
      let wanted: readonly string[];
      try {
        wanted = await rowsOf(plan, tables);
      } catch (error) {
        if (!(error instanceof NotRunnable)) throw error;
        if (/the data decides/.test(error.message)) await check(roadsOfText(kql, plan, tables));
        else counts.notRunnable++;
        return;
      }
      counts.run++;
      counts.rows += wanted.length - 1;
      countOperators(kql);
      await check(roads(kql, plan, tables, wanted));
    });
    await fc.assert(property, settings);
  });
});
