import { beforeAll, describe, expect, it } from "vitest";
import { compileKql } from "../src/compile.ts";
import { QueryError, runKql } from "../src/run.ts";
import { readJson } from "../src/runtime/json-reader.ts";
import { exceptions } from "./conformance/exceptions.ts";
import { hasShared, sharedPath, sharedText } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly query: string;
  readonly error?: true;
  readonly expected?: {
    readonly columns: readonly { name: string; type: string }[];
    readonly rows: readonly unknown[][];
  };
  readonly ordered?: boolean;
}
type Judge = (testCase: Case, actual: object) => { ok: boolean; why?: string };

/** A case with its whole numbers exact: JSON.parse rounds those beyond 2^53, and the judge compares longs digit by digit. */
function readCase(line: string): Case {
  const read: Case = JSON.parse(line);
  if (!read.expected || !/\d{16}/.test(line)) return read;
  const { columns, rows } = read.expected;
  const digits = readJson(line) as unknown as Case;
  const cell = (r: number, c: number): unknown =>
    columns[c]?.type === "long" ? digits.expected?.rows[r]?.[c] : rows[r]?.[c];
  return { ...read, expected: { columns, rows: rows.map((row, r) => row.map((_, c) => cell(r, c))) } };
}

const cases = hasShared
  ? sharedText("conformance/kusto-truth.jsonl")
      .split("\n")
      .filter((line) => line !== "")
      .map(readCase)
  : [];
if (!hasShared) console.log("skipped: 1 file of tests needs ../shared/conformance");

function familyOf(id: string): string {
  const [origin = "", family = ""] = id.split("/");
  return origin === "docs" ? "docs" : family;
}

interface Outcome {
  readonly testCase: Case;
  readonly ok: boolean;
  readonly why: string;
}

async function judge(testCase: Case, same: Judge): Promise<Outcome> {
  try {
    const actual = await runKql(testCase.query, { now: "2026-01-01T00:00:00Z" });
    if (testCase.error) return { testCase, ok: false, why: "gave rows where the engine refuses" };
    // The recording calls a decimal column real.
    const columns = actual.columns.map((c) => (c.type === "decimal" ? { ...c, type: "real" } : c));
    const { ok, why } = same(testCase, { ...actual, columns });
    return { testCase, ok, why: why ?? "" };
  } catch (error) {
    if (error instanceof QueryError) return { testCase, ok: testCase.error === true, why: error.message };
    return { testCase, ok: false, why: `threw ${String(error)}` };
  }
}

/** Names in the plan of a query, for the test below. */
function functionsOf(query: string): Set<string> {
  const { plan } = compileKql(query);
  const found = new Set<string>();
  JSON.stringify(plan, (key, value: unknown) => {
    if (value && typeof value === "object" && "kind" in value) {
      if (value.kind === "call" && "name" in value) found.add(String(value.name));
      else if (["access", "apply", "sort", "join", "union", "expand", "parse"].includes(String(value.kind)))
        found.add(String(value.kind));
    }
    if (key === "function") found.add(String(value));
    return typeof value === "bigint" ? String(value) : value;
  });
  return found;
}

/** What the four rules are made of. */
const ruleFunctions = [
  "==",
  "=~",
  ">",
  "has",
  "has_all",
  "has_any",
  "in",
  "contains",
  "endswith",
  "tolower",
  "extract",
  "trim_end",
  "tostring",
  "split",
  "access",
  "bag_pack",
  "case",
  "isnotempty",
  "ago",
  "startofday",
  "apply",
  "sort",
  "make_set",
  "dcount",
  "arg_max",
  "count",
  "min",
  "max",
  "format_datetime",
];

/**
 * Geography, graphs and the series functions that learn from the data (decomposition, forecasts, fits, filters, periods): a field
 * of their own each, apart from what detections are made of.
 */
const specialFields =
  /\bgeo_\w+\(|\b(make-graph|graph-\w+)\b|\bseries_(decompose|fir|fit|iir|fft|ifft|mv|outliers|periods|seasonal)/;

interface Count {
  right: number;
  all: number;
}
function countOf(outcomes: readonly Outcome[]): Count {
  return { right: outcomes.filter((o) => o.ok).length, all: outcomes.length };
}
const share = ({ right, all }: Count): number => right / Math.max(all, 1);
function print(name: string, count: Count): void {
  console.log(`${name.padEnd(44)} ${count.right} of ${count.all}, ${(100 * share(count)).toFixed(1)} %`);
}

describe.skipIf(!hasShared)("the real engine's answers", () => {
  const outcomes: Outcome[] = [];

  beforeAll(async () => {
    const { sameResult } = (await import(sharedPath("conformance/compare.mjs"))) as { sameResult: Judge };
    for (const testCase of cases) outcomes.push(await judge(testCase, sameResult));
  }, 300_000);

  it("are those of every case but the listed exceptions", () => {
    const families = new Map<string, Outcome[]>();
    for (const o of outcomes) {
      const family = familyOf(o.testCase.id);
      families.set(family, [...(families.get(family) ?? []), o]);
    }
    for (const [family, list] of [...families].sort()) print(family, countOf(list));
    const wrong = outcomes.filter((o) => !o.ok);
    if (process.env.SHOW_WRONG) {
      for (const { testCase, why } of wrong)
        console.log(`${testCase.id}\n  ${testCase.query.slice(0, 300).replaceAll("\n", " ")}\n  ${why.slice(0, 200)}`);
    }
    const listed = new Set(Object.keys(exceptions));
    expect(wrong.filter((o) => !listed.has(o.testCase.id)).map((o) => `${o.testCase.id}: ${o.why}`)).toEqual([]);
    const ids = new Set(wrong.map((o) => o.testCase.id));
    expect(
      [...listed].filter((id) => !ids.has(id)),
      "exceptions that agree, or are no cases",
    ).toEqual([]);
  });

  it("are given often enough", () => {
    const common = outcomes.filter((o) => !specialFields.test(o.testCase.query));
    const rows = countOf(common.filter((o) => !o.testCase.error));
    const errors = countOf(common.filter((o) => o.testCase.error));
    const all = countOf(outcomes);
    print("rows, without geography, graphs, fitted series", rows);
    print("errors, likewise", errors);
    print("all", all);
    expect(share(rows)).toBeGreaterThanOrEqual(0.98);
    expect(share(errors)).toBeGreaterThanOrEqual(0.9);
    expect(share(all)).toBeGreaterThanOrEqual(0.9);
  });

  it("never come as a crash", () => {
    expect(outcomes.filter((o) => o.why.startsWith("threw")).map((o) => `${o.testCase.id} ${o.why}`)).toEqual([]);
  });

  it("agrees wherever a query is made of what the four rules use", () => {
    const known = new Set(ruleFunctions);
    const covered = outcomes.filter((o) => {
      if (o.testCase.error) return false;
      const used = functionsOf(o.testCase.query);
      return used.size > 0 && [...used].every((name) => known.has(name));
    });
    console.log(`made of the four rules' functions: ${covered.length} cases`);
    expect(covered.length).toBeGreaterThan(50);
    expect(covered.filter((o) => !o.ok).map((o) => `${o.testCase.id}: ${o.why}`)).toEqual([]);
  });
});
