import * as nodeModule from "node:module";
import type { Profile } from "../fields/profile.ts";
import * as runtime from "../runtime/index.ts";
import { type Column, scalarTypeOf } from "../types/scalar-type.ts";
import { tableMapping } from "./kql-side.ts";
import { identity, type MadeEvent } from "./made-event.ts";
import { rowReader } from "./mapped-row.ts";
import type { Clock, Side } from "./side.ts";
import type { ResultColumn } from "./table.ts";
import { dictionaryOfModule } from "./typescript-dictionary.ts";

/**
 * A module that ruleport emitted, as it stands in its file: types are taken off, and the runtime that it imports or brings along
 * is the runtime at hand. `columns` are those of the result, for a module that does not say them.
 *
 * An event passes where the module gives a row for it alone: a module does not say which events its rows are made of.
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
  const rowsFor = (events: readonly MadeEvent[]): AsyncIterable<Readonly<Record<string, unknown>>> => {
    const rowsOf = ({ table, read }: (typeof readers)[number]): readonly object[] =>
      events.flatMap((e) => (e.table === table ? [read(e)] : []));
    const options = { now: clock.now };
    if (only === undefined) return run(options);
    return readers.length === 1
      ? run(rowsOf(only), options)
      : run(Object.fromEntries(readers.map((r) => [r.table, rowsOf(r)])), options);
  };
  return {
    language: "typescript",
    name,
    tables: tables.map((t) => t.table),
    dictionary: dictionaryOfModule(
      ownPart(text),
      tables.map(({ table, columns: read }) => ({ mapping: tableMapping(profile, table), columns: read })),
    ),
    async run(events) {
      const rows: Readonly<Record<string, unknown>>[] = [];
      for await (const row of rowsFor(events)) rows.push(row);
      const shown =
        known ?? Object.keys(rows[0] ?? {}).map((c) => ({ name: c, type: null, carried: false, unordered: true }));
      return { columns: shown, rows: rows.map((row) => shown.map((c) => row[c.name])), sortedBy: null, warnings: [] };
    },
    async passing(events) {
      const ids = new Set<string>();
      for (const event of events) {
        if (event.table === null) continue;
        for await (const _ of rowsFor([event])) {
          ids.add(event.id);
          break;
        }
      }
      return ids;
    },
    alternatives: null,
    branches: null,
    stages: async () => [],
  };
}

/** What stands above the runtime in a module that brings it along. */
const ownRuntime = "\n// The parts of ruleport's runtime that the rule uses.\n";

function ownPart(text: string): string {
  const at = text.indexOf(ownRuntime);
  return at < 0 ? text : text.slice(0, at);
}

function functionOf(text: string): (...args: readonly unknown[]) => AsyncIterable<Readonly<Record<string, unknown>>> {
  const plain = withoutTypes(ownPart(text));
  const body = plain
    .replace(/import\s*\{[^}]*\}\s*from\s*"[^"]*";?/g, "")
    .replace(/^export\s+(?=async|function|const|class)/gm, "");
  const names = [...plain.matchAll(/^export (?:async )?function\*?\s+(\w+)/gm)].map(([, found]) => found);
  const [functionName] = names;
  if (functionName === undefined) throw new Error("there is no exported function in the module");
  const used = Object.keys(runtime).filter((name) => name !== functionName && new RegExp(`\\b${name}\\b`).test(body));
  const script = `"use strict";\nconst { ${used.join(", ")} } = runtime;\n${body}\nreturn ${functionName};`;
  const made: unknown = new Function("runtime", script)(runtime);
  if (typeof made !== "function") throw new Error("the module exports no function");
  return (...args) => made(...args);
}

/** A text, which stays, or a name with the types that it is called with: `union<{ readonly A: string }>(`. */
const typeArguments = /("(?:[^"\\\n]|\\.)*")|\b(\w+)<(?:[^<>()"]|<[^<>()"]*>)*>(?=\()/g;

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
    .replace(typeArguments, (_, text?: string, name?: string) => text ?? name ?? "");
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
