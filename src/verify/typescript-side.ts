import * as nodeModule from "node:module";
import type { Profile } from "../fields/profile.ts";
import * as runtime from "../runtime/index.ts";
import { type Column, scalarTypeOf } from "../types/scalar-type.ts";
import { Dictionary } from "./dictionary.ts";
import { tableMapping } from "./kql-side.ts";
import { identity } from "./made-event.ts";
import { rowReader } from "./mapped-row.ts";
import type { Clock, Side } from "./side.ts";
import type { ResultColumn } from "./table.ts";

/**
 * A module that ruleport emitted, as it stands in its file: types are taken off, and its import of the runtime is the runtime at
 * hand. `columns` are those of the result, for a module that does not say them.
 * @throws Error for a text that is no such module
 */
export function typescriptSide(
  name: string,
  text: string,
  profile: Profile | null,
  clock: Clock,
  columns: readonly ResultColumn[] | null = null,
): Side {
  const run = functionOf(text);
  const tables = tablesIn(text);
  const readers = tables.map(({ table, columns: read }) => ({
    table,
    read: rowReader(tableMapping(profile, table), read),
  }));
  const [only] = readers;
  const known = (columns ?? columnsIn(text))?.filter((c) => c.name !== identity) ?? null;
  return {
    language: "typescript",
    name,
    tables: tables.map((t) => t.table),
    dictionary: new Dictionary(),
    async run(events) {
      const rowsOf = ({ table, read }: (typeof readers)[number]): readonly object[] =>
        events.flatMap((e) => (e.table === table ? [read(e)] : []));
      const options = { now: clock.now };
      const found: AsyncIterable<Readonly<Record<string, unknown>>> =
        only === undefined
          ? run(options)
          : readers.length === 1
            ? run(rowsOf(only), options)
            : run(Object.fromEntries(readers.map((r) => [r.table, rowsOf(r)])), options);
      const rows: Readonly<Record<string, unknown>>[] = [];
      for await (const row of found) rows.push(row);
      const shown =
        known ?? Object.keys(rows[0] ?? {}).map((c) => ({ name: c, type: null, carried: false, unordered: true }));
      return { columns: shown, rows: rows.map((row) => shown.map((c) => row[c.name])), sortedBy: null, warnings: [] };
    },
    passing: null,
    alternatives: null,
    branches: null,
    stages: async () => [],
  };
}

function functionOf(text: string): (...args: readonly unknown[]) => AsyncIterable<Readonly<Record<string, unknown>>> {
  const plain = withoutTypes(text);
  const imports = [...plain.matchAll(/import\s*\{([^}]*)\}\s*from\s*"ruleport\/runtime";?/g)].flatMap(([, names]) =>
    (names ?? "")
      .split(",")
      .map((n) => n.trim())
      .filter((n) => n !== "" && !n.startsWith("type ")),
  );
  const body = plain
    .replace(/import\s*\{[^}]*\}\s*from\s*"[^"]*";?/g, "")
    .replace(/^export\s+(?=async|function|const|class)/gm, "");
  const names = [...plain.matchAll(/^export (?:async )?function\*?\s+(\w+)/gm)].map(([, found]) => found);
  const [functionName] = names;
  if (functionName === undefined) throw new Error("there is no exported function in the module");
  const script = `"use strict";\nconst { ${imports.join(", ")} } = runtime;\n${body}\nreturn ${functionName};`;
  const made: unknown = new Function("runtime", script)(runtime);
  if (typeof made !== "function") throw new Error("the module exports no function");
  return (...args) => made(...args);
}

/** Node takes types off where it can; what ruleport prints is simple enough to do without. */
function withoutTypes(text: string): string {
  if (!/^(?:export (?:interface|type) |import .*\btype )/m.test(text) && !/ satisfies Schema/.test(text)) return text;
  const strip: unknown = Reflect.get(nodeModule, "stripTypeScriptTypes");
  if (typeof strip === "function") return String(strip(text, { mode: "strip" }));
  return text
    .replace(/^export interface \w+ \{[\s\S]*?^\}\n/gm, "")
    .replace(/^(?:export )?type [^;]*;\n/gm, "")
    .replace(/\} satisfies Schema;/g, "};")
    .replace(
      /^(export (?:async )?function\*? \w+)\((.*)\)(?:: Async\w+<\w+>)? \{$/gm,
      (_, head: string, parameters: string) => {
        const named = [...parameters.matchAll(/(?:^|, )(events|tables|\{ now \})(?=:)/g)].map(([, p]) => p);
        return `${head}(${named.join(", ")}) {`;
      },
    )
    .replace(/\b(rangeRows|fromRows)<[^(]*>\(/g, "$1(");
}

function tablesIn(text: string): readonly { readonly table: string; readonly columns: readonly Column[] }[] {
  const found = text.matchAll(/\/\*\* What is read of the events of (.+?)\. \*\/\nconst \w+ = \{([^}]*)\}/g);
  return [...found].map(([, table = "", body = ""]) => ({
    table,
    columns: [...body.matchAll(/^\s*(?:"((?:[^"\\]|\\.)*)"|([\w$]+)): "(\w+)",?$/gm)].map(
      ([, quoted, plain, type]) => ({
        name: plain ?? quoted ?? "",
        type: scalarTypeOf(type ?? "") ?? "unknown",
      }),
    ),
  }));
}

/** The result's columns as `interface Row` has them. */
function columnsIn(text: string): readonly ResultColumn[] | null {
  const body = /^export interface Row \{\n([\s\S]*?)^\}/m.exec(text)?.[1];
  if (body === undefined) return null;
  return [...body.matchAll(/^\s*readonly (?:"((?:[^"\\]|\\.)*)"|([\w$]+)): (.+);$/gm)].map(
    ([, quoted, plain, type = ""]) => ({
      name: plain ?? quoted ?? "",
      type: type.startsWith("string")
        ? "string"
        : type.startsWith("Datetime")
          ? "datetime"
          : type.startsWith("Long")
            ? "long"
            : "dynamic",
      carried: false,
      unordered: true,
    }),
  );
}
