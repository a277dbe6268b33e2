import { expect, it } from "vitest";
import { QueryError, runKql, transpile } from "../../src/index.ts";

it("a pattern means the tables that are there", async () => {
  const tables = { DeviceEvents: [{ ActionType: "a" }], DeviceInfo: [{ OSPlatform: "Linux" }] };
  const { rows } = await runKql("union withsource=T Device* | summarize count() by T | sort by T asc", { tables });
  expect(rows).toEqual([
    ["DeviceEvents", 1],
    ["DeviceInfo", 1],
  ]);
});

it("a pattern is written back as it is", () => {
  const { text } = transpile("union Device* | count", { to: "kql" });
  expect(text).toBe("union Device*\n| count\n");
});

it("a query of all tables is not written out table by table", () => {
  const { fidelity, notes } = transpile("union * | count", { to: "typescript" });
  expect([fidelity, notes[0]?.cause]).toEqual(["unsupported", "too-many-tables"]);
});

it("a table without events is said, not taken as empty", async () => {
  await expect(runKql("DeviceEvents | count", { tables: {} })).rejects.toThrow(QueryError);
});
