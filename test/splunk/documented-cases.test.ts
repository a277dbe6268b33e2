import { describe, expect, it } from "vitest";
import { runSpl } from "../../src/run-spl.ts";
import type { SplCell } from "../../src/splunk/run.ts";
import { hasShared, sharedLines } from "../shared.ts";

interface Case {
  readonly id: string;
  readonly spl: string;
  readonly input: { readonly rows: readonly object[] } | null;
  readonly expected:
    | { readonly type: "count"; readonly count: number }
    | { readonly type: "each_row"; readonly values: Readonly<Record<string, unknown>>; readonly count: number }
    | {
        readonly type: "rows";
        readonly rows: readonly Readonly<Record<string, unknown>>[];
        readonly columns: readonly string[];
        readonly ordered: boolean;
      };
}

/** Cases whose result is another one here, and why. */
const exceptions: Readonly<Record<string, string>> = {};

/** Numbers by value, since a field has no type; everything else by its text. */
function same(actual: SplCell, expected: unknown): boolean {
  if (actual === null || expected === null || expected === undefined)
    return actual === null && (expected ?? null) === null;
  if (Array.isArray(actual) || Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      Array.isArray(expected) &&
      JSON.stringify(actual) === JSON.stringify(expected.map(String))
    );
  }
  if (typeof expected === "number") return actual !== "" && Number(actual) === expected;
  return String(actual) === String(expected);
}

function fault(expected: Case["expected"], found: readonly Readonly<Record<string, SplCell>>[]): string | null {
  const count = expected.type === "rows" ? expected.rows.length : expected.count;
  if (found.length !== count) return `${found.length} rows instead of ${count}`;
  if (expected.type === "count") return null;
  if (expected.type === "each_row") {
    const wrong = found.find(
      (row) => !Object.entries(expected.values).every(([name, v]) => same(row[name] ?? null, v)),
    );
    return wrong === undefined ? null : JSON.stringify(wrong);
  }
  const rest = [...found];
  for (const wanted of expected.rows) {
    const fits = (row: Readonly<Record<string, SplCell>>): boolean =>
      expected.columns.every((name) => same(row[name] ?? null, wanted[name]));
    const at = expected.ordered ? (rest[0] !== undefined && fits(rest[0]) ? 0 : -1) : rest.findIndex(fits);
    if (at < 0) return `no ${JSON.stringify(wanted)} in ${JSON.stringify(rest)}`;
    rest.splice(at, 1);
  }
  return null;
}

describe.skipIf(!hasShared)("cases whose results stand in Splunk's documentation", () => {
  const cases = hasShared ? sharedLines<Case>("spl/spl-cases.jsonl") : [];
  let passed = 0;

  it.each(cases.map((c) => [c.id, c] as const))("%s", async (id, { spl, input, expected }) => {
    const result = await runSpl(spl, { events: input?.rows ?? [], now: 1_700_000_000 });
    const found = result.rows.map((row) =>
      Object.fromEntries(result.columns.map(({ name }, i) => [name, row[i] ?? null])),
    );
    const wrong = fault(expected, found);
    if (wrong === null) passed++;
    expect(wrong === null, exceptions[id] ?? wrong ?? "").toBe(exceptions[id] === undefined);
  });

  it("as many as there must be", () => {
    console.log(`documented SPL cases: ${passed} of ${cases.length}`);
    expect(passed).toBeGreaterThanOrEqual(148);
  });
});
