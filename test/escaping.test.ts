import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse as parseYaml, stringify } from "yaml";
import { portRule } from "../src/cli/port-rule.ts";
import { ruleContent } from "../src/cli/rule-content.ts";
import { parseConf, printConf } from "../src/conf/conf.ts";
import { type Cell, parseKql, runKql, transpile } from "../src/index.ts";
import { readRule } from "../src/rules/read.ts";
import { cellOf } from "../src/runtime/cell.ts";
import { matcherOf } from "../src/sigma/match.ts";
import { readSigma } from "../src/sigma/read.ts";
import { finds, kqlString, nasty, nastyNames } from "./escaping/corpus.ts";
import { filterOf, skeletonOf, tokensOf } from "./escaping/spl.ts";

// Every text of the corpus goes through every target and must come back as the same text.

const label = (text: string): string =>
  text.length > 40 ? `${JSON.stringify(text.slice(0, 40))} …` : JSON.stringify(text);
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
    const literal = kqlString(text);
    const tests = Object.keys(finds).map((operator) => `c ${operator} ${literal}`);
    const sure = [
      `c in (${literal}, "none")`,
      `c in~ (dynamic([${literal}]))`,
      `c has ${literal}`,
      `c has_cs ${literal}`,
    ];
    const query = `T | project ${[...tests, ...sure].map((test, i) => `t${i} = ${test}`).join(", ")}`;
    const { text: emitted } = transpile(query, { to: "kql", schemas });
    for (const kql of [query, emitted]) {
      const { rows } = await runKql(kql, { tables: { T: events }, schemas });
      for (const [i, [operator, holds]] of Object.entries(finds).entries()) {
        expect(
          nasty.filter((_, row) => rows[row]?.[i] === true),
          operator,
        ).toEqual(nasty.filter((other) => holds(other, text)));
      }
      expect(rows[nasty.indexOf(text)]?.slice(tests.length)).toEqual(sure.map(() => true));
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
    if (typeof node === "object" && node !== null && "kind" in node && node.kind === "literal" && "value" in node)
      values.push(node.value);
    return typeof node === "bigint" ? String(node) : node;
  });
  return values;
}

describe("TypeScript", () => {
  const choose = nasty.map((text, id) => `c == ${kqlString(text)}, ${id}`).join(",\n    ");
  const comment = "*/ \x24{x} ` </script>";
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
    const { text, fidelity } = transpile(query, {
      to: "typescript",
      standalone,
      schemas,
      name: `a "name" ${comment} \n\\`,
    });
    expect(fidelity).toBe("exact");
    const file = join(folder, `module-${standalone}.ts`);
    const runtime = resolve(import.meta.dirname, "../src/runtime/index.ts");
    writeFileSync(file, text.replace('"ruleport/runtime"', JSON.stringify(runtime)));
    const module: Record<string, unknown> = await import(file);
    const [run] = Object.values(module).filter((v) => typeof v === "function");
    if (typeof run !== "function") throw new Error("the module exports no function");
    const rows: Cell[][] = [];
    for await (const row of run(events))
      rows.push([cellOf(row.id, "long"), cellOf(row.found, "long"), cellOf(row[column], "string")]);
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
    expect(Object.entries(detection.selection).map(([key, value]) => [key, plainText(value)])).toEqual([
      ["CommandLine|cased", text],
    ]);
  });

  it("keeps nasty titles and descriptions", () => {
    for (const text of nasty.filter((t) => t.trim() !== "")) {
      const info = { name: text, description: text, falsePositives: [text], tags: ["attack.t1018"] };
      const { text: sigma } = transpile('DeviceProcessEvents | where FileName =~ "x"', { to: "sigma", info });
      const { title, description, detection } = parseYaml(sigma) as Record<string, unknown>;
      // A title is one line; a text of several lines ends in a line break.
      expect([title, String(description).trimEnd()], sigma).toEqual([
        text.trim().replaceAll(/\s+/g, " ").slice(0, 256),
        text.trimEnd(),
      ]);
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
    for (const operator of ["!=", "!contains", "has_cs", "endswith"]) {
      const skeleton = (text: string): string => skeletonOf(port(operator, text, "sysmon"));
      const known = new Set(["abc", "a*b", "1", "2e2", "a\\b", "*a*", "*", "~"].map(skeleton));
      expect(
        nasty.filter((text) => !known.has(skeleton(text))),
        operator,
      ).toEqual([]);
    }
  });

  it("writes them as values too", () => {
    for (const text of nasty) {
      const { text: spl } = transpile(`DeviceProcessEvents | project v = strcat(FileName, ${kqlString(text)})`, {
        to: "spl",
        profile: "defender",
      });
      expect(
        tokensOf(spl.replace("coalesce", "").replaceAll(" . ", " , "))
          .filter((t) => t.kind === "text")
          .at(-1)?.value,
        spl,
      ).toBe(text);
    }
  });
});

describe("what platforms deploy", () => {
  const options = { schemas: {}, profiles: [] };
  const filled = nasty.filter((text) => text.trim() !== "");
  // What a YAML file of rules keeps of a text.
  const written = (text: string): unknown => parseYaml(stringify({ text }, { lineWidth: 0 })).text;

  it("keeps every text as a name, a description and a literal of the query", () => {
    let checked = 0;
    for (const text of filled) {
      const query = `DeviceProcessEvents\n| where ProcessCommandLine == ${kqlString(text)}\n`;
      const file = {
        name: text,
        description: text,
        severity: "Low",
        queryFrequency: "1h",
        queryPeriod: "1h",
        query,
        alertDetailsOverride: { alertDisplayNameFormat: text },
        customDetails: { Text: "DeviceName" },
        ruleport: { falsePositives: [text], references: [text] },
      };
      const { rule } = readRule(stringify(file, { lineWidth: 0 }), "rule.yml");
      if (rule === null || rule.name !== written(text) || rule.query.text !== query) continue;
      checked++;
      const ports = portRule(rule, options);
      const content = ruleContent(rule, "rule.yml", ports, options);
      const read = (id: string): string => content.built.find((entry) => entry.id === id)?.text ?? "";
      const description = rule.info.description;

      const analytics = parseYaml(read("sentinel-analytics"));
      expect([analytics.name, analytics.description, analytics.query]).toEqual([text, description ?? text, query]);
      expect(analytics.alertDetailsOverride).toEqual({ alertDisplayNameFormat: text });
      const properties = JSON.parse(read("sentinel-arm")).resources[0].properties;
      const literal = (value: string): string => value.replace(/^\[(?=\[[\s\S]*\]$)/, "");
      expect([literal(properties.displayName), literal(properties.query)]).toEqual([text, query]);
      const detection = JSON.parse(read("defender-detection"));
      expect([detection.displayName, detection.queryCondition.queryText]).toEqual([text, query]);
      const security = parseYaml(read("splunk-security-content"));
      expect(Object.keys(security).slice(0, 5)).toEqual(["name", "id", "version", "date", "author"]);
      if (content.app === null) continue;
      const { stanzas, problems } = parseConf(printConf([content.app.stanza]));
      expect(problems).toEqual([]);
      expect(stanzas).toHaveLength(1);
      expect(stanzas[0]?.settings.map(({ key, value }) => [key, value])).toEqual(
        content.app.stanza.settings.map(({ key, value }) => [key, value]),
      );
      expect(stanzas[0]?.settings.find(({ key }) => key === "search")?.value).toBe(security.search);
    }
    expect(checked).toBeGreaterThan(filled.length * 0.9);
  });

  it("has the same sections on the page whatever the text", () => {
    const page = (text: string): string[] => {
      const query = `DeviceProcessEvents\n| where ProcessCommandLine == ${kqlString(text)}\n`;
      const { rule } = readRule(stringify({ name: text, description: text, query }, { lineWidth: 0 }), "rule.yml");
      if (rule === null) return [];
      const { built } = ruleContent(rule, "rule.yml", portRule(rule, options), options);
      const lines = (built.find((entry) => entry.id === "page")?.text ?? "").split("\n");
      const headings: string[] = [];
      let fence: string | null = null;
      for (const line of lines) {
        const [ticks] = /^`{3,}/.exec(line) ?? [];
        if (fence === null && ticks !== undefined) fence = ticks;
        else if (fence !== null && line === fence) fence = null;
        else if (fence === null && /^#{1,6} |^\s*<|^\|/.test(line)) headings.push(line);
      }
      expect(fence, lines.join("\n")).toBeNull();
      return headings.slice(1);
    };
    const tame = page("tame");
    for (const text of filled.filter((t, i) => i % 4 === 0 || /[`<#|]/.test(t))) {
      const found = page(text);
      if (found.length > 0)
        expect(
          found.filter((line) => !line.includes("–")),
          text,
        ).toEqual(tame.filter((line) => !line.includes("–")));
    }
  });
});

describe("names of columns", () => {
  const quoted = nastyNames.map((name) => `[${kqlString(name)}]`);
  const query = `T\n| where id == 1\n| project ${quoted.map((name, i) => `${name} = strcat(c, "${i}")`).join(", ")}\n| where ${quoted.map((name) => `${name} != ""`).join(" and ")}`;
  const wanted = nastyNames.map((name, i) => [name, `x${i}`]);
  const table = [{ id: 1, c: "x" }];

  it("come through KQL", async () => {
    for (const kql of [query, transpile(query, { to: "kql", schemas }).text]) {
      const { columns, rows } = await runKql(kql, { tables: { T: table }, schemas });
      expect(columns.map((c, i) => [c.name, rows[0]?.[i]])).toEqual(wanted);
    }
  });

  it("come through TypeScript", async () => {
    const { text } = transpile(query, { to: "typescript", schemas });
    const file = join(folder, "names.ts");
    const runtime = resolve(import.meta.dirname, "../src/runtime/index.ts");
    writeFileSync(file, text.replace('"ruleport/runtime"', JSON.stringify(runtime)));
    const module: Record<string, unknown> = await import(file);
    const [run] = Object.values(module).filter((v) => typeof v === "function");
    if (typeof run !== "function") throw new Error("the module exports no function");
    for await (const row of run(table)) expect(wanted.map(([name]) => [name, row[String(name)]])).toEqual(wanted);
  });

  it("come through SPL", () => {
    const port = (name: string): string[] => {
      const column = `[${kqlString(name)}]`;
      const kql = `DeviceProcessEvents | extend ${column} = FileName | where strlen(${column}) > 1 | project ${column}`;
      return tokensOf(transpile(kql, { to: "spl", profile: "defender" }).text).map((t) => t.value);
    };
    for (const name of nastyNames) {
      // A star in a name is a wildcard in `table`, quoted or not: such a rule is refused.
      const wanted = name.includes("*") ? [] : port("tame").map((value) => (value === "tame" ? name : value));
      expect(port(name)).toEqual(wanted);
    }
  });
});

describe("names of tables and rules", () => {
  it("of a table in KQL", async () => {
    for (const name of nastyNames) {
      const query = `[${kqlString(name)}] | where c == "x" | project c`;
      const { text } = transpile(query, { to: "kql", schemas: { [name]: { c: "string" } } });
      const { rows } = await runKql(text, { tables: { [name]: [{ c: "x" }, { c: "y" }] } });
      expect(rows, text).toEqual([["x"]]);
    }
  });

  it("of a rule in SPL's macros", () => {
    for (const name of nasty) {
      const { text } = transpile('DeviceProcessEvents | where FileName =~ "x" | project DeviceName', {
        to: "spl",
        profile: "cim",
        macros: true,
        name,
      });
      expect(text.split("\n").at(-2), name).toMatch(/^\| `\w+_filter`$/);
    }
  });
});
