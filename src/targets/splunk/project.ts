import type { NamedExpr, Project } from "../../plan/nodes.ts";
import type { Command } from "../../spl/tree.ts";
import { type Field, present } from "./columns.ts";
import type { Context } from "./context.ts";
import { assign } from "./extend.ts";
import { columnsIn } from "./partial.ts";
import { type Search, settled, withCommands } from "./search.ts";

/** `project` and its kin. `needed`: the columns that are read above, where an operator there decides on the result's columns. */
export function emitProject(
  project: Project,
  input: Search,
  needed: ReadonlySet<string> | null,
  context: Context,
): Search {
  const before = settled(input, context);
  const values = needed === null ? project.values : project.values.filter((v) => needed.has(v.name));
  const isWhole =
    needed === null && before.whole && project.keyword !== "project" && project.keyword !== "project-keep";
  const made = select(isWhole ? values.filter((v) => !isItself(v)) : values, before, context);
  const names = project.values.map((v) => v.name);
  if (needed !== null) return { ...made, whole: false };
  const keepsRest = before.whole || namesAll(before);
  if (project.keyword === "project-rename" && keepsRest) return { ...made, whole: before.whole };
  if (
    keepsRest &&
    project.keyword === "project-away" &&
    project.values.every((v) => v.value.kind === "column" && v.value.name === v.name)
  ) {
    const removed = project.input.columns.map((c) => c.name).filter((n) => !names.includes(n));
    // A column that is another name for a field which stays takes nothing with it.
    const without: readonly Command[] = removed.length === 0 ? [] : [{ kind: "fields", mode: "-", fields: removed }];
    return { ...withCommands(made, ...without), whole: before.whole };
  }
  if (project.keyword === "project-reorder" && before.whole) {
    const first = leading(project).filter((name) => made.fields.has(name));
    // `*` stands for no field that begins with an underscore.
    const hidden = project.values
      .map((v) => v.name)
      .filter((n) => n === "_time" && made.fields.has(n) && !first.includes(n));
    return first.length === 0 ? made : withCommands(made, { kind: "table", fields: [...first, ...hidden, "*"] });
  }
  return tableOf(names, made);
}

/** Whether rows have no other fields than those that are known of them. */
function namesAll({ commands }: Search): boolean {
  for (const { kind } of commands.toReversed()) {
    if (kind === "stats" || kind === "table" || kind === "makeresults") return true;
    if (!sameFields.has(kind)) return false;
  }
  return false;
}

/** Commands that bring no field along that is not known. */
const sameFields: ReadonlySet<Command["kind"]> = new Set([
  "where",
  "eval",
  "rex",
  "rename",
  "fillnull",
  "sort",
  "head",
  "dedup",
  "fields",
  "mvexpand",
  "eventstats",
  "streamstats",
]);

/** The columns that a reordering puts first; those behind them stand as they did. */
function leading(project: Project): readonly string[] {
  const names = project.values.map((v) => v.name);
  const before = project.input.columns.map((c) => c.name);
  let count = names.length;
  for (let last = before.length; count > 0; count--) {
    const at = before.lastIndexOf(names[count - 1] ?? "", last - 1);
    if (at < 0) break;
    last = at;
  }
  const first = new Set(names.slice(0, count));
  // A column that already stood before all the others needs no mention.
  return names.slice(0, count).every((n, i) => before[i] === n) ? [] : [...first];
}

function isItself(value: NamedExpr): boolean {
  return value.value.kind === "column" && value.value.name === value.name;
}

/** Exactly these fields, in this order. */
export function tableOf(names: readonly string[], search: Search): Search {
  const fields = new Map([...search.fields].filter(([name]) => names.includes(name)));
  return { ...withCommands(search, { kind: "table", fields: names }), fields, whole: false };
}

/** Gives every column its name: a rename where it is another field as it is, an eval where it is computed. */
export function select(values: readonly NamedExpr[], search: Search, context: Context): Search {
  const isSame = (v: NamedExpr): boolean =>
    v.value.kind === "column" && v.value.name === v.name && !search.fields.get(v.name)?.textTime;
  const others = values.filter((v) => !isSame(v));
  const renames = others.filter((v) => isRename(v, values, search));
  const computed = others.filter((v) => !renames.includes(v));
  const made = computed.length === 0 ? search : assign(computed, search, context, "copies");
  return renamed(
    made,
    renames.flatMap((v) => (v.value.kind === "column" ? [{ from: v.value.name, to: v.name }] : [])),
  );
}

export function renamed(search: Search, pairs: readonly { readonly from: string; readonly to: string }[]): Search {
  if (pairs.length === 0) return search;
  const fields = new Map<string, Field>(search.fields);
  for (const { from } of pairs) fields.delete(from);
  for (const { from, to } of pairs) fields.set(to, search.fields.get(from) ?? present("unknown"));
  const command: Command = { kind: "rename", pairs };
  return { ...withCommands(search, command), fields };
}

/** A field that no other column reads and whose old and new name stand in nobody's way. */
function isRename(value: NamedExpr, all: readonly NamedExpr[], search: Search): boolean {
  if (value.value.kind !== "column" || search.fields.get(value.value.name)?.textTime) return false;
  const from = value.value.name;
  const others = all.filter((v) => v !== value);
  return !others.some(
    (v) =>
      v.name === from || columnsIn(v.value).has(from) || (v.value.kind === "column" && v.value.name === value.name),
  );
}
