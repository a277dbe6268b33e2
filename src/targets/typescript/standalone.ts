import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Module } from "./module.ts";

/** A statement at the top of one of the runtime's files. */
interface Declaration {
  readonly name: string;
  readonly text: string;
}

const sources = fileURLToPath(new URL("../../../src/", import.meta.url));

/** The runtime's declarations, each after those of the files that its file imports. */
function runtimeDeclarations(): readonly Declaration[] {
  const done = new Set<string>();
  const found: Declaration[] = [];
  const read = (path: string): void => {
    if (done.has(path)) return;
    done.add(path);
    const text = readFileSync(join(sources, path), "utf8");
    for (const [, from] of text.matchAll(/^(?:import|export) [^;]*? from "(\.[^"]+)";$/gm))
      read(normalize(join(dirname(path), from ?? "")));
    if (path !== join("runtime", "index.ts")) found.push(...declarationsOf(text));
  };
  for (const file of readdirSync(join(sources, "runtime")).sort()) read(join("runtime", file));
  return found;
}

const start = /^(?:export )?(?:async )?(?:function\*?|const|class|interface|type|let) +([\w$]+)/;

/** Cuts a file at the statements that begin in its first column; a comment goes with what it stands directly before. */
function declarationsOf(file: string): readonly Declaration[] {
  const lines = file.replace(/^import [^;]*;\n/gm, "").split("\n");
  const found: { name: string; lines: string[] }[] = [];
  let comment: string[] = [];
  for (const line of lines) {
    const name = start.exec(line)?.[1];
    if (name !== undefined) {
      found.push({ name, lines: [...comment, line.replace(/^export /, "")] });
      comment = [];
    } else if (/^(?:\/\/|\/\*\*| \*)/.test(line)) comment.push(line);
    else if (line === "") {
      comment = [];
      found.at(-1)?.lines.push(line);
    } else found.at(-1)?.lines.push(line);
  }
  return found.map((d) => ({ name: d.name, text: d.lines.join("\n").trimEnd() }));
}

let known: readonly Declaration[] | undefined;
function declarations(): readonly Declaration[] {
  known ??= runtimeDeclarations();
  return known;
}

/** The names that the runtime's parts bring into a module. */
export function standaloneNames(): readonly string[] {
  return [...new Set(declarations().map((d) => d.name))];
}

/** The parts of the runtime that a module uses, as one text without imports and exports. */
export function standaloneRuntime(module: Module): string {
  const all = new Map<string, Declaration[]>();
  for (const declaration of declarations())
    all.set(declaration.name, [...(all.get(declaration.name) ?? []), declaration]);
  const rows = all.get("Rows")?.[0];
  const texts = new Map<Declaration, string>();
  if (rows !== undefined) texts.set(rows, withoutUnusedMethods(rows.text, module.body));
  const needed = new Set<Declaration>();
  const need = (name: string): void => {
    for (const declaration of all.get(name) ?? []) {
      if (needed.has(declaration)) continue;
      needed.add(declaration);
      for (const used of namesIn(texts.get(declaration) ?? declaration.text)) need(used);
    }
  };
  for (const name of [...module.imports, ...module.typeImports]) need(name);
  return declarations()
    .filter((d) => needed.has(d))
    .map((d) => texts.get(d) ?? d.text)
    .join("\n\n");
}

/** Names that a text may refer to: not those after a dot, nor in comments. */
function namesIn(text: string): readonly string[] {
  const code = text.replace(/\/\*\*[\s\S]*?\*\//g, "").replace(/^ *\/\/.*$/gm, "");
  return [...code.matchAll(/(?<![\w$#]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g)].map(([name]) => name);
}

/** A class of which only those public methods are left that the code, or a method that is left, calls. */
function withoutUnusedMethods(text: string, code: string): string {
  const [head = "", ...members] = text.split(/\n\n(?= {2}\S)/);
  const named = members.map((member) => ({
    member,
    name: /^ {2}(?:async )?(\w+)[(<]/m.exec(member.replace(/ {2}\/\*\*[\s\S]*?\*\/\n/, ""))?.[1],
  }));
  const kept = new Set(named.filter(({ name }) => name === undefined || name === "constructor"));
  let before = -1;
  while (kept.size > before) {
    before = kept.size;
    const callers = [code, head, ...[...kept].map(({ member }) => member)].join("\n");
    for (const entry of named) if (new RegExp(`\\.${entry.name}\\b`).test(callers)) kept.add(entry);
  }
  const body = named.filter((entry) => kept.has(entry)).map(({ member }) => member);
  const closed = [head, ...body].join("\n\n");
  return closed.endsWith("\n}") ? closed : `${closed}\n}`;
}
