import { expect, test } from "vitest";
import { checkKql } from "../../src/index.ts";
import { hasShared, sharedLines } from "../shared.ts";

test.skipIf(!hasShared)("warnings of real rules: each has a place in its query", () => {
  const counts = new Map<string, number>();
  let clean = 0;
  for (const { query } of sharedLines<{ query: string }>("corpus/kql.jsonl")) {
    const findings = checkKql(query);
    const own = findings.filter((d) => /^KQL2\d\d$/.test(d.code));
    if (own.length === 0) clean++;
    for (const { code, start, end, message, hint } of own) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
      expect(start, `${code} in ${query}`).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(query.length);
      expect(`${message} ${hint ?? ""}`).not.toMatch(/undefined|\[object|\n/);
    }
  }
  const shown = [...counts].sort().map(([code, count]) => `${code} ${count}`);
  console.log(`warnings: ${shown.join(", ")}; none in ${clean} queries`);
  expect(counts.size).toBeGreaterThan(10);
});
