import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The floors of the house, from the top. A file may import from its own folder and from lower floors, never sideways or up. */
const floors: readonly (readonly string[])[] = [
  ["src/cli"],
  ["src/index.ts"],
  ["src/verify"],
  ["src/check.ts", "src/run.ts", "src/run-spl.ts", "src/transpile.ts", "src/transpile-spl.ts"],
  ["src/compile.ts", "src/emit-plan.ts"],
  ["src/targets/registry.ts"],
  ["src/lint", "src/content"],
  [
    "src/analyze",
    "src/analyze-spl",
    "src/splunk",
    "src/rewrite",
    "src/fields",
    "src/targets/kql",
    "src/targets/sigma",
    "src/targets/splunk",
    "src/targets/typescript",
  ],
  ["src/plan"],
  ["src/functions"],
  ["src/h3", "src/import"],
  ["src/conf", "src/kql", "src/spl", "src/sigma", "src/schemas", "src/runtime", "src/rules", "src/events"],
  ["src/types", "src/diagnostics"],
  ["grammar/kql", "grammar/spl"],
  ["grammar/base.ts"],
  ["grammar/lookahead.ts", "grammar/decisions.ts"],
  ["grammar/chevrotain.ts"],
];

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : path.endsWith(".ts") ? [path] : [];
  });
}

const files = [...filesBelow("src"), ...filesBelow("grammar")];

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [...text.matchAll(/^\s*(?:import|export)\b[^;]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm)];
  return specifiers.flatMap(([, a, b]) => {
    const specifier = a ?? b ?? "";
    if (specifier.startsWith("#grammar/")) return [`grammar/${specifier.slice("#grammar/".length)}/index.ts`];
    if (!specifier.startsWith(".")) return [];
    return [relative(root, resolve(root, dirname(file), specifier))];
  });
}

function roomOf(file: string): { floor: number; room: string } | undefined {
  for (const [floor, rooms] of floors.entries()) {
    const room = rooms.find((r) => file === r || file.startsWith(`${r}/`));
    if (room !== undefined) return { floor, room };
  }
  return undefined;
}

it("every file has its place", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((f) => roomOf(f) === undefined)).toEqual([]);
});

it("imports point down", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap((imported) => {
      const from = roomOf(file);
      const to = roomOf(imported);
      if (!from || !to || from.room === to.room || from.floor < to.floor) return [];
      return [`${file} imports ${imported}`];
    }),
  );
  expect(wrong).toEqual([]);
});

it("imports make no circle between rooms", () => {
  const next = new Map<string, Set<string>>();
  for (const file of files) {
    const from = roomOf(file)?.room ?? file;
    for (const imported of importsOf(file)) {
      const to = roomOf(imported)?.room ?? imported;
      if (to !== from) next.set(from, (next.get(from) ?? new Set()).add(to));
    }
  }
  const done = new Set<string>();
  const visit = (room: string, path: readonly string[]): void => {
    if (path.includes(room)) throw new Error(`circle: ${[...path, room].join(" → ")}`);
    if (done.has(room)) return;
    for (const n of next.get(room) ?? []) visit(n, [...path, room]);
    done.add(room);
  };
  for (const room of next.keys()) visit(room, []);
});

it("imports make no circle between files", () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) throw new Error(`circle: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
    if (done.has(file)) return;
    for (const imported of importsOf(file)) visit(imported, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

it("the SPL engine shares nothing with the reading of KQL", () => {
  const allowed = ["src/splunk", "src/spl", "src/types", "src/diagnostics"];
  const wrong = filesBelow("src/splunk").flatMap((file) =>
    importsOf(file).filter((imported) => !allowed.some((room) => imported.startsWith(`${room}/`))),
  );
  expect(wrong).toEqual([]);
});

it("the grammar and the runtime stand on little", () => {
  const outside = (folder: string): string[] =>
    filesBelow(folder).flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/from\s+"([^".#][^"]*)"/g)].map(([, name]) => name ?? ""),
    );
  expect(new Set(outside("grammar"))).toEqual(new Set(["chevrotain"]));
  expect(outside("src/runtime")).toEqual([]);
});
