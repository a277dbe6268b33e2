import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { type Cell, parseKql, runKql, transpile } from "../src/index.ts";
import { cellOf } from "../src/runtime/cell.ts";
import { matcherOf } from "../src/sigma/match.ts";
import { readSigma } from "../src/sigma/read.ts";
import { finds, kqlString, nasty } from "./escaping/corpus.ts";
import { filterOf, skeletonOf, tokensOf } from "./escaping/spl.ts";

// Every text of the corpus goes through every target and must come back as the same text.

const label = (text: string): string => (text.length > 40 ? `${JSON.stringify(text.slice(0, 40))} …` : JSON.stringify(text));
const cases = nasty.map((text) => [label(text), text] as const);
const schemas = { T: { id: "long", c: "string" } };
const events = nasty.map((c, id) => ({ id, c }));

/** The events that a query on T finds. */
async function found(query: string): Promise<string[]> {
  const { rows } = await runKql(query, { tables: { T: events }, schemas });
  return rows.map(([id]) => nasty[Number(id)] ?? "");
}

const folder = mkdtempSync(join(tmpdir(), "escaping-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the corpus", () => {
  it("has no text twice", () => {
    expect(new Set(nasty.map((text) => text.toLowerCase())).size).toBe(nasty.length);
  });
});

describe("KQL", () => {
  it.each(cases)("reads and writes %s", (_, text) => {
    const query = `print c = ${kqlString(text)}`;
    const { text: emitted, fidelity } = transpile(query, { to: "kql" });
    expect(fidelity).toBe("exact");
    for (const kql of [query, emitted]) expect(literalsOf(kql)).toEqual([text]);
  });

  it.each(cases)("finds %s by every operator", async (_, text) => {
    for (const [operator, holds] of Object.entries(finds)) {
      const query = `T | where c ${operator} ${kqlString(text)} | project id`;
      const wanted = nasty.filter((other) => holds(other, text));
      expect(await found(query), operator).toEqual(wanted);
      expect(await found(transpile(query, { to: "kql", schemas }).text), `${operator}, emitted`).toEqual(wanted);
    }
    const others = [`in (${kqlString(text)}, "none")`, `in~ (dynamic([${kqlString(text)}]))`, `has ${kqlString(text)}`, `has_cs ${kqlString(text)}`];
    for (const test of others) {
      const query = `T | where c ${test} | project id`;
      const here = await found(query);
      expect(here, test).toContain(text);
      expect(await found(transpile(query, { to: "kql", schemas }).text), `${test}, emitted`).toEqual(here);
    }
  });

  it("keeps them all in one list", async () => {
    const query = `T | where c in (${nasty.map(kqlString).join(", ")}) and c in (dynamic([${nasty.map((t) => kqlString(t)).join(", ")}])) | project id`;
    expect(await found(query)).toEqual([...nasty]);
    expect(await found(transpile(query, { to: "kql", schemas }).text)).toEqual([...nasty]);
  });
});

/** The string literals of a query. */
function literalsOf(kql: string): unknown[] {
  const { query, diagnostics } = parseKql(kql);
  expect(diagnostics).toEqual([]);
  const values: unknown[] = [];
  JSON.stringify(query, (_, node: unknown) => {
    if (typeof node === "object" && node !== null && "kind" in node && node.kind === "literal" && "value" in node) values.push(node.value);
    return typeof node === "bigint" ? String(node) : node;
  });
  return values;
}

describe("TypeScript", () => {
  const choose = nasty.map((text, id) => `c == ${kqlString(text)}, ${id}`).join(",\n    ");
  const comment = "*/ ${x} ` </script>";
  const column = '*/ "`';
  const query = `// ${comment}
let wanted = ${kqlString(nasty[0] ?? "")};
T
| extend found = case(
    ${choose},
    -1)
| where c has_any (dynamic([${nasty.map(kqlString).join(", ")}]))
| project id, found, same = c == wanted, ['${column}'] = c`;

  it.each([false, true])("finds every text, standalone: %s", async (standalone) => {
    const { text, fidelity } = transpile(query, { to: "typescript", standalone, schemas, name: `a "name" ${comment} \n\\` });
    expect(fidelity).toBe("exact");
    const file = join(folder, `module-${standalone}.ts`);
    const runtime = resolve(import.meta.dirname, "../src/runtime/index.ts");
    writeFileSync(file, text.replace('"ruleport/runtime"', JSON.stringify(runtime)));
    const module: Record<string, unknown> = await import(file);
    const [run] = Object.values(module).filter((v) => typeof v === "function");
    if (typeof run !== "function") throw new Error("the module exports no function");
    const rows: Cell[][] = [];
    for await (const row of run(events)) rows.push([cellOf(row.id, "long"), cellOf(row.found, "long"), cellOf(row[column], "string")]);
    expect(rows).toEqual(nasty.map((text, id) => [id, id, text]));
  });
});

describe("Sigma", () => {
  const port = (operator: string, text: string): string => {
    const query = `DeviceProcessEvents | where ProcessCommandLine ${operator} ${kqlString(text)}`;
    return transpile(query, { to: "sigma", name: "T" }).text;
  };
  const matches = (sigma: string): string[] => {
    const holds = matcherOf(readSigma(sigma));
    return nasty.filter((text) => holds({ CommandLine: text }));
  };

  it.each(cases)("keeps %s", (_, text) => {
    for (const [operator, holds] of Object.entries(finds)) {
      const sigma = port(operator, text);
      expect(matches(sigma), `${operator}\n${sigma}`).toEqual(nasty.filter((other) => holds(other, text)));
    }
    expect(matches(port("has", text))).toContain(text);
    const { detection } = parseYaml(port("==", text)) as { detection: { selection: Record<string, string> } };
    expect(Object.entries(detection.selection).map(([key, value]) => [key, plainText(value)])).toEqual([["CommandLine|cased", text]]);
  });

  it("keeps nasty titles and descriptions", () => {
    for (const text of nasty) {
      const info = { name: text, description: text, falsePositives: [text], tags: ["attack.t1018"] };
      const { text: sigma } = transpile('DeviceProcessEvents | where FileName =~ "x"', { to: "sigma", info });
      const { title, description, detection } = parseYaml(sigma) as Record<string, unknown>;
      expect([title, description], sigma).toEqual([text, text]);
      expect(detection).toEqual({ selection: { "Image|endswith": "\\x" }, condition: "selection" });
    }
  });
});

/** A Sigma value without wildcards: a backslash before `*`, `?` or a backslash only takes their meaning away. */
function plainText(value: string): string {
  if (/(?<!\\)(?:\\\\)*[*?]/.test(value)) throw new Error(`a wildcard in ${JSON.stringify(value)}`);
  return value.replace(/\\([\\*?])/g, "$1");
}

describe("SPL", () => {
  const port = (operator: string, needle: string, profile = "defender"): string => {
    const query = `DeviceProcessEvents | where ProcessCommandLine ${operator} ${kqlString(needle)} | project ProcessCommandLine`;
    const { text, fidelity } = transpile(query, { to: "spl", profile });
    expect(fidelity, `${operator} ${label(needle)}`).not.toBe("unsupported");
    return text;
  };

  it.each(cases)("keeps %s", (_, text) => {
    for (const [operator, holds] of Object.entries(finds)) {
      const spl = port(operator, text);
      const passes = filterOf(spl, "ProcessCommandLine");
      expect(nasty.filter(passes), `${operator}\n${spl}`).toEqual(nasty.filter((other) => holds(other, text)));
    }
    expect(filterOf(port("has", text), "ProcessCommandLine")(text), port("has", text)).toBe(true);
  });

  it("has the same commands whatever the text", () => {
    for (const profile of ["defender", "sysmon"]) {
      for (const operator of [...Object.keys(finds), "has", "has_cs", "!contains", "!="]) {
        const known = new Set(["abc", "a*b", "1", "a\\b", "*a*"].map((tame) => skeletonOf(port(operator, tame, profile))));
        const skeletons = new Set(nasty.map((text) => skeletonOf(port(operator, text, profile))));
        expect([...skeletons].filter((s) => !known.has(s)), operator).toEqual([]);
      }
    }
  });

  it("writes them as values too", () => {
    for (const text of nasty) {
      const { text: spl } = transpile(`DeviceProcessEvents | project v = strcat(FileName, ${kqlString(text)})`, { to: "spl", profile: "defender" });
      expect(tokensOf(spl.replace("coalesce", "").replaceAll(" . ", " , ")).filter((t) => t.kind === "text").at(-1)?.value, spl).toBe(text);
    }
  });
});
