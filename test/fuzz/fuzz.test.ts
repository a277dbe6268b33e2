import { expect, it } from "vitest";
import { analyzeKql, parseKql, printKql } from "../../src/index.ts";
import { inputs } from "./inputs.ts";

/** `npm run fuzz` sets it to 100,000. */
const wanted = Number(process.env.FUZZ_INPUTS ?? 2_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);
/** Milliseconds of the processor for one text. */
const allowed = 100;

const schemas = { T: { a: "long", b: "string", c: "dynamic", d: "datetime" } };

/** Reads, analyses and prints a text; throws where the library does, or contradicts itself. */
function exercise(text: string): void {
  const { query, diagnostics } = parseKql(text);
  const failed = diagnostics.some((d) => d.severity === "error");
  if ((query === null) !== failed) throw new Error("a query with errors, or none without");
  for (const d of [...diagnostics, ...analyzeKql(text, { schemas }).diagnostics]) {
    if (!(0 <= d.start && d.start <= d.end && d.end <= text.length)) throw new Error(`${d.code} outside of the text`);
  }
  if (query === null) return;
  const printed = printKql(query);
  const again = parseKql(printed);
  if (again.query === null)
    throw new Error(`printed text that is not read: ${again.diagnostics[0]?.message}\n${printed}`);
}

function processorTime(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

it(
  `${wanted} texts of any kind are read, analysed and printed, each in a bounded time`,
  () => {
    exercise("T | where a == 1 and (b"); // tables and parsers are made on first use
    const failures: string[] = [];
    let slowest = 0;
    for (const text of inputs(seed, wanted)) {
      try {
        let time = processorTime(() => exercise(text));
        // another task of the process may have taken its time: a slow text is slow again
        for (let more = 3; time > allowed && more > 0; more--)
          time = Math.min(
            time,
            processorTime(() => exercise(text)),
          );
        slowest = Math.max(slowest, time);
        if (time > allowed) failures.push(`${Math.round(time)} ms: ${JSON.stringify(text.slice(0, 400))}`);
      } catch (error) {
        failures.push(`${String(error)}: ${JSON.stringify(text.slice(0, 2000))}`);
      }
      if (failures.length >= 10) break;
    }
    console.log(`the slowest of ${wanted} texts took ${Math.round(slowest)} ms`);
    expect(failures).toEqual([]);
  },
  60_000 + wanted * 100,
);
