import type { Expr, NamedExpr, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { isArray } from "../../types/value.ts";
import { conversions } from "../types.ts";
import { call, columnRef, literal } from "../values.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/**
 * `bag_unpack(d, prefix, columnsConflict, ignoredProperties)`: the keys of a bag as columns in its place. Which keys there are is
 * declared, or found in the data. (bag-unpack-plugin)
 */
export function bagUnpack(plugin: RunnablePlugin): Relation | null {
  const { input, span, session, declared, found } = plugin;
  const bag = plugin.arguments[0]?.value;
  if (bag?.kind !== "column") {
    session.diagnostics.add("KQL104", span, "bag_unpack needs a dynamic column");
    return null;
  }
  const settings = settingsOf(plugin);
  const others = input.columns.filter((c) => c.name !== bag.name);
  const value = ({ name, type }: Column): Expr => {
    const key = literal("string", name.slice(settings.prefix.length), span);
    const part: Expr = { kind: "access", target: { ...bag, span }, key, type: "dynamic", span };
    const conversion = conversions[type];
    return conversion === undefined || type === "dynamic" ? part : call(conversion, [part], type, span);
  };
  const projected = (values: readonly NamedExpr[]): Relation => {
    const columns = values.map((v) => ({ name: v.name, type: v.value.type }));
    return { kind: "project", input, values, keyword: "project", columns, span };
  };
  if (declared) {
    const fresh = new Set(declared.written.map((c) => c.name));
    return projected(
      declared.columns.map((c) => {
        const kept = others.find(
          (other) => other.name === c.name && (!fresh.has(c.name) || settings.conflict !== "replace_source"),
        );
        return { name: c.name, value: kept ? columnRef(kept, span) : value(c) };
      }),
    );
  }
  if (!found) {
    const values = {
      kind: "project" as const,
      input,
      values: [{ name: "bag", value: bag }],
      keyword: "project" as const,
      columns: [{ name: "bag", type: bag.type }],
      span,
    };
    const args = plugin.arguments.flatMap(({ written, value: given }) =>
      given ? [{ name: written.name?.text ?? null, value: given }] : [],
    );
    const columns = session.openedColumns("bag_unpack", others);
    const discover = { plugin: "bag_unpack", values } as const;
    return { kind: "plugin", name: "bag_unpack", input, tables: [], args, open: true, discover, columns, span };
  }
  const keys = found
    .filter((k) => !settings.ignored.has(k.name))
    .map((k): Column => ({ name: settings.prefix + k.name, type: k.type }))
    .filter((k) => settings.conflict !== "keep_source" || !others.some((c) => c.name === k.name));
  const clash = keys.find((k) => others.some((c) => c.name === k.name));
  if (clash && settings.conflict === "error")
    session.diagnostics.add(
      "KQL105",
      span,
      `the bag has a key \`${clash.name}\`, and there is a column of that name`,
      "columnsConflict = 'replace_source' or 'keep_source' says which one stays",
    );
  const inPlace = input.columns.flatMap((c): NamedExpr[] => {
    const key = keys.find((k) => k.name === c.name);
    if (key) return [{ name: key.name, value: value(key) }];
    return c.name === bag.name ? [] : [{ name: c.name, value: columnRef(c, span) }];
  });
  const added = keys.filter((k) => !input.columns.some((c) => c.name === k.name));
  return projected([...inPlace, ...added.map((k) => ({ name: k.name, value: value(k) }))]);
}

interface Settings {
  readonly prefix: string;
  readonly conflict: string;
  readonly ignored: ReadonlySet<string>;
}

function settingsOf({ arguments: args }: RunnablePlugin): Settings {
  const names = ["prefix", "columnsConflict", "ignoredProperties"];
  const settings = { prefix: "", conflict: "error", ignored: new Set<string>() };
  args.slice(1).forEach(({ written, value }, i) => {
    if (value?.kind !== "literal") return;
    const name = written.name?.text ?? names[i] ?? "";
    if (isArray(value.value)) settings.ignored = new Set(value.value.map(String));
    else if (name === "columnsConflict") settings.conflict = String(value.value);
    else if (typeof value.value === "string") settings.prefix = value.value;
  });
  return settings;
}
