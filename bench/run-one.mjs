/** One measurement in a process of its own: `run-one.mjs ruleport|count|duckdb RULE|KQL|SQL EVENTS`. */
import { readFileSync } from "node:fs";

const [side, what, events] = process.argv.slice(2);
const now = "2020-09-22T12:00:00Z";

const sides = {
  /** The command as a user runs it, its output thrown away. */
  async ruleport() {
    const { main } = await import("../dist/cli/program.js");
    const terminal = {
      out: async () => {},
      err: () => {},
      width: 100,
      errWidth: 100,
      interactive: false,
      outColor: false,
      errColor: false,
    };
    const code = await main(["run", what, "--events", events, "--now", now, "--format", "jsonl"], terminal);
    if (code !== 0) throw new Error(`ruleport run ended with ${code}`);
  },
  async count() {
    const { runKql } = await import("../dist/index.js");
    const DeviceProcessEvents = readFileSync(events, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { rows } = await runKql(`DeviceProcessEvents | ${what} | count`, { tables: { DeviceProcessEvents }, now });
    return rows[0][0];
  },
  async duckdb() {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const file = `read_json('${events.replaceAll("'", "''")}', format = 'newline_delimited')`;
    const sql = what.startsWith("SELECT") ? what.replace("EVENTS", file) : `SELECT count(*) FROM ${file} WHERE ${what}`;
    const reader = await connection.runAndReadAll(sql);
    return Number(reader.getRows()[0][0]);
  },
};

const start = performance.now();
const count = await sides[side]();
const seconds = (performance.now() - start) / 1000;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ seconds, megabytes, count })}\n`);
