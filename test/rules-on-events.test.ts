import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileKql } from "../src/compile.ts";
import { type Cell, runKql, transpile } from "../src/index.ts";
import { readRule } from "../src/rules/read.ts";
import { cellOf } from "../src/runtime/cell.ts";
import { parseDatetime } from "../src/runtime/index.ts";
import { knownColumns } from "../src/schemas/known-tables.ts";
import { hasShared, sharedLines, sharedText } from "./shared.ts";

type Event = Readonly<Record<string, unknown>>;
type Table = readonly (readonly Cell[])[];
interface Expected {
  readonly rule1: { readonly table: Table };
  readonly rule2: Readonly<Record<string, Rule2>>;
  readonly rule3: {
    readonly passes_filters: readonly unknown[];
    readonly table: Table;
    readonly columns: readonly string[];
  };
  readonly rule4: {
    readonly passes_filters: readonly unknown[];
    readonly columns: readonly string[];
    readonly table: Table;
  };
}
interface Rule2 {
  readonly now: string | null;
  readonly sum_of_TotalQueries: number;
  readonly TotalQueries_min_max_over_tie_breaks: readonly (readonly [string, string, number, number])[];
}

if (!hasShared) console.log("skipped: 1 file of tests needs ../shared/events");

const rules = resolve(import.meta.dirname, "../rules");
const queryOf = (name: string): string => {
  const { rule } = readRule(readFileSync(join(rules, `${name}.yml`), "utf8"), `${name}.yml`);
  if (!rule) throw new Error(`${name} cannot be read`);
  return rule.query.text;
};
const names = {
  rule1: "net_use_credentials_in_batch_script",
  rule2: "net_query_statistics",
  rule3: "net_group_and_account_recon",
  rule4: "windows_network_connection_discovery_via_net",
};

/** The table as Defender has it, and the recordings' own number for each event. */
const schemas = {
  DeviceProcessEvents: {
    ...Object.fromEntries((knownColumns("DeviceProcessEvents") ?? []).map((c) => [c.name, c.type])),
    _id: "dynamic",
  },
};

type Result = { readonly columns: readonly { readonly name: string }[]; readonly rows: Table };
type Run = (events: readonly Event[], now: string) => Promise<Result>;

const folder = mkdtempSync(join(tmpdir(), "rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The ways from a rule's source to rows. */
const ways: Readonly<Record<string, (query: string, file: string) => Run>> = {
  "the source": (query) => (events, now) => runKql(query, { tables: { DeviceProcessEvents: events }, schemas, now }),
  "the emitted KQL for Defender": (query) => (events, now) => {
    const { text, fidelity } = transpile(query, { to: "kql", flavour: "defender", schemas });
    expect(fidelity).toBe("exact");
    return runKql(text, { tables: { DeviceProcessEvents: events }, schemas, now });
  },
  "the emitted KQL for Sentinel": (query) => (events, now) => {
    const { text } = transpile(query, { to: "kql", flavour: "sentinel", schemas });
    return runKql(text, { tables: { DeviceProcessEvents: events }, schemas, now });
  },
  "the emitted TypeScript, compiled and run by itself": (query, file) => async (events, now) => {
    const module: Record<string, unknown> = await import(pathToFileURL(join(folder, `${file}.js`)).href);
    const [run] = Object.values(module).filter((v) => typeof v === "function");
    const { columns } = compileKql(query, { schemas });
    if (typeof run !== "function" || !columns) throw new Error("the module exports no function");
    const rows: Cell[][] = [];
    for await (const row of run(events, { now: parseDatetime(now) }))
      rows.push(columns.map((c) => cellOf(row[c.name], c.type)));
    return { columns, rows };
  },
};

beforeAll(() => {
  for (const file of Object.values(names)) {
    const { text } = transpile(queryOf(file), { to: "typescript", standalone: true, schemas, name: file });
    writeFileSync(join(folder, `${file}.ts`), text);
  }
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2023",
        module: "nodenext",
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        types: [],
      },
      include: ["*.ts"],
    }),
  );
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const tsc = resolve(import.meta.dirname, "../node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", folder], { stdio: "pipe", encoding: "utf8" });
}, 120_000);

const column = (result: Result, name: string): Cell[] => {
  const at = result.columns.findIndex((c) => c.name === name);
  expect(at, `column ${name}`).toBeGreaterThanOrEqual(0);
  return result.rows.map((r) => r[at] ?? null);
};

/**
 * The hand-worked answer reads `\\s` as ASCII; the real engine's answer to fuzz/string-ops/a9a51ab39e says that a no-break
 * space is white space too. Where they disagree the engine is right: the user and the share of event s27 end before it.
 */
const endAtNoBreakSpace = (table: Table): Table =>
  table.map((row) =>
    row.map((cell) =>
      Array.isArray(cell) ? cell.map((c) => (typeof c === "string" ? c.replaceAll(/\u00a0[^"]*/g, "") : c)) : cell,
    ),
  );

const sorted = (table: Table): string[] => table.map((row) => JSON.stringify(row)).sort();
/** Sets come in any order. */
const withSortedSets = (table: Table): Table =>
  table.map((row) => row.map((c) => (Array.isArray(c) ? [...c].sort() : c)));

describe.skipIf(!hasShared)("the four rules find what was worked out by hand", () => {
  const expected = hasShared ? (JSON.parse(sharedText("events/expected.json")) as Record<string, Expected>) : {};
  const real = hasShared ? sharedLines<Event>("events/DeviceProcessEvents.jsonl.gz") : [];
  const synthetic = hasShared ? sharedLines<Event>("events/synthetic.jsonl") : [];
  const cim = hasShared
    ? new Map(
        [
          ...sharedLines<Event>("events/cim_processes.jsonl.gz"),
          ...sharedLines<Event>("events/synthetic_cim.jsonl"),
        ].map((e) => [e._id, e]),
      )
    : new Map<unknown, Event>();
  const sets: Readonly<Record<string, readonly Event[]>> = {
    real,
    "real, one record per process (4688 records that have a Sysmon twin left out)": real.filter(
      (e) => e._twin === null || e._event !== "Security/4688",
    ),
    synthetic,
    "real+synthetic": [...real, ...synthetic],
  };

  describe.each(Object.keys(ways))("from %s", (way) => {
    const make = ways[way];
    if (!make) throw new Error(way);
    const runOf = (file: string): Run => make(queryOf(file), file);

    it.each(Object.keys(sets))("on the events: %s", async (set) => {
      const events = sets[set] ?? [];
      const want = expected[set];
      if (!want) throw new Error(set);
      const later = "2027-01-01T00:00:00Z";

      const rule1 = await runOf(names.rule1)(events, later);
      expect(rule1.columns.map((c) => c.name)).toEqual([
        "DeviceName",
        "UserToShareToScriptInstancesCount",
        "UserToShareToScriptInstances",
      ]);
      expect(sorted(withSortedSets(rule1.rows))).toEqual(sorted(withSortedSets(endAtNoBreakSpace(want.rule1.table))));

      for (const [label, rule2] of Object.entries(want.rule2)) {
        if (rule2.now === null) continue;
        const { columns, rows } = await runOf(names.rule2)(events, rule2.now);
        expect(columns.map((c) => c.name)).toEqual(["QueriedEntity", "NetActionType", "TotalQueries"]);
        expect(
          rows.reduce((sum, r) => sum + Number(r[2]), 0),
          label,
        ).toBe(rule2.sum_of_TotalQueries);
        const bounds = new Map(
          rule2.TotalQueries_min_max_over_tie_breaks.map(([q, t, low, high]) => [`${q}|${t}`, [low, high] as const]),
        );
        for (const [entity, type, total] of rows) {
          const [low, high] = bounds.get(`${entity}|${type}`) ?? [Number.NaN, Number.NaN];
          expect(Number(total)).toBeGreaterThanOrEqual(low);
          expect(Number(total)).toBeLessThanOrEqual(high);
        }
        const totals = rows.map((r) => Number(r[2]));
        expect(totals).toEqual([...totals].sort((a, b) => b - a));
        const seen = new Set(rows.map((r) => `${r[0]}|${r[1]}`));
        const certain = [...bounds].filter(([, [low]]) => low > 0).map(([key]) => key);
        expect(certain.filter((key) => !seen.has(key))).toEqual([]);
      }

      const rule3 = await runOf(names.rule3)(events, later);
      expect([...column(rule3, "_id")].sort()).toEqual([...want.rule3.passes_filters].sort());
      const timeless = want.rule3.columns.filter((c) => c !== "Timestamp");
      const got = rule3.rows.map((_, i) => timeless.map((c) => column(rule3, c)[i] ?? null));
      const wanted = want.rule3.table.map((row) => row.filter((_, i) => want.rule3.columns[i] !== "Timestamp"));
      expect(sorted(got)).toEqual(sorted(wanted));

      // Rule 4 was worked out on the CIM form of the events; these columns hold the same text in both forms.
      const rule4 = await runOf(names.rule4)(events, later);
      const pairs = {
        process: "ProcessCommandLine",
        process_name: "FileName",
        process_id: "ProcessId",
        process_path: "FolderPath",
        dest: "DeviceName",
        user: "AccountName",
        count: "count",
        firstTime: "firstTime",
        lastTime: "lastTime",
      };
      const ours = rule4.rows.map((_, i) => Object.values(pairs).map((c) => column(rule4, c)[i] ?? null));
      const theirs = want.rule4.table.map((row) =>
        Object.keys(pairs).map((c) => row[want.rule4.columns.indexOf(c)] ?? null),
      );
      expect(sorted(ours)).toEqual(sorted(theirs));
      expect(want.rule4.passes_filters.every((id) => cim.has(id))).toBe(true);
    });
  });
});
