import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { aggregates } from "../src/functions/aggregates.ts";
import { operators } from "../src/functions/operators.ts";
import { analyzeKql, type Note, runKql, type TableDeclarations, transpile } from "../src/index.ts";
import { linesOf, type Table } from "./rows.ts";

// test/cases/<feature>/<case>: what lies in the folder is what is checked. UPDATE_CASES=1 rewrites the texts that a folder
// has; rows.json says what KQL means and is only ever written by hand.

const root = resolve(import.meta.dirname, "cases");
const update = process.env.UPDATE_CASES === "1";

/** Golden texts and how they are made. */
const ports: Readonly<Record<string, { readonly to: string; readonly profile?: string; readonly macros?: true }>> = {
  "defender.spl": { to: "spl", profile: "defender" },
  "sysmon.spl": { to: "spl", profile: "sysmon" },
  "cim.spl": { to: "spl", profile: "cim" },
  "cim-macros.spl": { to: "spl", profile: "cim", macros: true },
  "sigma.yml": { to: "sigma" },
  "kql.kql": { to: "kql" },
  "module.ts": { to: "typescript" },
};
const others = ["query.kql", "events.json", "schemas.json", "rows.json", "notes.txt", "diagnostics.txt"];

const cases = readdirSync(root)
  .flatMap((feature) => readdirSync(join(root, feature)).map((name) => `${feature}/${name}`))
  .sort();

describe("the cases", () => {
  const withRows = cases.filter((name) => existsSync(join(root, name, "rows.json")));
  const queries = withRows.map((name) => readFileSync(join(root, name, "query.kql"), "utf8")).join("\n");

  it("have rows for every aggregate and operator", () => {
    const unseen = [
      ...aggregates.map((row) => row.name).filter((name) => !new RegExp(`\\b${name}\\(`).test(queries)),
      ...operators.map((row) => row.name).filter((name) => name !== "neg" && !queries.includes(` ${name} `)),
    ];
    expect(unseen).toEqual([]);
  });
});

describe.each(cases)("%s", (name) => {
  const folder = join(root, name);
  const files = readdirSync(folder);
  const text = (file: string): string => readFileSync(join(folder, file), "utf8");
  const json = <T>(file: string): T => JSON.parse(text(file)) as T;

  const query = text("query.kql");
  const schemas = files.includes("schemas.json") ? json<TableDeclarations>("schemas.json") : {};

  /** Compares a text with what the folder says, or makes the folder say it. */
  const same = (file: string, actual: string): void => {
    if (update) writeFileSync(join(folder, file), actual);
    expect(actual, file).toBe(text(file));
  };

  it("has only files that are checked", () => {
    const known = [...Object.keys(ports), ...others];
    expect(files.filter((f) => !known.includes(f))).toEqual([]);
    expect(files.some((f) => f === "rows.json" || f === "diagnostics.txt" || f in ports)).toBe(true);
  });

  const golden = Object.entries(ports).filter(([file]) => files.includes(file));
  if (golden.length > 0) {
    it("is ported as its texts say", () => {
      const notes: string[] = [];
      for (const [file, options] of golden) {
        const { text: ported, notes: found } = transpile(query, { ...options, schemas, info: { name: titleOf(name) } });
        same(file, ported);
        notes.push(...found.map((note) => `${file}: ${lineOf(note)}\n`));
      }
      if (update || notes.length > 0 || existsSync(join(folder, "notes.txt"))) same("notes.txt", notes.join(""));
    });
  }

  if (files.includes("diagnostics.txt")) {
    it("gives its diagnostics", () => {
      const { diagnostics } = analyzeKql(query, { schemas });
      const lines = diagnostics.map(
        (d) => `${d.code} ${d.line}:${d.column} ${d.message}${d.hint ? ` (${d.hint})` : ""}\n`,
      );
      same("diagnostics.txt", lines.join(""));
    });
  }

  if (files.includes("rows.json")) {
    const expected = json<Table>("rows.json");
    const ordered = expected.ordered === true;
    const events = files.includes("events.json") ? json<Record<string, object[]>>("events.json") : {};
    const rowsOf = async (kql: string): Promise<string[]> =>
      linesOf(await runKql(kql, { tables: events, schemas, now: "2026-01-01T00:00:00Z" }), ordered);

    it("gives its rows", async () => {
      expect(await rowsOf(query)).toEqual(linesOf(expected, ordered));
    });

    it("gives the same rows from its emitted KQL", async () => {
      const emitted = transpile(query, { to: "kql", schemas });
      expect(emitted.fidelity, JSON.stringify(emitted.notes)).toBe("exact");
      expect(await rowsOf(emitted.text), emitted.text).toEqual(linesOf(expected, ordered));
    });
  }
});

function titleOf(name: string): string {
  const words = name.replace("/", ": ").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function lineOf(note: Note): string {
  return `${note.level} ${note.cause} at \`${note.construct}\`: ${note.message}${note.when ? ` [when] ${note.when}` : ""}`;
}
